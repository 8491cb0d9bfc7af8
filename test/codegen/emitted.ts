import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createHash } from 'node:crypto'
import ts from 'typescript'
import { emitModule } from '../../src/codegen/tfjs/module.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'

/** Where emitted files can find `@tensorflow/tfjs`, out of everybody's way. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/fmw-test/', import.meta.url))

export async function emit(graph: Graph): Promise<string> {
  const emitted = await emitModule(graph, { source: 'models/test.fmw', version: '1.2.3', format: true })
  if ('unsupported' in emitted) throw new Error(emitted.unsupported.map(({ reason }) => reason).join())
  return emitted.text
}

/** The exports of an emitted module. */
export async function importEmitted(text: string): Promise<Readonly<Record<string, unknown>>> {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}${createHash('sha256').update(text).digest('hex').slice(0, 16)}.ts`
  writeFileSync(file, text)
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>
  } finally {
    rmSync(file)
  }
}

/** The declarations of tfjs and of the language: they take a second to read. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** What strict TypeScript says against emitted modules. */
export function typeErrors(texts: readonly string[]): readonly string[] {
  const files = new Map(texts.map((text, i) => [`${folder}emitted-${i}.ts`, text]))
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, version) => {
    const text = files.get(name)
    if (text !== undefined) return ts.createSourceFile(name, text, version)
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, version))
    return parsed.get(name)
  }
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  return ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host)).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.text.slice(file.text.lastIndexOf('\n', start) + 1).split('\n')[0] : ''
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')}: ${line}`
  })
}
