import type { BlockDeclaration, ModelDeclaration, Statement } from '../syntax/ast.ts'
import { Reporter, type Diagnostic } from '../diagnostics/diagnostics.ts'
import { freeExtent } from '../dim/variable.ts'
import { contains, isSamePlace, type Span } from '../text/source.ts'
import { bindParameters } from './call-block.ts'
import { anyCaller, isManifold, isOpenParameter, openCaller, otherCallers, type Caller } from './callers.ts'
import type { Context, StandIns } from './context.ts'
import { declareInput } from './entry-inputs.ts'
import { inputsOf } from './inputs-of.ts'
import type { PatternScope } from './match-shape.ts'
import type { Module, Modules } from '../reading/module.ts'
import { returned } from './results.ts'
import { runBody } from './run-body.ts'
import { contextOf, guarded, type Elaborating } from './start.ts'
import { bool, unknown, type Given, type Matched, type Value } from './value.ts'

type Declaration = BlockDeclaration | ModelDeclaration

/** The mistakes of a block, or of a model that lacks a parameter, that whoever calls it meets. */
export function mistakesOf(
  declaration: Declaration,
  module: Module,
  modules: Modules,
  { advise, sink }: Pick<Elaborating, 'advise' | 'sink'>,
  isSaid: (mistake: Diagnostic) => boolean,
): readonly Diagnostic[] {
  const { mistakes, reached, isWhole } = elaborated(declaration, module, modules, anyCaller, { sink })
  if (!isWhole) return []
  let unsaid = mistakes.filter((mistake) => !isSaid(mistake))
  const isOpen = isManifold(declaration)
  if (unsaid.length > 0 && isOpen) {
    const certain = elaborated(declaration, module, modules, openCaller).mistakes
    unsaid = unsaid.filter((mistake) => certain.some((one) => isSameMistake(one, mistake)))
  }
  for (const caller of unsaid.length === 0 ? [] : otherCallers(declaration)) {
    const other = elaborated(declaration, module, modules, isOpen ? { ...caller, isOpen } : caller)
    if (other.mistakes.length > 0 || !other.isWhole) continue
    unsaid = unsaid.filter(({ span }) => {
      const statement = statementAt(span, reached)
      return statement ? !other.reached.has(statement) : isInDefault(span, declaration)
    })
    if (unsaid.length === 0) break
  }
  if (unsaid.length === 0 || !advise) return unsaid
  return elaborated(declaration, module, modules, anyCaller, { advise }).mistakes.filter((mistake) =>
    unsaid.some((one) => isSameMistake(one, mistake)),
  )
}

const isSameMistake = (a: Diagnostic, b: Diagnostic): boolean => a.code === b.code && isSamePlace(a.span, b.span)

interface Elaborated {
  readonly mistakes: readonly Diagnostic[]
  readonly reached: ReadonlySet<Statement>
  /** It came to its end within the limits. */
  readonly isWhole: boolean
}

/** Whether it is a default that is wrong, which callers that give something else only hide. */
const isInDefault = (span: Span, { parameters }: Declaration): boolean =>
  parameters.some((parameter) => parameter.default !== undefined && contains(parameter.default.span, span))

/** The innermost of the statements in which a place lies. */
function statementAt(place: Span, statements: ReadonlySet<Statement>): Statement | undefined {
  const around = [...statements].filter(({ span }) => contains(span, place))
  return around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0]
}

/** Elaborates a block where it stands. */
export function elaborated(
  declaration: Declaration,
  module: Module,
  modules: Modules,
  caller: Caller,
  { advise, sink }: Partial<Pick<Elaborating, 'advise' | 'sink'>> = {},
): Elaborated {
  const reporter = new Reporter()
  const reached = new Set<Statement>()
  const { name } = declaration
  const frame = { name: name.name, call: name.span, definition: name.span, parent: undefined }
  const standIns = standInsOf(caller, (statement) => reached.add(statement))
  const ctx = { ...contextOf(module, modules, { reporter, advise, sink, standIns }), frame }
  const isWhole = guarded(() => run(declaration, caller, ctx), { span: name.span, frame: undefined }, reporter) === 'ended'
  return { mistakes: reporter.diagnostics.filter(({ severity }) => severity === 'error'), reached, isWhole }
}

function standInsOf({ rest, maps, extent, int }: Caller, reached: (statement: Statement) => void): StandIns {
  let count = 0
  return { rest, maps, extent, int, unnamed: () => freeExtent('_', `_${count++}`), reached }
}

function run(declaration: Declaration, caller: Caller, ctx: Context): 'ended' {
  const { name, span } = declaration.name
  const call = { name, op: name, segment: name, label: undefined, span }
  const patterns: PatternScope = { ctx, boundBy: new Map() }
  const given = bindParameters(declaration.parameters, givenTo(declaration, caller, ctx), call, ctx, patterns)
  if (!given) return 'ended'
  const bound = caller.isOpen ? withoutKnowledge(declaration, given, ctx) : given
  if (declaration.kind === 'model') {
    const inputs = inputsOf(declaration)
    runBody(declaration.body, ctx, { input: (statement, at) => declareInput(statement, inputs, at), output: () => undefined })
    return 'ended'
  }
  const signature = { declaration, arguments: bound, op: name }
  returned(runBody(declaration.body, { ...ctx, scope: ctx.scope.copy() }), signature, span, ctx, patterns)
  return 'ended'
}

/** The arguments where nothing is known of those of open parameters, nor of the lists of extents in their shapes. */
function withoutKnowledge(
  { parameters }: Declaration,
  given: ReadonlyMap<string, Value>,
  { scope, frame }: Context,
): ReadonlyMap<string, Value> {
  const bound = new Map(given)
  for (const { name, type } of parameters.filter(isOpenParameter)) {
    const anything = unknown({ span: name.span, frame })
    bound.set(name.name, anything)
    scope.set(name.name, anything)
    const axes = type.kind === 'shape' ? type.shape.items : []
    for (const { kind, value } of axes) if (kind === 'spread' && value.kind === 'name') scope.set(value.name, anything)
  }
  return bound
}

/** What a caller gives for parameters that have a default. */
function givenTo({ parameters }: Declaration, caller: Caller, { frame }: Context): Matched {
  const matched = new Map<string, Given>()
  for (const parameter of parameters) {
    const { name, span } = parameter.name
    const given = caller.given(parameter)
    const origin = { span, frame }
    if (given !== undefined) matched.set(name, { value: given === 'anything' ? unknown(origin) : bool(given, origin), span })
  }
  return matched
}
