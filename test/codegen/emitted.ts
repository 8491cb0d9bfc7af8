import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createHash } from 'node:crypto'
import type * as tfjs from '@tensorflow/tfjs-core'
import ts from 'typescript'
import type { About } from '../../src/codegen/about.ts'
import type { Target } from '../../src/codegen/targets.ts'
import { emitModule } from '../../src/codegen/tfjs/module/emit-module.ts'
import { runtimeFiles } from '../../src/codegen/tfjs/runtime-files.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { readRuntimeFile } from '../../src/runtime/files/runtime-file.ts'
import { diagnosticsOf } from './runtime/compiled.ts'

/** Where emitted files can find `@tensorflow/tfjs-core`, out of everybody's way. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/fmw-test/', import.meta.url))

/** What files that are tested say of themselves. */
export const about: About = {
  source: 'models/test.fmw',
  version: '1.2.3',
  format: true,
  imports: { core: '@tensorflow/tfjs-core', ending: '.ts' },
}

/** The only file of a target. */
export function textOf(emitted: Awaited<ReturnType<Target['emit']>>): string {
  if ('unsupported' in emitted) throw new Error(emitted.unsupported.map(({ reason }) => reason).join())
  const [text, ...others] = emitted.texts.values()
  if (text === undefined || others.length > 0) throw new Error(`there are ${emitted.texts.size} texts`)
  return text
}

export const emit = async (...graphs: readonly Graph[]): Promise<string> => textOf(await emitModule(graphs, about))

type Tensors = Readonly<Record<string, tfjs.Tensor>>

/** A model with weights, as its module gives it. */
export interface Handle {
  readonly weights: unknown
  readonly trainable: tfjs.Variable[]
  readonly predict: (inputs: Tensors) => Record<string, tfjs.Tensor>
  readonly apply: (inputs: Tensors, options?: { readonly training?: boolean; readonly seed?: number }) => Record<string, tfjs.Tensor>
  readonly summary: () => string
  readonly dispose: () => void
}

/** What a module exports of a model. */
export interface EmittedModel {
  readonly init: (options?: { readonly seed?: number }) => Handle
}

export type Applied = (weights: unknown, inputs: Tensors) => Record<string, tfjs.Tensor>

/** The exports of an emitted module. */
export async function importEmitted(text: string): Promise<Readonly<Record<string, unknown>>> {
  mkdirSync(folder, { recursive: true })
  for (const [name, runtime] of runtimeFiles(readRuntimeFile)) writeFileSync(folder + name, runtime)
  const file = `${folder}${createHash('sha256').update(text).digest('hex').slice(0, 16)}-${process.pid}.ts`
  writeFileSync(file, text)
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>
  } finally {
    rmSync(file)
  }
}

/** The model that a module exports under its name, and the pure function beside it. */
export async function importModel(text: string, name: string): Promise<{ readonly model: EmittedModel; readonly apply: Applied }> {
  const module = await importEmitted(text)
  const found = Object.entries(module).find(([key, value]) => key !== name && typeof value === 'function')
  if (!found) throw new Error('the module exports no function')
  return { model: module[name] as EmittedModel, apply: found[1] as Applied }
}

/** What trains: the file is imported for what it does. */
export const importTraining = async (): Promise<void> => {
  await import(pathToFileURL(`${folder}fmw-training.ts`).href)
}

/** The weights of a tree by path. */
export function flatWeights(tree: unknown, path = ''): readonly (readonly [string, tfjs.Tensor])[] {
  if (typeof tree !== 'object' || tree === null) return []
  if ('dataId' in tree) return [[path, tree as tfjs.Tensor]]
  return Object.entries(tree).flatMap(([key, child]) => flatWeights(child, path === '' ? key : `${path}/${key}`))
}

/** Weights by path as the tree that modules take. */
export function treeOf(weights: ReadonlyMap<string, tfjs.Tensor>): unknown {
  const below = new Map<string, Map<string, tfjs.Tensor>>()
  for (const [path, tensor] of weights) {
    if (path === '') return tensor
    const [first = '', ...rest] = path.split('/')
    below.set(first, (below.get(first) ?? new Map<string, tfjs.Tensor>()).set(rest.join('/'), tensor))
  }
  const entries = [...below].map(([key, inner]) => [key, treeOf(inner)] as const)
  const isArray = entries.length > 0 && entries.every((_, i) => below.has(String(i)))
  return isArray ? entries.map((_, i) => treeOf(below.get(String(i))!)) : Object.fromEntries(entries)
}

/** What strict TypeScript says against emitted modules. */
export const typeErrors = (texts: readonly string[]): readonly string[] =>
  typeErrorsIn(new Map(texts.map((text, i) => [`emitted-${i}.ts`, text])))

/** What it says against files, by name, beside the runtime file, which is also `fmw/runtime`. */
export function typeErrorsIn(texts: ReadonlyMap<string, string>): readonly string[] {
  const files = new Map([...runtimeFiles(readRuntimeFile), ...texts].map(([name, text]) => [folder + name, text] as const))
  const more = { allowArbitraryExtensions: true, paths: { 'fmw/runtime': [`${folder}fmw-runtime.ts`] } }
  return diagnosticsOf(files, more).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.text.slice(file.text.lastIndexOf('\n', start) + 1).split('\n')[0] : ''
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')}: ${line}`
  })
}
