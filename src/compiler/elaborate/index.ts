import type { Expr, ModelDeclaration, Statement } from '../syntax/ast.ts'
import type { Graph, InputNode } from '../graph/graph.ts'
import type { Origin, Span } from '../text/source.ts'
import type { Findings } from './assumptions.ts'
import { reportBodies } from './reports/body-rules.ts'
import { bindParameters } from './call-block.ts'
import { fail, type Context } from './context.ts'
import { declareInput } from './entry-inputs.ts'
import { evaluate } from './evaluate.ts'
import { formalsOf } from './formals.ts'
import { inputsOf } from './inputs-of.ts'
import type { Module, Modules } from '../reading/module.ts'
import { closeModel, openModel } from './open-scope.ts'
import { runBody } from './run-body.ts'
import { contextOf, guarded, type Elaborating } from './start.ts'
import { reportUnknownNames } from './reports/unknown-names.ts'
import { describe, isSilent, type Value, type Given, type Matched } from './value.ts'

/** Values for parameters of a model, as expressions given outside the file (`--set`). */
export type Settings = ReadonlyMap<string, Setting>

export interface Setting {
  readonly value: Expr
  readonly span: Span
}

/** The first parameter of a model that has neither a default nor a setting. */
export const missingSetting = ({ parameters }: ModelDeclaration, settings: Settings): string | undefined =>
  parameters.find(({ name, type, default: value }) => value === undefined && type.suffix !== '?' && !settings.has(name.name))
    ?.name.name

/** Reports what is wrong in a file whatever is done with it: names that nothing has, constants that cannot be computed. */
export const checkDeclarations = (module: Module, modules: Modules, under: Elaborating): void =>
  void guarded(
    () => {
      const ctx = contextOf(module, modules, under)
      reportUnknownNames(module.ast.declarations, ctx)
      reportBodies(module.ast.declarations, ctx)
    },
    { span: { source: module.source, start: 0, end: 0 }, frame: undefined },
    under.reporter,
  )

/** What comes of an elaboration. */
export interface Elaborated extends Findings {
  /** Undefined where an error was reported or a parameter has no value. */
  readonly graph: Graph | undefined
  readonly inputs: readonly InputNode[]
}

/** Elaborates a model with fresh inputs. */
export function elaborateModel(
  declaration: ModelDeclaration,
  module: Module,
  settings: Settings,
  modules: Modules,
  under: Elaborating,
): Elaborated {
  const ctx = contextOf(module, modules, under)
  const graph = guarded(() => elaborate(declaration, module, settings, ctx), originAtName(declaration), under.reporter)
  return { graph, inputs: ctx.run.builder.inputs, ...ctx.run.found }
}

const originAtName = ({ name }: ModelDeclaration): Origin => ({ span: name.span, frame: undefined })

function elaborate(declaration: ModelDeclaration, module: Module, settings: Settings, ctx: Context): Graph | undefined {
  const { name } = declaration.name
  const missing = missingSetting(declaration, settings)
  if (missing !== undefined) {
    fail(ctx, 'model/unchecked', { name, parameter: missing }, declaration.name.span, {
      notes: [`a default gives it one, or --set ${missing}=…`],
    })
    return undefined
  }
  const model = openModel(declaration, ctx)
  const matched = settingsOf(declaration, module, settings, ctx)
  const call = { name, op: name, segment: name, label: undefined, span: declaration.name.span }
  const bound = bindParameters(declaration.parameters, matched, call, ctx, { ctx, boundBy: new Map() })
  if (!bound) return undefined
  const inputs = inputsOf(declaration)
  const { builder, reporter } = ctx.run
  let declared = 0
  runBody(declaration.body, ctx, {
    input: (statement, at) => declareInput(statement, inputs, at),
    output: (statement, value, at) => {
      declared++
      declareOutput(statement, value, at)
    },
  })
  if (declared === 0 && !reporter.failed) fail(ctx, 'model/no-output', { name }, declaration.name.span, {
      cause: { kind: 'no-output', body: declaration.body },
    })
  // an output without a value depends on a mistake that was reported elsewhere, in an imported file perhaps
  if (reporter.failed || builder.outputs.length < declared) return undefined
  closeModel(model, bound, ctx)
  const { inputs: made, outputs, extents, requirements } = builder
  return { name, doc: declaration.doc, ...builder.structure(), inputs: made, outputs, extents, requirements }
}

/** The settings as arguments of the model. */
function settingsOf(declaration: ModelDeclaration, module: Module, settings: Settings, ctx: Context): Matched {
  const matched = new Map<string, Given>()
  for (const formal of formalsOf({ kind: 'model', declaration, module })) {
    const setting = settings.get(formal.name)
    if (setting) matched.set(formal.name, { value: evaluate(setting.value, ctx, formal.words), span: setting.span })
  }
  return matched
}

function declareOutput({ name, value: written }: Statement & { kind: 'output' }, value: Value, ctx: Context): void {
  const { outputs } = ctx.run.builder
  const earlier = outputs.find((output) => output.name === name.name)
  if (earlier)
    fail(ctx, 'name/duplicate', { what: 'output', name: name.name }, name.span, {
      labels: [{ origin: earlier.node.origins[0], text: 'the first' }],
    })
  if (value.kind === 'tensor') outputs.push({ name: name.name, node: value.node })
  else if (!isSilent(value)) {
    fail(ctx, 'type/mismatch', { what: `output ${name.name}`, wanted: 'a tensor', found: describe(value) }, name.span, {
      cause: { kind: 'not-a-tensor', value, written: (written ?? name).span, use: 'output' },
    })
  }
}
