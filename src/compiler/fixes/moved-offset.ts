import type { Edit } from '../diagnostics.ts'
import { replacementOf } from './replacement.ts'

/**
 * The first and the last offset at which what stood at an offset of a file may stand after edits: what was replaced may be
 * anywhere in the replacement, and what text was put before may be before or behind it.
 */
export function movedOffset(path: string, offset: number, edits: readonly Edit[]): readonly [number, number] {
  const own = edits.filter(({ span }) => span.source.path === path && span.start <= offset)
  const isBefore = ({ span }: Edit): boolean => span.start < offset && span.end <= offset
  const shift = own
    .filter(isBefore)
    .reduce((sum, edit) => sum + replacementOf(edit).length - (edit.span.end - edit.span.start), 0)
  const here = own.filter((edit) => !isBefore(edit))
  const first = Math.min(offset, ...here.map(({ span }) => span.start)) + shift
  return [first, first + here.reduce((sum, edit) => sum + replacementOf(edit).length, 0)]
}
