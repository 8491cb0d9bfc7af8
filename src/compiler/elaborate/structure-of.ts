import type { Node, Scope } from '../graph/graph.ts'

/**
 * The nodes and scopes of a graph without the scopes in which nothing was made and that give nothing, such as the comprehension
 * of a list of numbers. The turns of a loop stay together.
 */
export function structureOf(
  nodes: readonly Node[],
  scopes: readonly Scope[],
): { readonly nodes: readonly Node[]; readonly scopes: readonly Scope[] } {
  const kept = new Set<number | undefined>(nodes.map(({ scope }) => scope))
  for (const { id, kind, outputs } of scopes) if ((kind === 'block' || kind === 'model') && outputs.length > 0) kept.add(id)
  for (const { id, parent, under } of scopes.toReversed()) if (kept.has(id)) kept.add(parent).add(under)
  for (const { id, kind, parent } of scopes) if (kind === 'turn' && kept.has(parent)) kept.add(id)
  const places = new Map(scopes.filter(({ id }) => kept.has(id)).map(({ id }, place) => [id, place]))
  const placeOf = (id: number): number => places.get(id)!
  for (const node of nodes) Object.assign(node, { scope: placeOf(node.scope) })
  return {
    nodes,
    scopes: scopes
      .filter(({ id }) => kept.has(id))
      .map((scope) => ({
        ...scope,
        id: placeOf(scope.id),
        parent: scope.parent === undefined ? undefined : placeOf(scope.parent),
        under: scope.under === undefined ? undefined : placeOf(scope.under),
      })),
  }
}
