import type { BlockDeclaration, ModelDeclaration, Statement } from '../syntax/ast.ts'
import { Reporter, type Diagnostic } from '../diagnostics/diagnostics.ts'
import { freeExtent } from '../dim/variable.ts'
import { isSamePlace, type Span } from '../text/source.ts'
import { bindParameters } from './call-block.ts'
import { anyCaller, otherCallers, type Caller } from './callers.ts'
import type { Advise, Context, StandIns } from './context.ts'
import { declareInput } from './entry-inputs.ts'
import { inputsOf } from './inputs-of.ts'
import type { PatternScope } from './match-shape.ts'
import type { Module, Modules } from '../reading/module.ts'
import { returned } from './results.ts'
import { runBody } from './run-body.ts'
import { contextOf, guarded, type Elaborating } from './start.ts'
import { bool, unknown, type Given, type Matched } from './value.ts'

type Declaration = BlockDeclaration | ModelDeclaration

/** The mistakes of a block, or of a model that lacks a parameter, that whoever calls it meets. */
export function mistakesOf(
  declaration: Declaration,
  module: Module,
  modules: Modules,
  { advise }: Pick<Elaborating, 'advise'>,
  isSaid: (mistake: Diagnostic) => boolean,
): readonly Diagnostic[] {
  const { mistakes, reached } = elaborated(declaration, module, modules, anyCaller)
  let unsaid = mistakes.filter((mistake) => !isSaid(mistake))
  for (const caller of unsaid.length === 0 ? [] : otherCallers(declaration)) {
    const other = elaborated(declaration, module, modules, caller)
    if (other.mistakes.length > 0) continue
    unsaid = unsaid.filter(({ span }) => {
      const statement = statementAt(span, reached)
      return statement && !other.reached.has(statement)
    })
    if (unsaid.length === 0) break
  }
  if (unsaid.length === 0 || !advise) return unsaid
  return elaborated(declaration, module, modules, anyCaller, advise).mistakes.filter((mistake) =>
    unsaid.some(({ code, span }) => code === mistake.code && isSamePlace(span, mistake.span)),
  )
}

interface Elaborated {
  readonly mistakes: readonly Diagnostic[]
  readonly reached: ReadonlySet<Statement>
}

/** The innermost of the statements in which a place lies. */
function statementAt({ source, start }: Span, statements: ReadonlySet<Statement>): Statement | undefined {
  const around = [...statements].filter(({ span }) => span.source === source && span.start <= start && start < span.end)
  return around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0]
}

/** Elaborates a block where it stands. */
export function elaborated(
  declaration: Declaration,
  module: Module,
  modules: Modules,
  caller: Caller,
  advise?: Advise,
): Elaborated {
  const reporter = new Reporter()
  const reached = new Set<Statement>()
  const { name } = declaration
  const frame = { name: name.name, call: name.span, definition: name.span, parent: undefined }
  const standIns = standInsOf(caller, (statement) => reached.add(statement))
  const ctx = { ...contextOf(module, modules, { reporter, advise, standIns }), frame }
  guarded(() => run(declaration, caller, ctx), { span: name.span, frame: undefined }, reporter)
  return { mistakes: reporter.diagnostics.filter(({ severity }) => severity === 'error'), reached }
}

function standInsOf({ rest, maps, extent, int }: Caller, reached: (statement: Statement) => void): StandIns {
  let count = 0
  return { rest, maps, extent, int, unnamed: () => freeExtent('_', `_${count++}`), reached }
}

function run(declaration: Declaration, caller: Caller, ctx: Context): void {
  const { name, span } = declaration.name
  const call = { name, op: name, segment: name, labelled: false, span }
  const patterns: PatternScope = { ctx, boundBy: new Map() }
  const bound = bindParameters(declaration.parameters, givenTo(declaration, caller, ctx), call, ctx, patterns)
  if (!bound) return
  if (declaration.kind === 'model') {
    const inputs = inputsOf(declaration)
    runBody(declaration.body, ctx, { input: (statement, at) => declareInput(statement, inputs, at), output: () => undefined })
    return
  }
  const signature = { declaration, arguments: bound, op: name }
  returned(runBody(declaration.body, { ...ctx, scope: ctx.scope.copy() }), signature, span, ctx, patterns)
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
