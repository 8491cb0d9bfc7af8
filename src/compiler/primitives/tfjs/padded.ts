import { atLeast } from '../../dim/prove.ts'
import { hasBatch, type TensorType } from '../../graph/graph.ts'
import type { Window } from '../facts.ts'
import type { Padding, Pads } from '../primitive.ts'
import { keysOf, noPads, padsOf } from '../shape/pads.ts'
import { spanOf } from '../shape/window.ts'
import { extent, tf, type Expression } from './expression.ts'

/** The map with pads of a constant around it, as it is where there are none. */
export function padded(x: Expression, batched: boolean, pads: Pads, value = 0): Expression {
  if (noPads(pads)) return x
  const [rows, columns] = pads.map((sides) => sides.map(extent))
  const amounts = [...(batched ? [[0, 0]] : []), rows, columns, [0, 0]]
  return value === 0 ? tf('pad', x, amounts) : tf('pad', x, amounts, value)
}

/**
 * The map and the word that give a tfjs convolution this padding. Explicit pads are added by a call of their own: tfjs-node has
 * no gradient for convolutions that take them. Pads that are just what `same` adds become `same`, which costs no copy; yet a
 * window that leaves elements out (its stride is longer) never gets there, because wasm then convolves the wrong elements.
 */
export function paddedFor(
  x: Expression,
  type: TensorType,
  padding: Padding,
  windows: readonly [Window, Window],
): { readonly x: Expression; readonly pad: 'same' | 'valid' } {
  const pads = padsOf(type, padding, windows)
  if (noPads(pads)) return { x, pad: 'valid' }
  const same = padsOf(type, 'same', windows)
  if (keysOf(pads) === keysOf(same) && windows.every(leavesNothingOut)) return { x, pad: 'same' }
  return { x: padded(x, hasBatch(type), pads), pad: 'valid' }
}

const leavesNothingOut = (window: Window): boolean => atLeast(spanOf(window), window.stride).kind === 'proved'
