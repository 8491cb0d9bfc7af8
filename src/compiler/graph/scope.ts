import type { Node, Port, Scope } from './graph.ts'
import { pathText } from './path.ts'

/** The nodes of a port. */
export const nodesOf = ({ node }: Port): readonly Node[] => ('kind' in node ? [node] : node)

/** What the paths of a scope's weights begin with. */
export function segmentsOf(scopes: readonly Scope[], id: number): readonly string[] {
  const segments: string[] = []
  for (let at = scopes[id]; at; at = at.under === undefined ? undefined : scopes[at.under]) segments.unshift(...at.segments)
  return segments
}

/** The same as a path, '' for the model's. */
export const pathOf = (scopes: readonly Scope[], id: number): string => pathText(segmentsOf(scopes, id))

/** A scope and those around it, the innermost first. */
export function scopesAround(scopes: readonly Scope[], id: number): readonly Scope[] {
  const found: Scope[] = []
  for (let at = scopes[id]; at; at = at.parent === undefined ? undefined : scopes[at.parent]) found.push(at)
  return found
}

/** The innermost scope that is around all of these. */
export function commonScope(scopes: readonly Scope[], ids: readonly number[]): number {
  const [first = 0, ...others] = ids
  return others.reduce((a, b) => {
    const around = new Set(scopesAround(scopes, a).map(({ id }) => id))
    return scopesAround(scopes, b).find(({ id }) => around.has(id))!.id
  }, first)
}
