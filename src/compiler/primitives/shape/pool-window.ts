import { add, ceil, extreme, multiply, subtract, type Dim } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import { atLeast } from '../../dim/prove.ts'
import type { Extent, TensorType } from '../../graph/graph.ts'
import { notPositive } from './argument-range.ts'
import { type Axis, mapAxes } from './axis.ts'
import { padsOf } from './pads.ts'
import type { Window } from '../facts.ts'
import { blaming, problem, type Padding, type Pads, type Refused, type ResultExtent, type ResultShape, type Signature } from '../primitive.ts'
import { mapOf } from './map-of.ts'
import { wrongRank } from './rank.ts'
import { axisPadding, countWindows, quotient, tooLarge, type AxisPadding } from './window.ts'

/** The call of a pooling primitive. */
export interface Pooling {
  readonly x: TensorType
  readonly size: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: Padding
  readonly ceil: boolean
}

export const poolSignature = {
  x: { kind: 'tensor', means: 'map', doc: 'the map [H, W, C]' },
  size: { kind: 'size', doc: 'height and width of the window' },
  stride: { kind: 'size', doc: 'rows and columns from one window to the next' },
  padding: { kind: 'padding', default: 'valid', doc: 'room around the map; less than the window on each side' },
  ceil: { kind: 'bool', default: false, doc: 'whether a last window that reaches beyond the padded map counts' },
} as const satisfies Signature

/** The windows of a pooling: of rows, of columns. */
export const poolWindows = ({ size, stride }: Pooling): readonly [Window, Window] => [
  { size: size[0], stride: stride[0], dilation: 1 },
  { size: size[1], stride: stride[1], dilation: 1 },
]

export function pooledShape(op: string, call: Pooling): ResultShape {
  const refused =
    wrongRank(op, 'x', call.x, 'map') ?? notPositive(op, 'size', ...call.size) ?? notPositive(op, 'stride', ...call.stride)
  if (refused) return refused
  const rows = pooledExtent(op, mapAxes.height, call, 0)
  if ('problem' in rows) return rows
  const columns = pooledExtent(op, mapAxes.width, call, 1)
  if ('problem' in columns) return columns
  return [rows, columns, mapOf(call.x).c]
}

function pooledExtent(op: string, axis: Axis, call: Pooling, at: 0 | 1): ResultExtent | Refused {
  const input = call.x.shape[at]!
  const window = poolWindows(call)[at]
  const padding = axisPadding(call.padding, at)
  const size = call.size[at]
  if (padding !== 'same') {
    const pad = Math.max(...padding)
    const facts = { op, axis: axis.name, pad: String(pad), limit: `the window of ${size}` }
    if (pad >= size) return blaming({ parameter: 'padding' }, problem('shape/padding-too-large', facts))
  }
  return call.ceil && padding !== 'same'
    ? countUp(op, axis, input, window, size, padding)
    : countWindows(op, axis, input, window, padding)
}

/**
 * PyTorch's count with `ceil_mode`: the last window may reach beyond the padded map, but starts inside the map or the padding
 * before it. That is ceil((n + before + after - k) / s) + 1, one less where k - after < s lets the last start in the padding
 * after.
 */
function countUp(
  op: string,
  axis: Axis,
  input: Extent,
  window: Window,
  size: number,
  padding: Exclude<AxisPadding, 'same'>,
): ResultExtent | Refused {
  const [before, after] = padding
  const reach = Math.max(size - after, window.stride)
  const count = add(ceil(quotient(add(input.dim, before - reach), window.stride)), 1)
  if (atLeast(count, 1).kind === 'refuted') return tooLarge(op, axis, input, window, padding)
  const padded = `${printDim(input.dim)}${before === 0 ? '' : ` + ${before}`}`
  return { dim: count, how: `ceil((${padded} - ${reach}) / ${window.stride}) + 1 = ${printDim(count)}`, from: [input] }
}

/** The pads with which exactly the windows of the result fit, also a last one that `ceil` lets reach beyond the padding. */
export function poolPads(call: Pooling, result: TensorType): Pads {
  const pads = padsOf(call.x, call.padding, poolWindows(call))
  if (!call.ceil || call.padding === 'same') return pads
  return [reaching(call, result, pads, 0), reaching(call, result, pads, 1)]
}

function reaching(call: Pooling, result: TensorType, pads: Pads, axis: 0 | 1): readonly [Dim, Dim] {
  const [before, after] = pads[axis]
  const end = add(multiply(subtract(result.shape[axis]!.dim, 1), call.stride[axis]), call.size[axis])
  return [before, extreme('max', after, subtract(end, add(call.x.shape[axis]!.dim, before)))]
}

/** The pads that are written in the call, before `ceil` reaches beyond them. */
export const writtenPads = (call: Pooling): Pads => padsOf(call.x, call.padding, poolWindows(call))
