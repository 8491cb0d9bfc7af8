import type { Graph } from '../graph/graph.ts'
import { rewrite } from '../ir/rewrite.ts'
import { rewritten, type Rule } from './rule.ts'

/**
 * The graph rewritten by these rules in their order, again and again until none of them changes anything; what nothing needs is
 * dropped. It ends, as every rule leaves fewer ops that depend on inputs, or moves one of them towards the inputs.
 */
export function optimize(graph: Graph, rules: readonly Rule[]): Graph {
  let before = graph
  for (;;) {
    const after = rules.reduce(applied, before)
    if (after === before) return after
    before = after
  }
}

/** The graph itself where the rule changes nothing. */
function applied(graph: Graph, rule: Rule): Graph {
  let isChanged = false
  const visit = rule(rewritten(graph))
  const next = rewrite(
    graph,
    (node, add) => {
      const became = visit(node, add)
      isChanged ||= became !== node
      return became
    },
    'drop',
  )
  return isChanged ? next : graph
}
