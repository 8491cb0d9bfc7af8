import { gradientReach, type GradientReach } from '../facts/gradient-reach.ts'
import { calledOp } from '../elaborate/called-op.ts'
import type { OpNode, WeightNode } from '../graph/graph.ts'
import { userOrigin } from '../text/source.ts'
import { graphRule } from './rule.ts'

interface Blocked {
  readonly weight: WeightNode
  readonly node: OpNode
  readonly reason: string
}

/**
 * Weights that are declared trainable, and that no gradient of any output reaches, because of an op that lets none through. What
 * nothing reads has a rule of its own.
 */
export const noGradient = graphRule('lint/no-gradient', ({ graphs }, report) => {
  const reaches = graphs.map((graph) => graph.outputs.map(({ node }) => gradientReach(graph, [node])))
  const trained = new Set(reaches.flat().flatMap((reach) => reach.trained.map(placeOf)))
  const said = new Set<string>()
  for (const { weight, node, reason } of reaches.flatMap(blockedIn)) {
    const place = placeOf(weight)
    if (trained.has(place) || said.has(place)) continue
    said.add(place)
    const facts = { path: weight.path, op: calledOp(node.op === 'compare' ? 'a comparison' : node.op, node.origins[0]) }
    report(facts, weight.origins[0], { labels: [{ origin: node.origins[0], text: 'no gradient passes here' }], notes: [reason] })
  }
})

/** Of the outputs of one graph. */
function blockedIn(reaches: readonly GradientReach[]): readonly Blocked[] {
  const reached = new Set(reaches.flatMap(({ trained }) => trained))
  return reaches
    .flatMap(({ unreached }) => unreached)
    .flatMap(({ weight, blockedBy }) => (blockedBy && !reached.has(weight) ? [{ weight, ...blockedBy }] : []))
}

/** The place in the user's text that declares a weight, or calls the library for it. */
function placeOf({ origins: [origin] }: WeightNode): string {
  const { source, start } = userOrigin(origin).span
  return `${source.path} ${start}`
}
