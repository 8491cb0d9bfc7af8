import { printDim } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import { fileName } from '../text/file-name.ts'
import { positionOf, userOrigin, type Frame, type Origin } from '../text/source.ts'

/** So many places are named; of longer ways the beginning and the end. */
const mostPlaces = { first: 3, last: 6 }

/**
 * The sizes that an extent had on its way through a model, each with the line that made it: `299 (line 37) → 149 → 147 (line 38)
 * → 73 (line 40)`; of a sum, such as the channels of a concatenation, the summands. Undefined where the extent itself says all:
 * it was written, or computed at once from what was.
 *
 * @param here where it is told, outside of the library
 */
export function wayOf(extent: Extent, here: Origin): string | undefined {
  const { from = [] } = extent
  const isSum =
    from.length > 1 &&
    typeof extent.dim === 'number' &&
    from.reduce((sum, { dim }) => (typeof dim === 'number' ? sum + dim : NaN), 0) === extent.dim
  if (isSum) return spelled(from, here, ' + ')
  const way = [extent]
  for (let before = extent.from; before?.length === 1; before = before[0]!.from) way.unshift(before[0]!)
  return way.length < 3 ? undefined : spelled(way, here, ' → ')
}

interface Stop {
  readonly dims: readonly string[]
  readonly place: string
}

function spelled(extents: readonly Extent[], here: Origin, sign: string): string {
  const stops: Stop[] = []
  for (const { dim, origin } of extents) {
    const place = placeIn(origin, here)
    const last = stops.at(-1)
    const size = printDim(dim)
    if (sign === ' → ' && last?.dims.at(-1) === size) continue
    if (last?.place === place) stops.splice(-1, 1, { dims: [...last.dims, size], place })
    else stops.push({ dims: [size], place })
  }
  const shown = stops.map(({ dims, place }) => `${dims.join(sign)} (${place})`)
  const { first, last } = mostPlaces
  return (shown.length <= first + last ? shown : [...shown.slice(0, first), '…', ...shown.slice(-last)]).join(sign)
}

/**
 * The line that made it, in the body where it is told or in one around that: of what a called block does, the line of the call.
 */
export function placeIn(origin: Origin, here: Origin): string {
  const around = new Set<Frame | undefined>([undefined])
  for (let frame = here.frame; frame; frame = frame.parent) around.add(frame)
  let { span, frame } = userOrigin(origin)
  while (frame && !around.has(frame)) ({ call: span, parent: frame } = frame)
  const { line } = positionOf(span.source, span.start)
  return span.source === here.span.source ? `line ${line}` : `${fileName(span.source.path)}:${line}`
}
