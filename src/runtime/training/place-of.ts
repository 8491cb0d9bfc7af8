import type { Node } from '../../compiler/graph.ts'
import { positionOf, userOrigin } from '../../compiler/source.ts'

/** Where a user's file makes a node: `model.fmw:12:3`. */
export function placeOf({ origin }: Node): string {
  const { source, start } = userOrigin(origin).span
  const { line, column } = positionOf(source, start)
  return `${source.path}:${line}:${column}`
}
