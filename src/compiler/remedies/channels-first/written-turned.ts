import { keyOf } from '../../dim/expr.ts'
import type { Shape } from '../../graph/graph.ts'
import { writingAll } from '../../fixes/writing.ts'
import type { WrittenExtent } from '../../elaborate/written-extent.ts'
import type { Remedy } from '../remedy.ts'
import { turnedInputs, turnedMaps } from './turned-maps.ts'
import { turnedEdit } from './turned-text.ts'

/** A shape that is written as [channels, height, width] for a value that has those channels, last. */
export const turnedAsWritten: Remedy<'wrong-annotation' | 'wrong-result'> = (cause, ctx) => {
  const { value, written } = cause
  if (value.kind !== 'tensor' || !isWrittenTurned(written, value.node.type.shape)) return {}
  const [, height, width] = written.map(keyed)
  const turned = turnedMaps(() => height === width, ctx)
  if (turned.fixes.length > 0) return turned
  const shape = cause.kind === 'wrong-annotation' ? cause.shape : cause.type?.kind === 'shape' ? cause.type.shape : undefined
  const edits = shape ? turnedEdit(shape) : []
  return {
    notes: ['maps are [height, width, channels]'],
    fixes: edits.map((edit) => writingAll([edit])),
  }
}

/** An input that has the channels first, where shapes that are written behind it have them last. */
export const turnedInput: Remedy<'wrong-annotation' | 'wrong-result'> = ({ value, written }, ctx) => {
  const isMap = value.kind === 'tensor' && value.node.type.shape.length === 3 && written.length === 3
  return isMap && !isWrittenTurned(written, value.node.type.shape) ? turnedInputs(ctx) : {}
}

/** Whether the channels of a map are written first. */
export function isWrittenTurned(written: readonly WrittenExtent[], found: Shape): boolean {
  const [channels, , width] = written.map(keyed)
  const last = found[2]
  return written.length === 3 && found.length === 3 && last !== undefined && channels === keyOf(last.dim) && channels !== width
}

const keyed = (extent: WrittenExtent): string => (extent === 'any' ? extent : keyOf(extent))
