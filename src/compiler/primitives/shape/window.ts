import { add, ceil, divide, extreme, floor, keyOf, multiply, subtract, type Dim } from '../../dim/expr.ts'
import { printDim, printDividend } from '../../dim/print.ts'
import { atLeast } from '../../dim/prove.ts'
import { tightBounds } from '../../dim/relax.ts'
import type { Extent } from '../../graph/graph.ts'
import { decided, type Axis } from './axis.ts'
import type { PaddedWindow, Window } from '../facts.ts'
import { problem, type Padding, type Refused, type ResultExtent } from '../primitive.ts'

/** What is added before and after one axis. */
export type AxisPadding = PaddedWindow['padding']

export const axisPadding = (padding: Padding, axis: 0 | 1): AxisPadding =>
  padding === 'same' ? 'same' : padding === 'valid' ? [0, 0] : padding[axis]

/** Windows of rows and of columns, with the padding of a call. */
export const withPadding = (
  [rows, columns]: readonly [Window, Window],
  padding: Padding,
): readonly [PaddedWindow, PaddedWindow] => [
  { ...rows, padding: axisPadding(padding, 0) },
  { ...columns, padding: axisPadding(padding, 1) },
]

/** How many elements a window covers, from its first tap to its last. */
export const spanOf = ({ size, dilation }: Window): Dim => add(multiply(subtract(size, 1), dilation), 1)

/** How often a window fits along an axis: floor((n + before + after - span) / stride) + 1, or ceil(n / stride) for `same`. */
export function countWindows(
  op: string,
  axis: Axis,
  input: Extent,
  window: Window,
  padding: AxisPadding,
): ResultExtent | Refused {
  const count = countOf(input.dim, window, padding)
  if (atLeast(count, 1).kind === 'refuted') return tooLarge(op, axis, input, window, padding)
  return keyOf(count) === keyOf(input.dim)
    ? input
    : { dim: count, how: `${spell(input.dim, window, padding)} = ${printDim(count)}`, from: [input] }
}

function countOf(input: Dim, window: Window, padding: AxisPadding): Dim {
  if (padding === 'same') return ceil(quotient(input, window.stride))
  const room = subtract(add(input, padding[0] + padding[1]), spanOf(window))
  return add(floor(quotient(room, window.stride)), 1)
}

/** a / n for a positive n (shape rules refuse other strides first). */
export const quotient = (a: Dim, n: number): Dim => divide(a, n)!

export function tooLarge(op: string, axis: Axis, input: Extent, window: Window, padding: AxisPadding): Refused {
  const padded = padding === 'same' ? 0 : padding[0] + padding[1]
  const spread = window.dilation === 1 ? '' : `, spread to ${printDim(spanOf(window))} by dilation ${window.dilation},`
  return problem(
    'shape/window-too-large',
    {
      op,
      axis: axis.name,
      window: `${printDim(window.size)}${spread}`,
      extent: `${printDim(input.dim)}${padded === 0 ? '' : ` + ${padded} of padding`}${atMost(input.dim)}`,
    },
    [decided(input, axis)],
  )
}

/** How large a symbolic extent can be, where something is known of that. */
function atMost(dim: Dim): string {
  const { max } = tightBounds(dim)
  return typeof dim === 'number' || max === Infinity ? '' : `, which is at most ${max} here`
}

function spell(input: Dim, window: Window, padding: AxisPadding): string {
  if (padding === 'same') return `ceil(${printDividend(input)} / ${window.stride})`
  const padded = padding[0] + padding[1]
  const span = window.dilation === 1 ? printDim(window.size) : `${window.dilation} * (${printDim(window.size)} - 1) - 1`
  const room = `${printDim(input)}${padded === 0 ? '' : ` + ${padded}`} - ${span}`
  return window.stride === 1 ? `${room} + 1` : `floor((${room}) / ${window.stride}) + 1`
}

/** The pads `same` stands for along an axis: as few as give ceil(n / stride) windows, the odd one after. */
export function samePads(input: Dim, window: Window): readonly [Dim, Dim] {
  const span = spanOf(window)
  if (span === 1) return [0, 0]
  const count = ceil(quotient(input, window.stride))
  const needed = subtract(add(multiply(subtract(count, 1), window.stride), span), input)
  const total = extreme('max', needed, 0)
  const before = floor(quotient(total, 2))
  return [before, subtract(total, before)]
}
