import type { OpNode } from '../../graph/graph.ts'
import type { PaddedWindow } from '../../primitives/facts.ts'
import { samePads } from '../../primitives/shape/window.ts'
import { factsOf } from '../../facts/facts-of.ts'
import { linearLayerOf } from '../../facts/linear-layer.ts'
import { operandOf } from '../../graph/operand.ts'

/** The windows of a convolution or pooling along one axis of a map. */
export interface Taps extends PaddedWindow {
  readonly axis: 0 | 1
  /** Taps of a window. */
  readonly size: number
}

/** The windows of rows and of columns; none for other ops, and where a kernel is no weight. */
export function tapsOf(node: OpNode): readonly Taps[] {
  const { windows = [], kernel } = factsOf(node)
  if (kernel && !linearLayerOf(node)) return []
  return windows.map((window, i) => ({ ...window, axis: i === 0 ? 0 : 1, size: Number(window.size) }))
}

/**
 * The taps of windows that lie on the padding wherever the windows stand, by their numbers from 0; undefined where sizes are not
 * known.
 */
export function tapsOnPadding(node: OpNode, { axis, size, stride, dilation, padding }: Taps): readonly number[] | undefined {
  const extent = operandOf(node, 'x')?.type.shape[axis]?.dim
  const windows = node.type.shape[axis]?.dim
  if (typeof extent !== 'number' || typeof windows !== 'number') return undefined
  const before = Number(padding === 'same' ? samePads(extent, { size, stride, dilation })[0] : padding[0])
  const isOnMap = (tap: number): boolean =>
    Array.from({ length: windows }, (_, i) => i * stride - before + tap * dilation).some((place) => place >= 0 && place < extent)
  return Array.from({ length: size }, (_, tap) => tap).filter((tap) => !isOnMap(tap))
}
