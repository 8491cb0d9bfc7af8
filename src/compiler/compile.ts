import type { ModelDeclaration } from './syntax/ast.ts'
import { didYouMean } from './text/did-you-mean.ts'
import { Reporter, type Diagnostic } from './diagnostics/diagnostics.ts'
import { mistakesOf } from './elaborate/check-block.ts'
import type { Elaborating } from './elaborate/start.ts'
import {
  checkDeclarations,
  elaborateModel,
  missingSetting,
  type Elaborated,
  type Setting,
  type Settings,
} from './elaborate/index.ts'
import type { Sink } from './elaborate/sink.ts'
import { Modules, type Module } from './reading/module.ts'
import type { Graph } from './graph/graph.ts'
import type { Host } from './text/host.ts'
import type { Levels } from './lint/level.ts'
import { lint } from './lint/lint.ts'
import { advise } from './remedies/index.ts'
import { adviseReading } from './remedies/reading.ts'
import { elaborateWithRemedies } from './remedies/search.ts'
import { affectedBy } from './elaborate/affected-declarations.ts'
import { withSoundFixes, type Checked } from './fixes/sound-fixes.ts'
import { contains, type Source } from './text/source.ts'
import type { Advise } from './elaborate/context.ts'

export interface Options {
  /** The model wanted; without it, every model of the file is compiled. */
  readonly model?: string | undefined
  /** Values of model parameters, as fmw expressions by name. */
  readonly set?: Readonly<Record<string, string>>
  /** What findings of the linter are; warnings, unless said otherwise. */
  readonly rules?: Levels
  /** Whether what would mend a mistake is looked for and tried; it is, unless said otherwise. */
  readonly fixes?: boolean
  /** Is told the values and names of the texts, as an editor shows them. */
  readonly sink?: Sink | undefined
}

export interface Compiled {
  readonly diagnostics: readonly Diagnostic[]
  /** The models without errors, in the order of the file. */
  readonly graphs: readonly Graph[]
  /** What is wrong with the options themselves: a model or parameter the file does not have. */
  readonly misuse: readonly string[]
}

/**
 * Text → checked graphs. The only place that knows the order of the stages; it never throws on a user's mistake. The fixes of its
 * diagnostics have been tried: none leaves an error.
 */
export function compile(path: string, text: string, host: Host, options: Options = {}): Compiled {
  const { graphs, misuse, ...checked } = compileOnce(path, text, host, options, options.fixes === false ? undefined : advise)
  if (options.fixes === false) return { graphs, misuse, diagnostics: checked.diagnostics }
  const recheck = (texts: ReadonlyMap<string, string>): Checked =>
    compileOnce(
      path,
      texts.get(path) ?? text,
      { ...host, read: (file) => texts.get(file) ?? host.read(file) },
      { ...options, sink: undefined },
      undefined,
    )
  return { graphs, misuse, diagnostics: withSoundFixes(checked, recheck) }
}

/** To read so many characters takes as long as one call does, and to look for what is meant as long as so many. */
const charactersToACall = 16
const callsToADiagnostic = 20

function compileOnce(path: string, text: string, host: Host, options: Options, advise: Advise | undefined): Compiled & Checked {
  const reading = new Reporter()
  const modules = new Modules(host, reading, advise && adviseReading)
  const module = modules.file(path, text)
  const declared = module.ast.declarations.filter((declaration) => declaration.kind === 'model')
  const wanted = options.model === undefined ? declared : declared.filter((model) => model.name.name === options.model)
  const settings = readSettings(options.set ?? {}, modules)
  const mistakes = reading.diagnostics.filter(isSyntax)
  const reporter = new Reporter()
  reporter.addAll(mistakes.length > 0 ? mistakes : reading.diagnostics)
  const isAffected = affectedBy(mistakes.map(({ span }) => span), modules.userFiles)
  const readable = wanted.filter((model) => !isAffected(model, module))
  if (advise || options.sink) for (const model of wanted) if (!readable.includes(model)) elaborateAside(model, module, settings, modules, options.sink)
  if (mistakes.length > 0 && options.sink) checkWhereTheyStand(settings, modules, { reporter: new Reporter(), advise: undefined, sink: options.sink })
  const aside = modules.effort.spent
  const complete = readable.filter((model) => missingSetting(model, settings) === undefined)
  const graphs = complete.flatMap((model) => elaborated(model, module, settings, modules, reporter, advise, options.sink))
  // a model that lacks a parameter is checked where others call it; where none does, that is said
  for (const model of readable) {
    if (!complete.includes(model) && !modules.called.has(model))
      elaborated(model, module, settings, modules, reporter, advise, options.sink)
  }
  if (mistakes.length === 0) {
    for (const file of modules.userFiles) checkDeclarations(file, modules, { reporter, advise })
    checkWhereTheyStand(settings, modules, { reporter, advise, sink: options.sink })
  }
  const given = [...settings.values()].map(({ value }) => value)
  if (!reporter.failed) reporter.addAll(lint({ files: modules.userFiles, graphs, modules, given }, options.rules ?? {}))
  const characters = modules.userFiles.reduce((sum, { source }) => sum + source.text.length, 0)
  const { diagnostics } = reporter
  const effort = modules.effort.spent - aside + Math.ceil(characters / charactersToACall) + diagnostics.length * callsToADiagnostic
  return { diagnostics, graphs, misuse: misuseOf(options, declared, wanted), effort }
}

/**
 * Reports the mistakes that every caller of a block meets, also where nobody calls it. In a block in which something is wrong for
 * those that do, that is said first; so are the mistakes of a block before what is wrong in those that it calls.
 */
function checkWhereTheyStand(settings: Settings, modules: Modules, under: Elaborating): void {
  const { reporter } = under
  const declared = modules.userFiles.flatMap((file) => file.ast.declarations.map((declaration) => ({ declaration, file })))
  const isSaid = ({ span }: Diagnostic): boolean => {
    const around = declared.find(({ declaration }) => contains(declaration.span, span))
    return around !== undefined && reporter.diagnostics.some((one) => isError(one) && contains(around.declaration.span, one.span))
  }
  const found = declared.flatMap(({ declaration, file }) => {
    const isChecked =
      declaration.kind === 'block' || (declaration.kind === 'model' && missingSetting(declaration, settings) !== undefined)
    return isChecked ? mistakesOf(declaration, file, modules, under, isSaid) : []
  })
  const own = found.filter(({ chain }) => chain.length <= 1)
  reporter.addUnsaid(own)
  for (const mistake of found) if (!isSaid(mistake)) reporter.addUnsaid([mistake])
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error'

const isSyntax = ({ family }: Diagnostic): boolean => family === 'syntax'

/**
 * Elaborates a model that mistakes of syntax matter to, for what can be known of it: what is missing from it would look wrong, so
 * nothing is said, and there is no graph.
 */
function elaborateAside(
  model: ModelDeclaration,
  module: Module,
  settings: Settings,
  modules: Modules,
  sink: Sink | undefined,
): void {
  elaborateModel(model, module, settings, modules, { reporter: new Reporter(), advise: undefined, sink })
}

function elaborated(
  model: ModelDeclaration,
  module: Module,
  settings: Settings,
  modules: Modules,
  reporter: Reporter,
  advise: Advise | undefined,
  sink: Sink | undefined,
): readonly Graph[] {
  const own = new Reporter()
  const elaborate = (under: Elaborating): Elaborated =>
    elaborateModel(model, module, settings, modules, { ...under, sink })
  const graph = advise ? elaborateWithRemedies(elaborate, modules.effort, own) : elaborate({ reporter: own, advise }).graph
  // a name that nothing has may be that of a declaration which a mistake has swallowed
  if (own.diagnostics.some(({ code }) => code === 'name/unknown') && reporter.diagnostics.some(isSyntax)) return []
  reporter.merge(own)
  return graph ? [graph] : []
}

function readSettings(set: Readonly<Record<string, string>>, modules: Modules): Settings {
  const settings = new Map<string, Setting>()
  for (const [name, text] of Object.entries(set)) {
    const source: Source = { path: `--set ${name}`, text, library: false }
    settings.set(name, {
      value: modules.readExpression(source, text, 0),
      span: { source, start: 0, end: text.length },
    })
  }
  return settings
}

function misuseOf(
  { model, set = {} }: Options,
  declared: readonly ModelDeclaration[],
  wanted: readonly ModelDeclaration[],
): readonly string[] {
  const misuse: string[] = []
  const models = declared.map(({ name }) => name.name)
  if (model !== undefined && wanted.length === 0) misuse.push(`there is no model ${model}${hint(model, models)}`)
  const parameters = wanted.flatMap((one) => one.parameters.map(({ name }) => name.name))
  for (const name of Object.keys(set))
    if (!parameters.includes(name)) misuse.push(`no model has a parameter ${name}${hint(name, parameters)}`)
  return misuse
}

function hint(word: string, candidates: readonly string[]): string {
  const near = didYouMean(word, candidates)
  return near ? `; did you mean ${near}?` : candidates.length > 0 ? `; there is ${candidates.join(', ')}` : ''
}
