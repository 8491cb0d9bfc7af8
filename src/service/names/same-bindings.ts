import { readFile } from '../../compiler/reading/read-file.ts'
import type { Edit } from '../../compiler/diagnostics/diagnostics.ts'
import { bindingsIn, type Binding } from '../../compiler/syntax/bindings.ts'
import { placeOf } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'

/**
 * Where the names of a file stand for something else once some of them are others: a place, as a message names it; undefined where each
 * still stands for the same.
 *
 * @param edits names that are replaced, and ` name` that is put behind the colon of `name:`
 */
export function otherwiseBound({ source, ast }: Analysis, edits: readonly Edit[], text: string): string | undefined {
  const own = edits.filter(({ span }) => span.source.path === source.path).sort((a, b) => a.span.start - b.span.start)
  const put = new Set(own.flatMap(({ span }) => (span.start === span.end ? [span.start] : [])))
  const movedTo = (offset: number): number =>
    own.reduce((to, { span, text: replacement }) => (span.start < offset ? to + replacement.length - (span.end - span.start) : to), offset)
  const before = bindingsIn(ast).map((binding) => placesIn(binding, (use) => (put.has(use.end) ? movedTo(use.end) + 1 : movedTo(use.start))))
  const after = new Set(bindingsIn(readFile(source.path, text, false).ast).map((binding) => keyOf(placesIn(binding, ({ start }) => start))))
  const lost = before.findIndex((places) => !after.has(keyOf(places)))
  if (lost < 0 && after.size === before.length) return undefined
  const { span } = bindingsIn(ast)[Math.max(lost, 0)]!
  return placeOf(span)
}

interface Place {
  readonly start: number
  readonly end: number
}

/** @param placeAt of a name, or of a name and its value at once by where that ends */
const placesIn = ({ span, uses }: Binding, placeAt: (place: Place) => number): readonly number[] => [
  placeAt({ start: span.start, end: span.start }),
  ...uses.map((use) => placeAt(use.how === 'short' ? { start: use.span.start, end: use.argument.end } : { start: use.span.start, end: use.span.start })),
]

const keyOf = (places: readonly number[]): string => [...places].sort((a, b) => a - b).join()
