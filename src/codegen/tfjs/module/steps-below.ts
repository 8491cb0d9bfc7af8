import { holeOf } from './expression-tree.ts'
import type { Place, Step } from './tree.ts'

/** The way from a root to a weight by its segments, of which numbers are turns; none where it is not below that root. */
export function stepsBelow(root: readonly string[], segments: readonly string[], at: Place): readonly Step[] | undefined {
  if (!root.every((segment, i) => segment === segments[i])) return undefined
  return segments.slice(root.length).map((segment) => (/^\d+$/.test(segment) ? holeOf(Number(segment), at, 'index') : segment))
}
