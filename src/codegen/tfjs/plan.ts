import {
  operands,
  weightsOf,
  type ConstantNode,
  type Graph,
  type Node,
  type OpNode,
  type WeightNode,
} from '../../compiler/graph/graph.ts'
import type { Expression } from '../../compiler/primitives/tfjs/expression.ts'
import { neededFor } from '../../compiler/graph/needed-for.ts'
import { lastReads } from '../liveness.ts'
import type { Unsupported } from '../unsupported.ts'
import { expressionOf } from './expression-of.ts'

/** One value to compute. */
export interface Step {
  readonly node: OpNode
  readonly expression: Expression
  /** Its arguments, each standing for itself (see `Plan.valueOf`). */
  readonly reads: readonly Node[]
  /** The values to dispose once it is computed: it was their last reader. */
  readonly last: readonly Node[]
}

/** What is computed when, shared by the runner and the emitted module. Nodes that no output needs are in neither list. */
export interface Plan {
  /** Once per set of weights. */
  readonly prepare: readonly Step[]
  /** Once per run. */
  readonly run: readonly Step[]
  /** The values of `prepare` that a run reads or returns. */
  readonly prepared: readonly OpNode[]
  /** The weights and constants that something reads or returns. */
  readonly weights: readonly WeightNode[]
  readonly constants: readonly ConstantNode[]
  readonly outputs: readonly PlannedOutput[]
  /** The value a node stands for: another node's where its primitive has nothing to compute, such as dropout in inference. */
  readonly valueOf: (node: Node) => Node
}

interface PlannedOutput {
  readonly name: string
  readonly value: Node
  /**
   * Whether a run makes the value for this output alone; anything else is handed out as a clone, so that all are the caller's.
   */
  readonly own: boolean
}

export function planOf(graph: Graph): { readonly plan: Plan } | { readonly unsupported: readonly Unsupported[] } {
  const wanted = neededFor(graph, graph.outputs.map(({ node }) => node))
  const unsupported: Unsupported[] = []
  const values = new Map<Node, Node>()
  const valueOf = (node: Node): Node => values.get(node) ?? node
  const steps: Omit<Step, 'last'>[] = []
  for (const node of graph.nodes) {
    if (node.kind !== 'op' || !wanted.has(node)) continue
    const expression = expressionOf(node)
    if ('unsupported' in expression) unsupported.push({ node, reason: expression.unsupported })
    else if (expression.kind === 'argument') values.set(node, valueOf(argumentOf(node, expression)))
    else steps.push({ node, expression, reads: [...new Set(operands(node).map(valueOf))] })
  }
  if (unsupported.length > 0) return { unsupported }

  const prepare = steps.filter(({ node }) => node.type.depends === 'weights')
  const run = steps.filter(({ node }) => node.type.depends !== 'weights')
  const unclaimed = new Set<Node>(run.map(({ node }) => node))
  const outputs = graph.outputs.map(({ name, node }) => ({ name, value: valueOf(node), own: unclaimed.delete(valueOf(node)) }))
  const returned = new Set(outputs.map(({ value }) => value))
  const readByRun = new Set<Node>([...run.flatMap(({ reads }) => reads), ...returned])
  const prepared = prepare.map(({ node }) => node).filter((node) => readByRun.has(node))
  const read = new Set<Node>([...readByRun, ...prepare.flatMap(({ reads }) => reads)])
  return {
    plan: {
      prepare: withLast(prepare, new Set<Node>(prepared)),
      run: withLast(run, returned),
      prepared,
      weights: weightsOf(graph).filter((node) => read.has(node)),
      constants: graph.nodes.filter((node) => node.kind === 'constant').filter((node) => read.has(node)),
      outputs,
      valueOf,
    },
  }
}

function withLast(steps: readonly Omit<Step, 'last'>[], keep: ReadonlySet<Node>): readonly Step[] {
  const last = lastReads(steps, keep)
  return steps.map((step, index) => ({ ...step, last: last[index]! }))
}

export function argumentOf(node: OpNode, { name, index }: { readonly name: string; readonly index?: number }): Node {
  const argument = node.args[name]
  const one = argument === undefined || 'kind' in argument ? argument : argument[index ?? 0]
  if (!one) throw new Error(`${node.op} (${node.path}) has no argument ${name}${index === undefined ? '' : `[${index}]`}`)
  return one
}
