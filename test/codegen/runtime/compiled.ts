import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Where files can find `@tensorflow/tfjs-core`; nothing is written there. */
const folder = fileURLToPath(new URL('../../../node_modules/.cache/fmw-runtime/', import.meta.url))

/** Every flag that makes TypeScript stricter, as a `tsconfig.json` has them, and what the files are written for. */
export const strictest = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedSideEffectImports: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  erasableSyntaxOnly: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  target: 'es2022',
  module: 'nodenext',
  types: [],
}

const { options } = ts.convertCompilerOptionsFromJson(strictest, folder)

/** The declarations of TensorFlow.js and of the language, which take a second to read. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** What the strictest TypeScript says of files that are not on the disk, by their whole names. */
export function diagnosticsOf(texts: ReadonlyMap<string, string>, more: ts.CompilerOptions = {}): readonly ts.Diagnostic[] {
  const settings = { ...options, ...more }
  const host = ts.createCompilerHost(settings)
  const { getSourceFile, fileExists, directoryExists, readFile } = host
  const names = [...texts.keys()]
  host.getSourceFile = (name, version) => {
    const text = texts.get(name)
    if (text !== undefined) return ts.createSourceFile(name, text, version)
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, version))
    return parsed.get(name)
  }
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.directoryExists = (name) => names.some((one) => one.startsWith(`${name}/`)) || directoryExists?.(name) === true
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  return ts.getPreEmitDiagnostics(ts.createProgram(names, settings, host))
}

/** What it says of files by their names, message by message. */
export const typeErrors = (files: Readonly<Record<string, string>>, more: ts.CompilerOptions = {}): readonly string[] =>
  diagnosticsOf(new Map(Object.entries(files).map(([name, text]) => [`${folder}${name}`, text])), more).map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  )
