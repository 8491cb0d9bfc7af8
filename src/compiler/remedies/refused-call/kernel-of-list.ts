import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Context } from '../../elaborate/context.ts'
import { givenList } from '../../elaborate/given-values.ts'
import type { Matched } from '../../elaborate/value.ts'
import { writing } from '../../fixes/writing.ts'
import type { OpName } from '../../library/names.ts'
import type { CallExpr, Expr } from '../../syntax/ast.ts'
import { textOf, type Span } from '../../text/source.ts'
import { callAt } from '../written.ts'

/** An op that makes its own kernel, for a primitive that was given the shape of one: `conv2d(x, [3, 3, 3, 16])`. */
export function kernelMade(layer: string, matched: Matched, at: Span, ctx: Context): readonly Fix[] {
  const call = callAt(at, ctx)
  const kernel = call?.args.find(({ value }) => numbersOf(value)?.length === 4)
  const numbers = kernel && numbersOf(kernel.value)
  const [map] = givenList(matched.get('x'))
  const channels = map?.value.kind === 'tensor' ? map.value.node.type.shape[2]?.dim : undefined
  if (!call || !kernel || !numbers || typeof channels !== 'number') return []
  return ofShape(layer, numbers, channels).map(([op, ...given]) =>
    writing(`${op}(${[...argsBefore(kernel.span, call), ...given, ...argsBehind(kernel.span, call)].join(', ')})`, call.span),
  )
}

const argsBefore = (kernel: Span, { args }: CallExpr): readonly string[] => args.filter(({ span }) => span.end <= kernel.start).map(({ span }) => textOf(span))

const argsBehind = (kernel: Span, { args }: CallExpr): readonly string[] => args.filter(({ span }) => span.start >= kernel.end).map(({ span }) => textOf(span))

type Called = readonly [OpName, ...string[]]

/**
 * The ops of a kernel of this shape with their first arguments, the likeliest first: a kernel for one channel goes over each by itself; one of
 * PyTorch has its filters and channels first.
 */
function ofShape(layer: string, [a = 0, b = 0, c = 0, d = 0]: readonly number[], channels: number): readonly Called[] {
  if (layer === 'conv.transpose') return d === channels ? [[layer, String(c), `${a}x${b}`]] : []
  if (layer === 'conv.depthwise') return c === channels ? [perChannel(a, b, d)] : []
  if (c === channels) return [['conv', String(d), `${a}x${b}`]]
  const filtersFirst: readonly Called[] = b === channels ? [['conv', String(a), `${c}x${d}`]] : []
  return [...(c === 1 ? [perChannel(a, b, d)] : []), ...filtersFirst]
}

const perChannel = (height: number, width: number, multiplier: number): Called =>
  ['conv.depthwise', `${height}x${width}`, ...(multiplier === 1 ? [] : [`multiplier: ${multiplier}`])]

function numbersOf(expr: Expr): readonly number[] | undefined {
  if (expr.kind !== 'list') return undefined
  const numbers = expr.items.flatMap(({ kind, value }) => (kind === 'value' && value.kind === 'number' ? [value.value] : []))
  return numbers.length === expr.items.length ? numbers : undefined
}
