import { isFree, type Dim } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import type { Extent, TensorType } from '../../graph/graph.ts'
import { blaming, problem, type Padding, type Pads, type Parameter, type Refused } from '../primitive.ts'
import { labelText } from '../../text/label-text.ts'

/** A padding as a call writes it: a word, an int for all sides, [h, w], or [[top, bottom], [left, right]]. */
export type PaddingValue = string | Dim | readonly PaddingValue[]

/** The window that is moved over the padded map: [height, width], and the distance of its taps. */
export interface PaddedWindow {
  readonly size: readonly [Dim, Dim]
  readonly dilation: readonly [number, number]
  /** Of a kernel: where its height and width were decided. */
  readonly extents: readonly Extent[]
}

/** The window of a call: its kernel's first two axes or its `size`, spread by its `dilation`; undefined where it has neither. */
export function windowOf(call: {
  readonly kernel?: TensorType | undefined
  readonly size?: readonly [number, number] | undefined
  readonly dilation?: readonly [number, number] | undefined
}): PaddedWindow | undefined {
  const [height, width] = call.kernel?.shape ?? []
  const size = height && width ? ([height.dim, width.dim] as const) : call.size
  return size && { size, dilation: call.dilation ?? [1, 1], extents: height && width ? [height, width] : [] }
}

/** Whether a parameter gives pads, which are to be resolved. */
export const isPaddingKind = (kind: Parameter['kind']): kind is 'padding' | 'pads' => kind === 'padding' || kind === 'pads'

/** What a parameter of the kind means that a call gives. */
export const resolvePads = (
  op: string,
  { name, kind }: { readonly name: string; readonly kind: 'padding' | 'pads' },
  value: PaddingValue,
  window: PaddedWindow | undefined,
): Padding | Pads | Refused => (kind === 'padding' ? resolvePadding(op, name, value, window) : resolveAmounts(op, name, value))

/**
 * What a written padding means for a window. `half` pads (k - 1) / 2 of the dilated window on each side (PyTorch's habit), which
 * an even window does not allow. Without a window only amounts mean something.
 *
 * @param parameter which gives the padding
 */
function resolvePadding(op: string, parameter: string, value: PaddingValue, window: PaddedWindow | undefined): Padding | Refused {
  if (window && (value === 'same' || value === 'valid')) return value
  // the sizes of both are those of an odd window, which a caller is to give
  if (window && value === 'half' && window.size.some(isFree)) return 'same'
  if (window && value === 'half') return halfPadding(op, parameter, window)
  return sidesOf(value, isAmount) ?? noPadding(op, parameter, value)
}

/** Amounts alone; that none takes rows away is for the op, which knows the map. */
const resolveAmounts = (op: string, parameter: string, value: PaddingValue): Pads | Refused =>
  sidesOf(value, (amount): amount is Dim => Number.isInteger(amount) || isSymbolic(amount)) ?? noPadding(op, parameter, value)

const noPadding = (op: string, parameter: string, value: PaddingValue): Refused =>
  blaming({ parameter }, problem('shape/padding', { op, value: printPadding(value) }))

type Sides<Amount> = readonly [Amount, Amount]

function sidesOf<Amount extends Dim>(value: PaddingValue, holds: (amount: PaddingValue) => amount is Amount): Sides<Sides<Amount>> | undefined {
  const [rows, columns] = twoOf(value).map((side) => {
    const [before, after] = twoOf(side)
    return before !== undefined && after !== undefined && holds(before) && holds(after) ? ([before, after] as const) : undefined
  })
  return rows && columns && [rows, columns]
}

/** A list of two, or one value for both. */
const twoOf = (value: PaddingValue): readonly PaddingValue[] =>
  typeof value === 'object' && !isSymbolic(value) && value.length === 2 ? value : [value, value]

const isSymbolic = (value: PaddingValue): value is Exclude<Dim, number> => typeof value === 'object' && 'terms' in value

const isAmount = (value: PaddingValue): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0

function halfPadding(op: string, parameter: string, { size, dilation, extents }: PaddedWindow): Padding | Refused {
  const halves = size.map((extent, axis) => (typeof extent === 'number' ? ((extent - 1) * dilation[axis]!) / 2 : NaN))
  const [vertical, horizontal] = halves
  if (isOddHalf(size[0], vertical) && isOddHalf(size[1], horizontal)) {
    return [
      [vertical, vertical],
      [horizontal, horizontal],
    ]
  }
  const even = extents.find(({ dim }) => typeof dim !== 'number' || dim % 2 === 0)
  const kernel = size.map(printDim).join('x')
  const labels = even ? [{ extent: even, ...labelText(`kernel ${kernel}`, 'decided') }] : []
  const refused = blaming({ parameter }, problem('shape/half-even-kernel', { op, kernel }, labels))
  // a kernel is a tensor, and says itself where it was decided
  return extents.length > 0 ? refused : { problem: { ...refused.problem, involves: [{ parameter: 'size', what: `window ${kernel}` }] } }
}

/** An even window has no middle, even where dilation makes its span odd. */
const isOddHalf = (extent: Dim, half: number | undefined): half is number =>
  typeof extent === 'number' && extent % 2 === 1 && half !== undefined

const printPadding = (value: PaddingValue): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || isSymbolic(value)
      ? printDim(value)
      : `[${value.map(printPadding).join(', ')}]`
