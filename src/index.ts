/**
 * fmw as a library: texts in, diagnostics, counts and files out.
 *
 * @packageDocumentation
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { emitFiles } from './codegen/emit-files.ts'
import { formOf } from './codegen/emission-options.ts'
import { catalog, familyOf, isCode } from './compiler/catalog/index.ts'
import { compile as compileText } from './compiler/compile.ts'
import type { Diagnostic as Found } from './compiler/diagnostics/diagnostics.ts'
import { statsToJson } from './compiler/facts/stats-json.ts'
import { statsOf } from './compiler/facts/stats.ts'
import type { Graph } from './compiler/graph/graph.ts'
import type { Level, Levels, LintCode } from './compiler/lint/level.ts'
import { reportJson } from './compiler/report/json.ts'
import { render } from './compiler/report/render.ts'
import { plainStyle } from './compiler/report/style.ts'
import { suggestion } from './compiler/text/suggestion.ts'
import { version as versionOfPackage } from './cli/version.ts'
import { Misuse, refuseOthers } from './runtime/failure/misuse.ts'
import { readRuntimeFile } from './runtime/files/runtime-file.ts'
import { decodeText } from './runtime/files/decode-text.ts'
import { shippedLibrary } from './runtime/files/shipped-library.ts'

/** The version of fmw. */
export const version: string = versionOfPackage

/** How a text is read. */
export interface CompileOptions {
  /** The path of the text: messages name it, and imports are found from its folder. `model.fmw` without one. */
  readonly file?: string
  /** The text of a file that is imported, or undefined where there is none; read from the disk, unless said otherwise. */
  readonly read?: (file: string) => string | undefined
  /** The only model that is compiled; without it, every model of the text is. */
  readonly model?: string
  /** Parameters of the models, as expressions of the language: `{ classes: '2' }`. */
  readonly set?: Readonly<Record<string, string>>
  /** What findings of the linter are, by their code; warnings, unless said otherwise. */
  readonly rules?: Readonly<Record<string, 'off' | 'warning' | 'error'>>
}

/** What a model is written as, and how it is read. */
export interface EmitOptions extends CompileOptions {
  /** A TypeScript module, a JavaScript module with its types, the types that bundlers need, or the graph as JSON; `ts`, unless said otherwise. */
  readonly target?: 'ts' | 'js' | 'types' | 'ir'
  /** Whether a module is laid out for people, which takes longer than everything else; it is, unless said otherwise. */
  readonly format?: boolean
  /** What modules import as TensorFlow.js: a package, an address, or a path from their folder; `@tensorflow/tfjs-core`, unless said otherwise. */
  readonly import?: string
  /** How modules name the files beside that they import; as those end, unless said otherwise. `ts` is for the target `ts` alone. */
  readonly importExtension?: 'ts' | 'js' | 'none'
  /** The backend of which a file beside a module registers the kernels that it needs to predict: for bundlers, with the targets `ts` and `js`. */
  readonly kernels?: 'cpu' | 'wasm' | 'webgl'
}

/** A place in a text. Lines and columns count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** From a place up to, not including, another. */
export interface TextRange {
  readonly start: Position
  readonly end: Position
}

/** A range of a file. */
export interface Place {
  readonly file: string
  readonly range: TextRange
}

/** The text that takes the place of a range; an empty range is a place to insert. */
export interface Edit extends Place {
  readonly text: string
}

/** What mends a mistake: its edits belong together and do not overlap. */
export interface Fix {
  readonly title: string
  readonly edits: readonly Edit[]
}

/** A mistake, or a finding of the linter. */
export interface Diagnostic extends Place {
  /** What `fmw explain` takes: `shape/channel-mismatch`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** One sentence with the actual numbers. */
  readonly message: string
  /** Places that matter, such as where an extent was decided. */
  readonly labels: readonly (Place & { readonly text: string })[]
  readonly notes: readonly string[]
  /** The blocks in which it happened, the innermost first; one without a call is wrong whoever calls it. */
  readonly chain: readonly { readonly name: string; readonly call?: Place; readonly definition: Place }[]
  /** The likeliest first. Each has been tried: none leaves an error. */
  readonly fixes: readonly Fix[]
  /** All of it as the command line prints it, with the lines it is about. */
  readonly rendered: string
}

/** What was found in a text. */
export interface Checked {
  /** In the order of the places. */
  readonly diagnostics: readonly Diagnostic[]
  /** How many of them are errors. */
  readonly errors: number
  readonly warnings: number
  /** The files that were looked for to read the text, itself first: what changes them may change what was found. */
  readonly sources: readonly string[]
}

/** A number, or arithmetic on the extents of the inputs: `ceil(H / 2)`. */
export type Count = number | string

/** A value and its shape, without the batch. */
export interface Value {
  readonly name: string
  readonly shape: readonly Count[]
}

/** What a model takes, gives and costs. */
export interface ModelSummary {
  readonly model: string
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  /** Its ops, in the order in which they are computed. */
  readonly nodes: readonly (Value & { readonly op: string; readonly parameters: number; readonly macs: Count })[]
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number; readonly total: number }
  /** Multiply-adds per sample. */
  readonly macs: Count
}

export interface Compiled extends Checked {
  /** The models without errors, in the order of the text. */
  readonly models: readonly ModelSummary[]
}

export interface EmittedFile {
  /** In the folder that everything is written to. */
  readonly path: string
  readonly text: string
}

export interface Emitted extends Checked {
  /** Empty where there is an error, or a node that the target has no words for. */
  readonly files: readonly EmittedFile[]
  /** The names of the kernels that the models need to predict; empty where no backend is named. */
  readonly kernels: readonly string[]
  /** Those nodes. */
  readonly unsupported: readonly { readonly node: string; readonly reason: string }[]
}

/**
 * Everything that is wrong with a text. A mistake in it is never thrown.
 *
 * @throws RangeError where there is no such option, or one names a model, a parameter or a rule that there is not
 */
export function check(text: string, options: CompileOptions = {}): Checked {
  refuseOthers(options, compileOptions, 'check')
  return compiled(text, options).checked
}

/**
 * The models of a text, with what is wrong with it.
 *
 * @throws RangeError where there is no such option, or one names a model, a parameter or a rule that there is not
 */
export function compile(text: string, options: CompileOptions = {}): Compiled {
  refuseOthers(options, compileOptions, 'compile')
  const { checked, graphs } = compiled(text, options)
  return { ...checked, models: graphs.map((graph) => statsToJson(statsOf(graph))) }
}

/**
 * The files of a text's models, as `fmw build` writes them, with what is wrong with it.
 *
 * @throws RangeError where there is no such option, or one names a model, a parameter or a rule that there is not, or has no meaning for the target
 */
export async function emit(text: string, options: EmitOptions = {}): Promise<Emitted> {
  refuseOthers(options, emitOptions, 'emit')
  const target = options.target ?? 'ts'
  const form = formOf(target, options)
  if ('faults' in form) throw new Misuse(form.faults.map(({ option, reason }) => `${option} ${reason}`).join('\n'))
  const { checked, graphs } = compiled(text, options)
  if (checked.errors > 0) return { ...checked, files: [], kernels: [], unsupported: [] }
  const source = path.basename(options.file ?? nameless)
  const { files, kernels, unsupported } = await emitFiles(graphs, { source, target, version, form, readRuntimeFile })
  return {
    ...checked,
    files: unsupported.length > 0 ? [] : files.map((file) => ({ path: file.path, text: file.text })),
    kernels: unsupported.length > 0 ? [] : kernels,
    unsupported: unsupported.map(({ node, reason }) => ({ node: node.path, reason })),
  }
}

const ofReading = { file: true, read: true, model: true, set: true, rules: true } satisfies Record<keyof CompileOptions, true>
const ofFiles = { target: true, format: true, import: true, importExtension: true, kernels: true } satisfies Record<Exclude<keyof EmitOptions, keyof CompileOptions>, true>
const compileOptions = Object.keys(ofReading)
const emitOptions = Object.keys({ ...ofReading, ...ofFiles })

const nameless = 'model.fmw'

function compiled(
  text: string,
  { file = nameless, read = fromDisk, model, set = {}, rules = {} }: CompileOptions,
): { readonly checked: Checked; readonly graphs: readonly Graph[] } {
  const sources = new Set([file])
  const host = {
    read: (name: string): string | undefined => {
      sources.add(name)
      return read(name)
    },
    resolve: (specifier: string, from: string): string => path.join(path.dirname(from), specifier),
    filesBeside: read === fromDisk ? modelsBeside : (): readonly string[] => [],
    library: shippedLibrary,
  }
  const { diagnostics, graphs, misuse } = compileText(file, text, host, { model, set, rules: levelsOf(rules) })
  if (misuse.length > 0) throw new Misuse(misuse.map((sentence) => `${file}: ${sentence}`).join('\n'))
  return { checked: { ...reportOf(diagnostics), sources: [...sources] }, graphs }
}

function reportOf(found: readonly Found[]): Omit<Checked, 'sources'> {
  const reports = found.map((one) => ({ one, report: reportJson([one]) }))
  return {
    diagnostics: reports.flatMap(({ one, report }) => report.diagnostics.map((data) => ({ ...data, rendered: render(one, plainStyle) }))),
    errors: reports.filter(({ one }) => one.severity === 'error').length,
    warnings: reports.filter(({ one }) => one.severity === 'warning').length,
  }
}

function levelsOf(given: NonNullable<CompileOptions['rules']>): Levels {
  const levels: Partial<Record<LintCode, Level>> = {}
  const unknown: string[] = []
  for (const [name, level] of Object.entries(given)) {
    if (isRule(name)) levels[name] = level
    else unknown.push(name)
  }
  if (unknown.length === 0) return levels
  const names = Object.keys(catalog).filter(isRule)
  throw new Misuse(unknown.map((name) => `the linter has no rule ${name}${suggestion(name, names)}`).join('\n'))
}

const isRule = (name: string): name is LintCode => isCode(name) && familyOf(name) === 'lint'

function modelsBeside(file: string): readonly string[] {
  try {
    return readdirSync(path.dirname(file)).filter((name) => name.endsWith('.fmw'))
  } catch {
    // there is no such folder
    return []
  }
}

function fromDisk(file: string): string | undefined {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    return undefined
  }
  const decoded = decodeText(bytes, file)
  if ('fault' in decoded) throw new Misuse(decoded.fault)
  return decoded.text
}
