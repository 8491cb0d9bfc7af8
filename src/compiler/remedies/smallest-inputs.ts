import { placeKey, type Numbers } from '../elaborate/assumptions.ts'
import { firstFrom } from '../dim/first-from.ts'
import type { Extent, InputNode } from '../graph/graph.ts'
import { textOf, type Span } from '../text/source.ts'
import { isNumeral } from './is-numeral.ts'

/** An elaboration with some numbers taken for others: its inputs, and what was too small for a window. */
export interface Trial {
  readonly inputs: readonly InputNode[]
  readonly tooSmall: readonly Extent[]
}

const largestSize = 1 << 13
const mostRounds = 8

/** The number in the text that an extent of an input comes from, where it is one. */
export function writtenSize({ from, origin: { span } }: Extent): Span | undefined {
  const [only, ...others] = from ?? []
  if (only) return others.length === 0 ? writtenSize(only) : undefined
  return isNumeral(span) ? span : undefined
}

/** The smallest sizes of the inputs for which everything fits; undefined where none are found, or not for what may be spent. */
export function smallestInputs(
  first: Trial,
  isAffordable: () => boolean,
  attempt: (sizes: Numbers) => Trial,
): Numbers | undefined {
  let sizes: Numbers = new Map()
  let places = sizesTooSmall(first)
  for (let round = 0; places.length > 0; round++) {
    const [place] = places
    if (!place || round === mostRounds) return undefined
    const tried = sizes
    const key = placeKey(place)
    const fits = (size: number): boolean =>
      isAffordable() && !sizesTooSmall(attempt(new Map([...tried, [key, size]]))).some((other) => placeKey(other) === key)
    const least = firstFrom(Number(textOf(place)) + 1, largestSize, fits)
    if (least === undefined || !isAffordable()) return undefined
    sizes = new Map([...sizes, [key, least]])
    places = sizesTooSmall(attempt(sizes))
  }
  return sizes
}

/** The numbers of the text that are extents of inputs, and from which an extent comes that is too small. */
function sizesTooSmall({ inputs, tooSmall }: Trial): readonly Span[] {
  const declared = new Set(inputs.flatMap(({ type }) => type.shape.flatMap((extent) => writtenSize(extent) ?? [])).map(placeKey))
  return tooSmall.flatMap((extent) => writtenSize(extent) ?? []).filter((place) => declared.has(placeKey(place)))
}
