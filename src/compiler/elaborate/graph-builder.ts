import type { Attribute, ConstantNode, InputNode, Node, OpNode, Requirement, Shape, TensorType, WeightNode } from '../graph/graph.ts'
import type { Variable } from '../dim/expr.ts'
import type { Origin } from '../text/source.ts'
import type { Limiter } from './limiter.ts'

type Without<T extends Node> = Omit<T, 'id' | 'kind'>

/** Collects the nodes of the graph being elaborated, in an order in which arguments come first. */
export class GraphBuilder {
  readonly nodes: Node[] = []
  readonly inputs: InputNode[] = []
  readonly outputs: { readonly name: string; readonly node: Node }[] = []
  readonly extents: Variable[] = []
  readonly requirements: Requirement[] = []
  private readonly weights = new Map<string, WeightNode>()
  private readonly opPaths = new Map<string, number>()
  private readonly limiter: Limiter

  constructor(limiter: Limiter) {
    this.limiter = limiter
  }

  input(node: Without<InputNode>): InputNode {
    const input = this.push<InputNode>({ kind: 'input', ...node })
    this.inputs.push(input)
    return input
  }

  /** A tensor of that type, wherever it comes from. */
  standIn(type: TensorType, path: string, origin: Origin): InputNode {
    return this.push<InputNode>({ kind: 'input', name: path, path, type, origin })
  }

  /** The weight made before under that path, if any: paths of weights are unique. */
  weightAt(path: string): WeightNode | undefined {
    return this.weights.get(path)
  }

  weight(kind: 'param' | 'state', node: Without<WeightNode>): WeightNode {
    const weight = this.push<WeightNode>({ ...node, kind })
    this.weights.set(node.path, weight)
    return weight
  }

  /** Takes a weight that was made trainable out of training: a shared layer used under `freeze`. */
  freeze(weight: WeightNode): void {
    Object.assign(weight, { trainable: false } satisfies Partial<WeightNode>)
  }

  constant(values: readonly number[], shape: Shape, path: string, origin: Origin): ConstantNode {
    return this.push<ConstantNode>({ kind: 'constant', values, type: { shape, depends: 'weights' }, path: this.opPath(path), origin })
  }

  op(
    op: string,
    args: OpNode['args'],
    attributes: Readonly<Record<string, Attribute>>,
    type: TensorType,
    place: { readonly path: string; readonly origin: Origin; readonly frozen: boolean },
  ): OpNode {
    return this.push<OpNode>({ kind: 'op', op, args, attributes, type, ...place, path: this.opPath(place.path) })
  }

  /** Uses of a layer repeat its paths; ops are numbered there so that every node can be named. */
  private opPath(path: string): string {
    const count = (this.opPaths.get(path) ?? 0) + 1
    this.opPaths.set(path, count)
    return count === 1 ? path : `${path}_${count}`
  }

  private push<T extends Node>(node: Omit<T, 'id'>): T {
    this.limiter.nodes(this.nodes.length + 1, node.origin)
    const numbered = { ...node, id: this.nodes.length } as T
    this.nodes.push(numbered)
    return numbered
  }
}
