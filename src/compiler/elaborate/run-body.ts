import type { InputStatement, Statement } from '../ast.ts'
import { assign } from './assign.ts'
import { isTrue } from './compare.ts'
import { fail, originAt, Scope, type Context } from './context.ts'
import { evaluate, listToWalk, statementPath } from './evaluate.ts'
import { declareLayer } from './layer.ts'
import { checkAnnotation } from './annotation.ts'
import { bindPattern } from './pattern.ts'
import type { Value } from './value.ts'
import { declareWeight } from './weight.ts'

/** What a `return` gave: its values. */
export type Returned = readonly Value[]

/** What a model's body may do and a block's may not. */
export interface ModelBody {
  readonly input: (statement: InputStatement, ctx: Context) => void
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
  const ctx = { ...outer, path: statementPath(outer, 'segment' in statement ? statement.segment : '') }
  ctx.run.limiter.step(originAt(ctx, statement.span))
  switch (statement.kind) {
    case 'input':
      if (model && outer.turns.length === 0) model.input(statement, ctx)
      else misplaced('input', 'directly in a model', statement, ctx)
      return undefined
    case 'output':
      runOutput(statement, ctx, model)
      return undefined
    case 'return':
      if (!model) return statement.values.map((value) => evaluate(value, ctx))
      misplaced('return', 'in a block; a model has outputs', statement, ctx)
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
      const condition = isTrue(evaluate(statement.condition, ctx), statement.condition, ctx)
      if (condition === undefined) return undefined
      return runBody(condition ? statement.consequent : statement.alternative, { ...ctx, scope: new Scope(ctx.scope) }, model)
    }
    case 'assign':
      assign(statement, ctx)
      return undefined
  }
}

const misplaced = (what: string, where: string, statement: Statement, ctx: Context): Value =>
  fail(ctx, 'statement/misplaced', { what, where }, statement.span)

function runOutput(statement: Statement & { kind: 'output' }, ctx: Context, model: ModelBody | undefined): void {
  if (!model) {
    misplaced('output', 'in a model; a block returns', statement, ctx)
    return
  }
  const { name, span } = statement.name
  const value = evaluate(statement.value ?? { kind: 'name', name, span }, ctx)
  const checked = checkAnnotation(statement.shape, value, name, ctx)
  if (statement.value) ctx.scope.assign(name, checked)
  model.output(statement, checked, ctx)
}

/** A requirement that fails ends the body: what it protects would be wrong in other words. */
function runRequire(statement: Statement & { kind: 'require' }, ctx: Context): Returned | undefined {
  const holds = isTrue(evaluate(statement.condition, ctx), statement.condition, ctx)
  if (holds !== false) return undefined
  const message = statement.message ? evaluate(statement.message, ctx) : undefined
  const text = message?.kind === 'text' ? message.value : 'a requirement does not hold'
  return [fail(ctx, 'require/failed', { message: text }, statement.condition.span)]
}

function runFor(statement: Statement & { kind: 'for' }, ctx: Context, model: ModelBody | undefined): Returned | undefined {
  for (const [turn, item] of (listToWalk(statement.in, ctx) ?? []).entries()) {
    const inner: Context = { ...ctx, scope: new Scope(ctx.scope), turns: [...ctx.turns, String(turn)] }
    ctx.run.limiter.step(originAt(ctx, statement.span))
    if (!bindPattern(statement.pattern, item, inner, 'shadow')) return undefined
    const result = runBody(statement.body, inner, model)
    if (result) return result
  }
  return undefined
}
