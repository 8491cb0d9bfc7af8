import type { Expr, InputStatement, Statement } from '../syntax/ast.ts'
import { bindParameters } from './call-block.ts'
import { calleeContext } from './callee-context.ts'
import { failingSize, isTrue, verdictOn } from './compare.ts'
import { bind, fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { givenList } from './given-values.ts'
import { matchShape, type PatternScope } from './match-shape.ts'
import { missingWhere } from './missing-where.ts'
import { reasonsOf } from './reports/reasons.ts'
import { isWithin, textOf, type Span } from '../text/source.ts'
import { closeCall, openCall } from './open-scope.ts'
import { portOf } from './ports.ts'
import { runBody } from './run-body.ts'
import { exchangedInputs, type Exchanged } from './exchanged-inputs.ts'
import { inputsOf } from './inputs-of.ts'
import { anyTensor } from './stand-in.ts'
import { describe, failed, unknown, type Target, type TensorValue, type Value, type Matched } from './value.ts'
import type { Call } from './call-site.ts'

/** A model called like a block: its inputs in order, then its parameters; its outputs are the results. */
export function callModel(target: Target & { kind: 'model' }, call: Call, matched: Matched, ctx: Context): Value {
  const { declaration, module } = target
  const origin = originAt(ctx, call.span)
  const path = ctx.path.claimModel(call)
  if (ctx.run.standIns && isWithin(ctx.frame, declaration.name.span)) return unknown(origin)
  ctx.run.modules.called.add(declaration)
  return ctx.run.limiter.nested(origin, () => {
    const site = openCall(declaration, call, path, ctx)
    const inner = calleeContext(declaration, module, call, site, matched, ctx)
    const patterns: PatternScope = { ctx: inner, boundBy: new Map() }
    const bound = bindParameters(declaration.parameters, matched, call, ctx, patterns)
    if (!bound) return failed(origin)
    const outputs: Output[] = []
    const exchanged = exchangedInputs(inputsOf(declaration), matched)
    runBody(declaration.body, inner, {
      input: (statement, at) => takeInput(statement, call, matched, ctx, { ...patterns, ctx: at }, exchanged),
      output: (statement, value) => outputs.push({ name: statement.name.name, named: statement.name.span, value }),
    })
    const inputs = inputsOf(declaration).flatMap(({ name: { name } }) =>
      givenList(matched.get(name)).map(({ value }) => [name, value] as const),
    )
    const given = [...inputs, ...bound]
    closeCall(site, { given, patterns, outputs: outputs.flatMap(({ name, value }) => portOf(name, value)) }, ctx)
    return resultsOf(call.name, outputs, declaration.body, inner, origin)
  })
}

/** Binds an input to the argument of the call, and proves what its `where` asks of it. */
function takeInput(
  statement: InputStatement,
  call: Call,
  matched: Matched,
  caller: Context,
  patterns: PatternScope,
  exchanged: Exchanged | undefined,
): void {
  const { name } = statement.name
  const [given] = givenList(matched.get(name))
  const { ctx } = patterns
  ctx.scope.set(name, failed(originAt(ctx, statement.span)))
  // of two that were exchanged the first is reported, with both
  if (!given || exchanged?.names[1] === name) return
  if (given.value.kind === 'unknown') {
    ctx.scope.set(name, anyTensor(statement.shape, given.value.origin, patterns))
    return
  }
  if (given.value.kind !== 'tensor') {
    fail(caller, 'type/mismatch', { what: `${call.op}'s ${name}`, wanted: 'a tensor', found: describe(given.value) }, given.span)
    return
  }
  if (
    !matchShape(
      statement.shape,
      given.value,
      {
        op: call.op,
        argument: name,
        span: given.span,
        call: call.span,
        exchangedWith: exchanged?.names[0] === name ? exchanged.other : undefined,
      },
      caller,
      patterns,
    )
  )
    return
  bind(statement.name, given.value, ctx)
  checkWhere(statement, { value: given.value, span: given.span }, call, caller, ctx)
}

/** Proves what a model's `where` asks of the map it is called with; the caller's map is what does not meet it. */
function checkWhere(
  statement: InputStatement,
  given: { readonly value: TensorValue; readonly span: Span },
  call: Call,
  caller: Context,
  ctx: Context,
): void {
  const { name, where } = statement
  const input = `${call.op}'s ${name.name}`
  const labels = (condition: Expr) => [
    { origin: originAt(ctx, condition.span), text: 'required here' },
    ...reasonsOf(condition, ctx),
  ]
  const verdicts = where.map((condition) => ({ condition, verdict: verdictOn(condition, ctx) }))
  const unknown = verdicts.flatMap(({ condition, verdict }) => (verdict?.kind === 'unknown' ? [{ condition, verdict }] : []))
  const [doubt] = unknown
  if (doubt) {
    fail(caller, 'value/not-known', { claim: `\`${textOf(doubt.condition.span)}\` holds for ${input}` }, given.span, {
      labels: labels(doubt.condition),
      notes: failingSize(doubt.verdict),
      cause: missingWhere(unknown.flatMap(({ verdict }) => verdict.missing() ?? []), caller),
    })
    return
  }
  const refuted = verdicts.find(({ condition, verdict }) =>
    verdict ? verdict.kind === 'refuted' : isTrue(evaluate(condition, ctx), condition, ctx) === false,
  )
  if (!refuted) return
  const facts = { claim: textOf(refuted.condition.span), input, found: describe(given.value) }
  fail(caller, 'where/refuted', facts, given.span, { labels: labels(refuted.condition) })
}

interface Output {
  readonly name: string
  readonly named: Span
  readonly value: Value
}

function resultsOf(
  op: string,
  outputs: readonly Output[],
  body: readonly Statement[],
  inner: Context,
  origin: Value['origin'],
): Value {
  if (outputs.some(({ value }) => value.kind === 'error')) return failed(origin)
  if (outputs.length === 0 && inner.run.standIns) return unknown(origin)
  const [only] = outputs
  if (outputs.length === 1 && only) return only.value
  if (outputs.length === 0) {
    if (inner.run.reporter.failed) return failed(origin)
    return fail(inner, 'model/no-output', { name: op }, body[0]?.span ?? origin.span)
  }
  return {
    kind: 'results',
    of: op,
    names: outputs.map(({ name }) => name),
    named: outputs.map(({ named }) => named),
    items: outputs.map(({ value }) => value),
    origin,
  }
}
