import type { Edit } from '../diagnostics/diagnostics.ts'
import { firstWhere } from '../text/first-where.ts'
import { replacementOf } from './replacement.ts'

/**
 * The first and the last offset at which what stood at an offset of a file may stand after edits: what was replaced may be
 * anywhere in the replacement, and what text was put before may be before or behind it.
 */
type Movement = (path: string, offset: number) => readonly [number, number]

/** How edits that do not overlap move a text. */
export function movementBy(edits: readonly Edit[]): Movement {
  const files = new Map<string, readonly Move[]>()
  for (const path of new Set(edits.map(({ span }) => span.source.path))) files.set(path, movesIn(path, edits))
  return (path, offset) => {
    const moves = files.get(path) ?? []
    const next = firstWhere(moves, (move) => !isBefore(move, offset))
    const shift = moves[next - 1]?.shift ?? 0
    let [first, length] = [offset, 0]
    for (let i = next; i < moves.length && moves[i]!.start <= offset; i++) {
      first = Math.min(first, moves[i]!.start)
      length += moves[i]!.length
    }
    return [first + shift, first + shift + length]
  }
}

interface Move {
  readonly start: number
  readonly end: number
  /** Of what is put in. */
  readonly length: number
  /** By how much this and all edits before it move what is behind. */
  readonly shift: number
}

function movesIn(path: string, edits: readonly Edit[]): readonly Move[] {
  let shift = 0
  return edits
    .filter(({ span }) => span.source.path === path)
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((edit) => {
      const { start, end } = edit.span
      const { length } = replacementOf(edit)
      shift += length - (end - start)
      return { start, end, length, shift }
    })
}

const isBefore = ({ start, end }: Move, offset: number): boolean => start < offset && end <= offset
