import type { Expr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import type { Graph, Node, OpNode } from '../graph/graph.ts'
import { factsOf } from '../facts/facts-of.ts'
import { linearLayerOf } from '../facts/linear-layer.ts'
import type { OpName } from '../library/names.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { graphRule } from './rule.ts'
import { usesOf, type Uses } from './graph/uses.ts'

/**
 * A written list of channels with an index that stands in it more often than another, where only convolutions and matrices read
 * what is gathered: the weights of both copies add up to those of one. A list that repeats all of its indices alike, as for a
 * grey map that a network of colours reads, says so on purpose.
 */
export const duplicateIndex = graphRule('lint/duplicate-index', ({ files, graphs }, report) => {
  const gathers = graphs.flatMap(gathersIn)
  for (const list of files.flatMap(({ ast }) => ast.declarations.flatMap(expressionsOf)).flatMap(indexListsIn)) {
    const indices = list.map(({ value }) => value)
    const counts = indices.map((index) => indices.filter((other) => other === index).length)
    const second = indices.findIndex((index, i) => indices.indexOf(index) < i)
    const of = gathers.filter(({ node }) => factsOf(node).takes?.channels.join() === indices.join())
    const [gather] = of
    const [first, again] = [list[indices.indexOf(indices[second] ?? -1)], list[second]]
    if (new Set(counts).size < 2 || !gather || !first || !again || !of.every(({ node, uses }) => isRedundant(node, uses)))
      continue
    report({ index: String(again.value), times: String(counts[second]) }, { span: again.span, frame: undefined }, {
      labels: [
        { origin: { span: first.span, frame: undefined }, text: 'the first' },
        { origin: gather.node.origins[0], text: `${indices.length} channels gathered, ${new Set(indices).size} different` },
      ],
    })
  }
})

interface Gather {
  readonly node: OpNode
  readonly uses: Uses
}

const choice: OpName = 'gather.channels'

function gathersIn(graph: Graph): readonly Gather[] {
  const uses = usesOf(graph)
  const isGather = (node: Node): node is OpNode =>
    node.kind === 'op' &&
    factsOf(node).takes !== undefined &&
    (node.origins[0].frame?.name === choice || !node.origins[0].span.source.library)
  return graph.nodes.filter(isGather).map((node) => ({ node, uses }))
}

/** Whether all that reads the channels adds them up with trained weights of their own. */
const isRedundant = (node: OpNode, uses: Uses): boolean =>
  !uses.isOutput(node) &&
  uses.readers(node).length > 0 &&
  uses.readers(node).every((reader) => {
    const layer = linearLayerOf(reader)
    return layer?.product === reader && layer.x === node && layer.reads === 'all' && layer.kernel.trainable
  })

type WrittenIndex = Expr & { readonly kind: 'number' }

/** The lists of whole numbers in an expression. */
function indexListsIn(expr: Expr): readonly (readonly WrittenIndex[])[] {
  const inner = childrenOf(expr).flatMap(indexListsIn)
  if (expr.kind !== 'list') return inner
  const numbers = expr.items.flatMap((item): readonly WrittenIndex[] =>
    item.kind === 'value' && item.value.kind === 'number' && !item.value.float ? [item.value] : [],
  )
  return numbers.length === expr.items.length && numbers.length > 1 ? [numbers, ...inner] : inner
}
