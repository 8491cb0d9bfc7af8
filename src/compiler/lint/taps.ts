import type { Attribute, OpNode } from '../graph/graph.ts'
import { axisPadding, samePads } from '../primitives/shape/window.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import { operandOf } from '../graph/operand.ts'

/** The windows of a convolution or pooling along one axis of a map. */
export interface Taps {
  readonly axis: 0 | 1
  /** Taps of a window. */
  readonly size: number
  readonly stride: number
  readonly dilation: number
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
export function tapsOnPadding(node: OpNode, { axis, size, stride, dilation }: Taps): readonly number[] | undefined {
  const extent = operandOf(node, 'x')?.type.shape[axis]?.dim
  const windows = node.type.shape[axis]?.dim
  const padding = paddingOf(node.attributes['padding'])
  if (typeof extent !== 'number' || typeof windows !== 'number' || !padding) return undefined
  const amount = axisPadding(padding, axis)
  const before = Number(amount === 'same' ? samePads(extent, { size, stride, dilation })[0] : amount[0])
  const isOnMap = (tap: number): boolean =>
    Array.from({ length: windows }, (_, i) => i * stride - before + tap * dilation).some((place) => place >= 0 && place < extent)
  return Array.from({ length: size }, (_, tap) => tap).filter((tap) => !isOnMap(tap))
}

function pairOf(value: Attribute | undefined): readonly [number, number] | undefined {
  const [a, b] = Array.isArray(value) ? (value as readonly Attribute[]) : []
  return typeof a === 'number' && typeof b === 'number' ? [a, b] : undefined
}

function paddingOf(
  value: Attribute | undefined,
): 'same' | 'valid' | readonly [readonly [number, number], readonly [number, number]] | undefined {
  if (value === 'same' || value === 'valid') return value
  const [rows, columns] = Array.isArray(value) ? (value as readonly Attribute[]).map(pairOf) : []
  return rows && columns ? [rows, columns] : undefined
}
