import type { Parameter } from '../syntax/ast.ts'
import { printDim } from '../dim/print.ts'
import { calleeContext } from './callee-context.ts'
import { bind, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { enums } from './enums.ts'
import { givenList } from './given-values.ts'
import type { PatternScope } from './match-shape.ts'
import { isWithin } from '../text/source.ts'
import { closeCall, openCall } from './open-scope.ts'
import type { Place } from './place.ts'
import { resultsIn } from './ports.ts'
import { returned } from './results.ts'
import { runBody } from './run-body.ts'
import { standIn } from './stand-in.ts'
import { coerce } from './types.ts'
import { failed, list, type Target, type Value, type Matched } from './value.ts'
import type { Call } from './call-site.ts'

/** Elaborates a block at a call: binds its parameters, runs its body, checks what it returns. */
export function callBlock(target: Target & { kind: 'block' }, call: Call, matched: Matched, ctx: Context): Value {
  const origin = originAt(ctx, call.span)
  const path = ctx.path.claim(call)
  const { declaration, module } = target
  return ctx.run.limiter.nested(origin, () => {
    const site = openCall(declaration, call, path, ctx)
    const inner = calleeContext(declaration, module, call, site, matched, ctx)
    const patterns: PatternScope = { ctx: inner, boundBy: new Map() }
    const bound = bindParameters(declaration.parameters, matched, call, ctx, patterns)
    if (!bound) return failed(origin)
    const signature = { declaration, arguments: bound, op: call.name }
    // of a block that is elaborated for any caller no call says when its recursion ends
    const isEndless = ctx.run.standIns && isWithin(ctx.frame, declaration.name.span)
    if (isEndless) return returned(undefined, signature, call.span, ctx, patterns)
    // the results are declared in terms of the parameters as they were given, whatever the body rebinds
    const values = runBody(declaration.body, { ...inner, scope: inner.scope.copy() })
    const value = returned(values, signature, call.span, ctx, patterns)
    closeCall(site, { given: bound, patterns, outputs: resultsIn(value) }, ctx)
    return value
  }, () => ({ notes: numbersIn(matched) }))
}

/** What a call is given that may count how deep it is nested. */
const numbersIn = (matched: Matched): readonly string[] =>
  [...matched].flatMap(([parameter, given]) =>
    givenList(given).flatMap(({ value }) => (value.kind === 'int' ? [`${parameter} is ${printDim(value.dim)} in that call`] : [])),
  )

/**
 * Binds parameters in order, so that defaults and shapes may use earlier ones; undefined when one does not fit. What depends on
 * earlier ones is then left alone: it would be wrong in other words.
 */
export function bindParameters(
  parameters: readonly Parameter[],
  matched: Matched,
  call: Call,
  ctx: Context,
  patterns: PatternScope,
): ReadonlyMap<string, Value> | undefined {
  const bound = new Map<string, Value>()
  let fine = true
  for (const parameter of parameters) {
    if (!fine && (parameter.type.kind === 'shape' || !matched.has(parameter.name.name))) continue
    const value = bindParameter(parameter, parameters, matched, call, ctx, patterns)
    if (value) {
      bound.set(parameter.name.name, value)
      bind(parameter.name, value, patterns.ctx)
    } else if (isShifted(parameter, matched)) return undefined
    else fine = false
  }
  return fine ? bound : undefined
}

/** A number where the map belongs: the map was left out, and every argument stands one place too early. */
function isShifted({ name, type }: Parameter, matched: Matched): boolean {
  const [given] = givenList(matched.get(name.name))
  return (
    type.kind === 'shape' && given !== undefined && ['int', 'float', 'list', 'text', 'word', 'bool'].includes(given.value.kind)
  )
}

/** Where a tensor of another number of axes is given than a parameter has: others after it that have as many, and are given as many. */
function otherRanks(parameter: Parameter, parameters: readonly Parameter[], matched: Matched): NonNullable<Place['alike']> {
  const rankOf = ({ type }: Parameter): number | undefined => (type.kind === 'shape' ? type.shape.items.length : undefined)
  const tensorOf = ({ name }: Parameter) => givenList(matched.get(name.name)).flatMap(({ value, span }) => (value.kind === 'tensor' ? [{ value, span }] : []))
  const [own] = tensorOf(parameter)
  const found = own?.value.node.type.shape.length
  if (found === undefined || rankOf(parameter) === found) return []
  return parameters.slice(parameters.indexOf(parameter) + 1).flatMap((other) => {
    const [given] = rankOf(other) === rankOf(parameter) ? tensorOf(other) : []
    return given?.value.node.type.shape.length === found ? [{ argument: other.name.name, ...given }] : []
  })
}

function bindParameter(
  parameter: Parameter,
  parameters: readonly Parameter[],
  matched: Matched,
  call: Call,
  ctx: Context,
  patterns: PatternScope,
): Value | undefined {
  const { name, type, default: fallback } = parameter
  const alike = otherRanks(parameter, parameters, matched)
  const given = matched.get(name.name)
  if (type.suffix === '...') {
    if (!given) return standIn(parameter, patterns)
    const values = givenList(given).map(({ value, span }) =>
      coerce(value, type, { op: call.op, argument: name.name, span, call: call.span }, ctx, patterns),
    )
    return values.every((value) => value !== undefined) ? list(values, originAt(ctx, call.span)) : undefined
  }
  const [one] = givenList(given)
  if (one) return coerce(one.value, type, { op: call.op, argument: name.name, span: one.span, call: call.span, alike }, ctx, patterns)
  if (!fallback) return type.suffix === '?' ? { kind: 'none', origin: originAt(ctx, call.span) } : standIn(parameter, patterns)
  const words = type.kind === 'named' ? enums.get(type.name.name) : undefined
  const value = evaluate(fallback, patterns.ctx, words)
  const optional = { ...type, suffix: value.kind === 'none' ? '?' : type.suffix } as const
  return coerce(
    value,
    optional,
    { op: call.op, argument: name.name, span: fallback.span, call: fallback.span },
    patterns.ctx,
    patterns,
  )
}
