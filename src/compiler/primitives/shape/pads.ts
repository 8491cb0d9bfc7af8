import { keyOf, type Dim } from '../../dim/expr.ts'
import type { TensorType } from '../../graph/graph.ts'
import type { Window } from '../facts.ts'
import type { Padding, Pads } from '../primitive.ts'
import { axisPadding, samePads } from './window.ts'

/** The pads a padding stands for on a map that these windows (of rows, of columns) move over. */
export const padsOf = (x: TensorType, padding: Padding, windows: readonly [Window, Window]): Pads => [
  axisPads(x, padding, windows, 0),
  axisPads(x, padding, windows, 1),
]

function axisPads(x: TensorType, padding: Padding, windows: readonly [Window, Window], axis: 0 | 1): readonly [Dim, Dim] {
  const pads = axisPadding(padding, axis)
  return pads === 'same' ? samePads(x.shape[axis]!.dim, windows[axis]) : pads
}

/** Whether nothing is added on any side. */
export const noPads = ([rows, columns]: Pads): boolean => [...rows, ...columns].every((pad) => pad === 0)

/** Equal for equal pads. */
export const keysOf = (pads: Pads): string => pads.flat().map(keyOf).join(' ')
