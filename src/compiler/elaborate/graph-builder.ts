import type {
  Attribute,
  ConstantNode,
  Graph,
  InputNode,
  Node,
  OpNode,
  Requirement,
  Shape,
  TensorType,
  WeightNode,
  Port,
  Scope,
} from '../graph/graph.ts'
import { pathText } from '../graph/path.ts'
import type { Variable } from '../dim/expr.ts'
import type { Origin } from '../text/source.ts'
import type { Limiter } from './limiter.ts'
import type { Site } from './site.ts'
import { structureOf } from './structure-of.ts'

/** What is said of a node that is made: where it stands in the structure of the text, and where in the text. */
interface Making {
  /** The segments of its path. */
  readonly at: readonly string[]
  readonly origin: Origin
  readonly site: Site
}

/** What is not known of a node before it is made. */
type Made = 'id' | 'path' | 'segments' | 'scope' | 'statement' | 'origins'

type New<T extends Node> = Omit<T, Made | 'kind'> & Making

/** What is known of a scope before anything is made in it. */
type Opened = Omit<Scope, 'id' | 'arguments' | 'extents' | 'inputs' | 'outputs' | 'names'>

/** What a scope was given and gives. */
type Described = Partial<Pick<Scope, 'arguments' | 'extents' | 'inputs' | 'outputs'>>

/** Collects the nodes of the graph being elaborated, in an order in which arguments come first, and its scopes. */
export class GraphBuilder {
  readonly nodes: Node[] = []
  readonly inputs: InputNode[] = []
  readonly outputs: { readonly name: string; readonly node: Node }[] = []
  readonly extents: Variable[] = []
  readonly requirements: Requirement[] = []
  private readonly scopes: (Scope & { readonly names: Port[] })[] = []
  private readonly weights = new Map<string, WeightNode>()
  private readonly opPaths = new Map<string, number>()
  private readonly limiter: Limiter

  constructor(limiter: Limiter) {
    this.limiter = limiter
  }

  /** Makes a scope; what is made with a site of this id stands in it. */
  open(scope: Opened): number {
    const id = this.scopes.length
    this.scopes.push({ ...scope, id, arguments: {}, extents: {}, inputs: [], outputs: [], names: [] })
    return id
  }

  describe(id: number, described: Described): void {
    this.scopes[id] = { ...this.scopes[id]!, ...described }
  }

  /** A statement of a scope gives a name to tensors. */
  name(port: Port, { scope }: Site): void {
    this.scopes[scope]?.names.push(port)
    if ('kind' in port.node && port.node.binding === undefined) Object.assign(port.node, { binding: port.name })
  }

  input(node: New<InputNode>): InputNode {
    const { at, origin, site, ...rest } = node
    const input = this.add<InputNode>({ ...rest, ...this.place({ at, origin, site }), kind: 'input', binding: node.name })
    this.inputs.push(input)
    return input
  }

  /** A tensor of that type, wherever it comes from. */
  standIn(type: TensorType, making: Making): InputNode {
    return this.add<InputNode>({ kind: 'input', name: pathText(making.at), type, ...this.place(making) })
  }

  /** The weight made before under that path, if any: paths of weights are unique. */
  weightAt(path: string): WeightNode | undefined {
    return this.weights.get(path)
  }

  weight(kind: 'param' | 'state', node: New<WeightNode>): WeightNode {
    const { at, origin, site, ...rest } = node
    const weight = this.add<WeightNode>({ ...rest, ...this.place({ at, origin, site }), kind })
    this.weights.set(weight.path, weight)
    return weight
  }

  /** Takes a weight that was made trainable out of training: a shared layer used under `freeze`. */
  freeze(weight: WeightNode): void {
    Object.assign(weight, { trainable: false } satisfies Partial<WeightNode>)
  }

  constant(values: readonly number[], shape: Shape, making: Making): ConstantNode {
    const place = this.place({ ...making, at: this.opPath(making.at) })
    return this.add<ConstantNode>({ kind: 'constant', values, type: { shape, depends: 'weights' }, ...place })
  }

  op(
    op: string,
    args: OpNode['args'],
    attributes: Readonly<Record<string, Attribute>>,
    type: TensorType,
    { frozen, ...making }: Making & { readonly frozen: boolean },
  ): OpNode {
    const place = this.place({ ...making, at: this.opPath(making.at) })
    return this.add<OpNode>({ kind: 'op', op, args, attributes, type, frozen, ...place })
  }

  /** The nodes and their scopes. */
  structure(): Pick<Graph, 'nodes' | 'scopes'> {
    return structureOf(this.nodes, this.scopes)
  }

  /** Uses of a layer repeat its paths; ops are numbered there so that every node can be named. */
  private opPath(at: readonly string[]): readonly string[] {
    const path = pathText(at)
    const count = (this.opPaths.get(path) ?? 0) + 1
    this.opPaths.set(path, count)
    return count === 1 ? at : [...at.slice(0, -1), `${at.at(-1)}_${count}`]
  }

  private place({ at, origin, site: { scope, statement } }: Making): Pick<Node, Made> {
    this.limiter.nodes(this.nodes.length + 1, origin)
    return { id: this.nodes.length, path: pathText(at), segments: at, scope, statement, origins: [origin] }
  }

  private add<T extends Node>(node: T): T {
    this.nodes.push(node)
    return node
  }
}
