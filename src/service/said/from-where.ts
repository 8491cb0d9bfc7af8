import { conditionsOn, printConditions } from '../../compiler/dim/condition.ts'
import { variablesOf } from '../../compiler/dim/expr.ts'
import { printDim } from '../../compiler/dim/print.ts'
import { knowledgeOf } from '../../compiler/dim/variable.ts'
import { valueExtent, type Value } from '../../compiler/elaborate/value.ts'
import { placeIn, wayOf } from '../../compiler/facts/extent-way.ts'
import type { Extent } from '../../compiler/graph/graph.ts'
import { axisOf } from '../../compiler/primitives/shape/axis.ts'
import type { Origin } from '../../compiler/text/source.ts'

/** Where the extents of a tensor come from, or an int, as a line of Markdown for each; what is said of several axes is said once. */
export function fromWhere(value: Value, here: Origin): readonly string[] {
  if (value.kind === 'int') return [`- ${wayText(valueExtent(value), here)}`]
  if (value.kind !== 'tensor') return []
  const { shape } = value.node.type
  const ways = new Map<string, string[]>()
  shape.forEach((extent, axis) => {
    const text = `${printDim(extent.dim)}: ${wayText(extent, here)}`
    ways.set(text, [...(ways.get(text) ?? []), axisOf(shape.length, axis).name])
  })
  return [...ways].map(([text, axes]) => `- ${axes.join(' and ')} ${text}`)
}

/** Whether both sides of the arithmetic are the same. */
const isSaid = (how: string): boolean => {
  const [left, right] = how.replaceAll(' ', '').split('=')
  return left === right
}

/** `299 (line 37) → 149 → 147 (line 38)`, and the arithmetic of the last. */
function wayText(extent: Extent, here: Origin): string {
  const { dim, how, origin } = extent
  const way = wayOf(extent, here)
  const isSum = way !== undefined && (extent.from ?? []).length > 1
  // the arithmetic of a symbolic extent may be its expression once more
  const arithmetic = how === undefined || isSum || isSaid(how) ? undefined : `\`${how}\``
  if (way !== undefined) return arithmetic === undefined ? way : `${way}, ${arithmetic}`
  const known = [...variablesOf(dim).values()].flatMap((variable) => conditionsOn(variable.name, knowledgeOf(variable)))
  const where = arithmetic === undefined && known.length > 0 ? `, \`${printConditions(known)}\`` : ''
  return arithmetic === undefined ? `decided in ${placeIn(origin, here)}${where}` : `${arithmetic} in ${placeIn(origin, here)}`
}
