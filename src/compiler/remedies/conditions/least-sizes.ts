import { firstFrom } from '../../dim/first-from.ts'
import type { Extent } from '../../graph/graph.ts'
import { textOf, type Span } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'
import { isNumeral } from '../is-numeral.ts'

/** Numbers of the text that are taken for others, by their place. */
export type Sizes = ReadonlyMap<string, number>

/** A number in the text that is an extent of an input, and too small for what is done with the map. */
export interface Outgrown {
  readonly place: string
  readonly size: number
}

/** An elaboration with some numbers taken for others, and which of them are still too small. */
export interface Trial {
  readonly outgrown: readonly Outgrown[]
}

const largestSize = 1 << 13
const mostRounds = 8

export const placeKey = ({ source, start }: Span): string => `${source.path} ${start}`

/** What a number of the text is taken for, where that is another one. */
export const sizeTaken = (span: Span, { run: { knowledge } }: Context): number | undefined =>
  knowledge.sizes.size === 0 ? undefined : knowledge.sizes.get(placeKey(span))

/** The number in the text that an extent of an input comes from, where it is one. */
export function writtenSize({ from, origin: { span } }: Extent): Span | undefined {
  const [only, ...others] = from ?? []
  if (only) return others.length === 0 ? writtenSize(only) : undefined
  return isNumeral(span) ? span : undefined
}

/** Remembers that an extent is too small, where it depends on a number that is an extent of an input. */
export function rememberOutgrown(extent: Extent, { run }: Context): void {
  const place = writtenSize(extent)
  const declared = run.builder.inputs.flatMap(({ type }) => type.shape.flatMap((one) => writtenSize(one) ?? []))
  if (place && declared.some((one) => placeKey(one) === placeKey(place))) {
    run.knowledge.outgrown.push({ place: placeKey(place), size: Number(textOf(place)) })
  }
}

/** The smallest sizes of the inputs for which everything fits; undefined where none are found, or not for what may be spent. */
export function leastSizes(first: Trial, isAffordable: () => boolean, attempt: (sizes: Sizes) => Trial): Sizes | undefined {
  let sizes: Sizes = new Map()
  let latest = first
  for (let round = 0; latest.outgrown.length > 0; round++) {
    const [one] = latest.outgrown
    if (!one || round === mostRounds) return undefined
    const tried = sizes
    const fits = (size: number): boolean => isAffordable() && !isOutgrown(one, attempt(new Map([...tried, [one.place, size]])))
    const least = firstFrom(one.size + 1, largestSize, fits)
    if (least === undefined || !isAffordable()) return undefined
    sizes = new Map([...sizes, [one.place, least]])
    latest = attempt(sizes)
  }
  return sizes
}

const isOutgrown = ({ place }: Outgrown, { outgrown }: Trial): boolean => outgrown.some((other) => other.place === place)
