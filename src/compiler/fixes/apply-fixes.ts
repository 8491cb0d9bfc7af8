import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { AcceptedEdits } from './accepted-edits.ts'
import { replacementOf } from './replacement.ts'

export interface Applied<F> {
  /** The new text of every file that changed, by its path. */
  readonly texts: ReadonlyMap<string, string>
  /** What was applied, in the order given. */
  readonly applied: readonly F[]
  /** Their edits, each once. */
  readonly edits: readonly Edit[]
}

/**
 * Applies fixes to the texts that they were made for. Where two want to change the same characters the earlier one wins, as a
 * whole; two that make the same edit both count as applied. Line breaks are written as the file has them.
 */
export function applyFixes<F extends Fix>(fixes: readonly F[]): Applied<F> {
  const accepted = new AcceptedEdits()
  const made: Edit[] = []
  const applied = fixes.filter(({ edits }) => {
    const fresh = edits.filter(
      (edit, i) => ![...accepted.near(edit), ...edits.slice(0, i)].some((other) => isSame(edit, other)),
    )
    const isRefused = fresh.some((edit, i) => [...accepted.near(edit), ...fresh.slice(0, i)].some((other) => collide(edit, other)))
    if (edits.length === 0 || isRefused) return false
    for (const edit of fresh) accepted.add(edit)
    made.push(...fresh)
    return true
  })
  const texts = [...accepted.all].map(([path, edits]) => [path, edited(edits)] as const)
  return { texts: new Map(texts), applied, edits: made }
}

/** The text that edits of one file make, in its order; they do not collide. */
function edited(edits: readonly Edit[]): string {
  const { text } = edits[0]!.span.source
  const pieces: string[] = []
  let at = 0
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.span.start), replacementOf(edit))
    at = edit.span.end
  }
  return [...pieces, text.slice(at)].join('')
}

const isSame = (a: Edit, b: Edit): boolean =>
  a.span.source.path === b.span.source.path && a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text

/** Edits that touch do not; two insertions at one place do, for nothing says which comes first. */
const collide = ({ span: a }: Edit, { span: b }: Edit): boolean =>
  a.source.path === b.source.path && ((a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end))
