import type { Scope } from '../../../compiler/graph/graph.ts'

/** What the paths of a scope's weights begin with. */
export function segmentsOf(scopes: readonly Scope[], id: number): readonly string[] {
  const found: string[] = []
  for (let at = scopes[id]; at; at = at.under === undefined ? undefined : scopes[at.under]) found.unshift(...at.segments)
  return found
}
