import { gradientReach } from '../gradient-reach.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { Graph, OpNode, WeightNode } from '../graph.ts'
import { userOrigin } from '../source.ts'
import { graphRule } from './rule.ts'

interface Blocked {
  readonly weight: WeightNode
  readonly node: OpNode
  readonly reason: string
}

/**
 * Weights that are declared trainable, and that no gradient of any output reaches, because of an op that lets none through. What nothing
 * reads has a rule of its own.
 */
export const noGradient = graphRule('lint/no-gradient', ({ graphs }, report) => {
  const trained = new Set(graphs.flatMap((graph) => reachedIn(graph).map(placeOf)))
  const said = new Set<string>()
  for (const { weight, node, reason } of graphs.flatMap(blockedIn)) {
    const place = placeOf(weight)
    if (trained.has(place) || said.has(place)) continue
    said.add(place)
    const facts = { path: weight.path, op: calledOp(node.op === 'compare' ? 'a comparison' : node.op, node.origin) }
    report(facts, weight.origin, { labels: [{ origin: node.origin, text: 'no gradient passes here' }], notes: [reason] })
  }
})

const reachedIn = (graph: Graph): readonly WeightNode[] => graph.outputs.flatMap(({ node }) => gradientReach(graph, node).trained)

function blockedIn(graph: Graph): readonly Blocked[] {
  const reached = new Set(reachedIn(graph))
  const unreached = graph.outputs.flatMap(({ node }) => gradientReach(graph, node).unreached)
  return unreached.flatMap(({ weight, blockedBy }) => (blockedBy && !reached.has(weight) ? [{ weight, ...blockedBy }] : []))
}

/** The place in the user's text that declares a weight, or calls the library for it. */
function placeOf({ origin }: WeightNode): string {
  const { source, start } = userOrigin(origin).span
  return `${source.path} ${start}`
}
