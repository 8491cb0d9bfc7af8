import type { Expr, InputStatement, Statement } from '../syntax/ast.ts'
import { assign } from './assign.ts'
import { compare, isTrue } from './compare.ts'
import { bind, originAt, report, Scope, unheard, type Context } from './context.ts'
import { evaluate, listToWalk } from './evaluate.ts'
import { declareLayer } from './layer.ts'
import { checkAnnotation } from './annotation.ts'
import { misplaced } from './reports/misplaced.ts'
import { reasonsOf } from './reports/reasons.ts'
import { isStanding, textOf } from '../text/source.ts'
import { openLoop } from './open-scope.ts'
import { bindPattern } from './pattern.ts'
import { portOf } from './ports.ts'
import { statementPath } from './site.ts'
import { failed, type Value } from './value.ts'
import { undecided } from './undecided.ts'
import { declareWeight } from './weight.ts'

/** What a `return` gave: its values. */
export type Returned = readonly Value[]

/** What a model's body may do and a block's may not. */
interface ModelBody {
  /** Undefined inside a condition: inputs stand directly in the model. */
  readonly input: ((statement: InputStatement, ctx: Context) => void) | undefined
  readonly output: (statement: Statement & { kind: 'output' }, value: Value, ctx: Context) => void
}

/** Elaborates statements in order until one returns. */
export function runBody(body: readonly Statement[], ctx: Context, model?: ModelBody): Returned | undefined {
  for (const statement of body) {
    const result = run(statement, ctx, model)
    if (result) return result
  }
  return undefined
}

function run(statement: Statement, outer: Context, model: ModelBody | undefined): Returned | undefined {
  const site = { ...outer.site, statement: statement.span }
  const ctx = { ...outer, site, path: statementPath(site, 'segment' in statement ? statement.segment : '', statement.kind === 'output') }
  ctx.run.standIns?.reached(statement)
  ctx.run.limiter.step(originAt(ctx, statement.span))
  switch (statement.kind) {
    case 'input':
      if (model?.input && outer.site.turns.length === 0) model.input(statement, ctx)
      else {
        misplaced(model ? 'nested input' : 'input in block', statement, ctx)
        ctx.scope.set(statement.name.name, failed(originAt(ctx, statement.span)))
      }
      return undefined
    case 'output':
      runOutput(statement, ctx, model)
      return undefined
    case 'return':
      if (!model) return statement.values.map((value) => evaluate(value, ctx))
      misplaced('return', statement, ctx)
      return undefined
    case 'weight':
      declareWeight(statement, ctx)
      return undefined
    case 'layer':
      declareLayer(statement, ctx)
      return undefined
    case 'require':
      return runRequire(statement, ctx)
    case 'for':
      return runFor(statement, ctx, model)
    case 'if': {
      const value = evaluate(statement.condition, ctx)
      const condition = isTrue(value, statement.condition, ctx)
      if (condition === undefined) return undecided([...statement.consequent, ...statement.alternative], value, ctx)
      const inner = { ...ctx, scope: new Scope(ctx.scope) }
      return runBody(condition ? statement.consequent : statement.alternative, inner, model && { ...model, input: undefined })
    }
    case 'assign':
      assign(statement, ctx)
      return undefined
  }
}

function runOutput(statement: Statement & { kind: 'output' }, ctx: Context, model: ModelBody | undefined): void {
  if (!model) {
    misplaced('output', statement, ctx)
    ctx.scope.set(statement.name.name, failed(originAt(ctx, statement.span)))
    return
  }
  const { name, span } = statement.name
  const value = evaluate(statement.value ?? { kind: 'name', name, span }, ctx)
  const checked = checkAnnotation(statement.shape, value, name, statement.value, ctx)
  if (statement.value) {
    bind(statement.name, checked, ctx, 'assigned')
    for (const port of portOf(name, checked)) ctx.run.builder.name(port, ctx.site)
  }
  model.output(statement, checked, ctx)
}

/**
 * A requirement that fails ends the body: what it protects would be wrong in other words. A block requires of its callers, so
 * that the call is what is reported.
 */
function runRequire({ condition, message }: Statement & { kind: 'require' }, ctx: Context): Returned | undefined {
  const holds = isRequired(condition, ctx)
  if (holds === true || holds === 'unknown') return undefined
  if (holds === undefined) return [failed(originAt(ctx, condition.span))]
  const text = message ? evaluate(message, ctx) : undefined
  const required = originAt(ctx, condition.span)
  const isCalled = ctx.frame && !isStanding(ctx.frame) && !condition.span.source.library
  const origin = isCalled ? { span: ctx.frame.call, frame: ctx.frame.parent } : required
  const claim = text?.kind === 'text' ? text.value : `${textOf(condition.span)} does not hold`
  report(ctx, 'require/failed', { message: claim }, origin, {
    labels: [
      ...(origin === required ? [] : [{ origin: required, text: 'required here' }]),
      ...reasonsOf(condition, ctx, message),
    ],
    cause: { kind: 'failed-requirement', condition },
  })
  return [failed(origin)]
}

/** The truth of what is required; of `a and b` each is required. */
function isRequired(condition: Expr, ctx: Context): boolean | 'unknown' | undefined {
  if (condition.kind !== 'logic' || condition.op !== 'and') {
    const value = condition.kind === 'compare' ? compare(condition, ctx, true) : evaluate(condition, ctx)
    return value.kind === 'unknown' ? 'unknown' : isTrue(value, condition, ctx)
  }
  let open = false
  for (const operand of condition.operands) {
    // what stands behind a condition that is not known may be guarded by it
    const holds = isRequired(operand, open ? unheard(ctx) : ctx)
    if (holds === 'unknown' || (open && holds === undefined)) open = true
    else if (holds !== true) return holds
  }
  return open ? 'unknown' : true
}

function runFor(statement: Statement & { kind: 'for' }, ctx: Context, model: ModelBody | undefined): Returned | undefined {
  const walked = evaluate(statement.in, ctx)
  const items = listToWalk(walked, statement.in, ctx)
  if (!items) return undecided(statement.body, walked, ctx)
  const loop = openLoop(statement, ctx)
  for (const item of items) {
    const inner: Context = { ...ctx, scope: new Scope(ctx.scope) }
    ctx.run.limiter.step(originAt(ctx, statement.span))
    if (!bindPattern(statement.pattern, item, inner, 'shadow')) return undecided(statement.body, walked, ctx)
    const result = loop.turn(inner, (turn) => runBody(statement.body, turn, model))
    if (result) return result
  }
  return undefined
}
