import { isFree } from '../../dim/expr.ts'
import { printShape } from '../../dim/print.ts'
import { hasBatch, type TensorType } from '../../graph/graph.ts'
import type { Window } from '../facts.ts'
import { problem, type Padding, type Refused, type ResultExtent } from '../primitive.ts'
import { product, summed, united, type Signs } from '../signs.ts'
import { decided, mapAxes } from './axis.ts'
import { mapOf } from './map-of.ts'
import { axisPadding, countWindows } from './window.ts'

/** How a kernel moves over a map. */
export interface Geometry {
  readonly stride: readonly [number, number]
  readonly padding: Padding
  readonly dilation: readonly [number, number]
}

/** The windows of a kernel's first two axes: of rows, of columns. */
export const kernelWindows = (
  kernel: TensorType,
  { stride, dilation }: Pick<Geometry, 'stride' | 'dilation'>,
): readonly [Window, Window] => [
  { size: kernel.shape[0]!.dim, stride: stride[0], dilation: dilation[0] },
  { size: kernel.shape[1]!.dim, stride: stride[1], dilation: dilation[1] },
]

/**
 * The refusal of a kernel that is another one for each sample, and larger or smaller with the size of an input: targets take such a kernel
 * apart tap by tap. Where a caller decides its size, it is not refused before.
 */
export function unknownTaps(op: string, kernel: TensorType): Refused | undefined {
  const sides = [
    { side: kernel.shape[0]!, axis: { name: 'rows of the kernel', said: 'named' } },
    { side: kernel.shape[1]!, axis: { name: 'columns of the kernel', said: 'named' } },
  ] as const
  const unknown = sides.filter(({ side: { dim } }) => typeof dim !== 'number' && !isFree(dim))
  if (!hasBatch(kernel) || unknown.length === 0) return undefined
  const labels = unknown.map(({ side, axis }) => decided(side, axis))
  const note = '`resize(to: 5)` makes the map that it is computed from of one size for all inputs'
  return problem('shape/symbolic-kernel', { op, kernel: printShape(kernel.shape) }, labels, [note])
}

/** The rows and columns of a kernel that `unknownTaps` does not refuse. */
export function knownTaps(kernel: TensorType): readonly [number, number] {
  const [rows, columns] = [kernel.shape[0]!.dim, kernel.shape[1]!.dim]
  if (typeof rows === 'number' && typeof columns === 'number') return [rows, columns]
  throw new Error(`a kernel ${printShape(kernel.shape)} for each sample`)
}

/** Height and width of what a kernel leaves of a map. */
export function convolvedSize(
  op: string,
  x: TensorType,
  kernel: TensorType,
  geometry: Geometry,
): readonly [ResultExtent, ResultExtent] | Refused {
  const [rows, columns] = kernelWindows(kernel, geometry)
  const height = countWindows(op, mapAxes.height, mapOf(x).h, rows, axisPadding(geometry.padding, 0))
  if ('problem' in height) return height
  const width = countWindows(op, mapAxes.width, mapOf(x).w, columns, axisPadding(geometry.padding, 1))
  return 'problem' in width ? width : [height, width]
}

/** The signs of what a convolution sums up: where there is padding, a window may lie on nothing else. */
export const sumOfProducts = (x: Signs, kernel: Signs, padding: Padding): Signs => {
  const sum = summed(product(x, kernel))
  return padding === 'valid' ? sum : united(sum, [0])
}

/** Whether a stride or dilation is more than 1 along an axis. */
export const isSpread = (steps: readonly [number, number]): boolean => steps.some((step) => step > 1)
