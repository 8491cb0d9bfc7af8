import fc from 'fast-check'
import { expressionOf } from '../src/codegen/tfjs/expression-of.ts'
import { evaluate, multiply, type Dim } from '../src/compiler/dim/expr.ts'
import { inputExtent } from '../src/compiler/dim/variable.ts'
import { hasBatch, type Attribute, type Graph, type Node, type OpNode } from '../src/compiler/graph/graph.ts'
import { primitives } from '../src/compiler/primitives/index.ts'
import type { Parameter } from '../src/compiler/primitives/primitive.ts'
import { graphToJson } from '../src/compiler/ir/write-json.ts'
import { buildGraph } from './graphs.ts'

export interface RandomGraph {
  readonly graph: Graph
  /** Extents of inputs that the graph accepts. */
  readonly extents: Readonly<Record<string, number>>
  readonly batch: number
  readonly [fc.toStringMethod]: () => string
}

/**
 * Well-typed graphs of all primitives: calls with random arguments, of which those stay that the shape rules accept and
 * TensorFlow.js can compute. Maps and vectors, values of inputs, of weights and of constants, fixed and symbolic extents, unread
 * values.
 */
export const anyGraph: fc.Arbitrary<RandomGraph> = fc.array(fc.nat(), { minLength: 200, maxLength: 900 }).map(graphFrom)

const largest = 3000
const all = [...primitives.values()]
const unary = all.filter(({ signature }) => Object.keys(signature).length === 1)

function graphFrom(numbers: readonly number[]): RandomGraph {
  let position = 0
  const below = (n: number): number => (numbers[position++] ?? 0) % n
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

  const g = buildGraph('Random', 'Made of random numbers.')
  const extents = { H: 4 * (1 + below(3)), W: 5 + 2 * below(3) }
  const height = below(2) ? inputExtent('H', { modulus: 4, remainder: 0, min: 4, max: Infinity }) : extents.H
  const width = below(2) ? inputExtent('W', { modulus: 2, remainder: 1, min: 5, max: 99 }) : extents.W
  const channels = 1 + below(4)
  const data: Node[] = [g.input('image', [height, width, channels]), g.input('style', [channels])]
  const weights: Node[] = []
  const computed: OpNode[] = []

  const isFine = ({ type }: Node): boolean => {
    const sizes = type.shape.map(({ dim }) => evaluate(dim, extents))
    return sizes.every((size) => size >= 1) && sizes.reduce((a, b) => a * b, 1) <= largest
  }
  const isComputable = (node: OpNode): boolean => !('unsupported' in expressionOf(node)) && isFine(node)
  const attempt = (op: string, args: OpNode['args'], attributes: Readonly<Record<string, Attribute>>): void => {
    let node: OpNode
    try {
      node = g.op(op, args, attributes, `${pick(['stem', 'stage/0', 'stage/1'])}/${op}`, isComputable)
    } catch {
      return
    }
    ;(hasBatch(node.type) ? data : weights).push(node)
    computed.push(node)
  }

  const weight = (dims: readonly number[]): Node => {
    const size = dims.reduce((a, b) => a * b, 1)
    const node = below(3)
      ? g.param(`weight_${position}`, dims)
      : g.constant(
          dims,
          Array.from({ length: size }, () => below(9) / 4 - 1),
          `table_${position}`,
        )
    weights.push(node)
    return node
  }
  /** The shape of a weight that a call with x may take. */
  const fitting = ({ type: { shape } }: Node): readonly number[] => {
    const sizes = shape.map(({ dim }) => dim)
    const last = sizes.slice(-1)
    const size = 1 + below(3)
    const candidates = [
      [],
      last,
      [...last, size],
      [size, 1 + below(3), ...last, 1 + below(3)],
      [size, size, ...last, size],
      sizes,
      sizes.map(() => 1),
    ]
    return pick(candidates).filter((dim) => typeof dim === 'number')
  }

  const call = (): void => {
    const { name, signature } = pick(all)
    const x =
      below(5) || weights.length === 0 ? (below(4) ? data.at(-1 - below(Math.min(3, data.length)))! : pick(data)) : pick(weights)
    const shape = fitting(x)
    const second = below(6)
    const other = (): Node => (second === 0 ? x : second === 1 ? pick([...data, ...weights]) : weight(shape))
    const args: Record<string, Node | readonly Node[]> = {}
    const attributes: Record<string, Attribute> = {}
    for (const [key, { kind, default: preset }] of Object.entries(signature)) {
      const isFirst = Object.keys(args).length === 0
      if (kind === 'tensor') args[key] = isFirst ? x : other()
      else if (kind === 'tensors') args[key] = [x, ...Array.from({ length: below(3) }, other)]
      else if (kind === 'optional_tensor') Object.assign(args, below(2) ? { [key]: other() } : {})
      else if (preset === undefined || below(4) === 0) attributes[key] = anyAttribute(kind, x)
    }
    attempt(name, args, attributes)
  }
  const weightArithmetic = (): void => {
    const a = weight(fitting(pick(data)))
    if (below(2)) attempt(pick(unary).name, { x: a }, {})
    else attempt('mul', { a, b: weight([]) }, {})
  }
  const weightOfInputSize = (): void =>
    attempt('resize_map', { x: weight([1 + below(3), 1 + below(3), channels]) }, { size: [height, width], method: 'nearest' })

  const anyAttribute = (kind: Parameter['kind'], x: Node): Attribute => {
    const sides = (): Attribute => [below(2), below(2)]
    if (typeof kind === 'object') return pick(kind.words)
    switch (kind) {
      case 'int':
        return below(5) - 1
      case 'number':
        return below(9) / 4
      case 'bool':
        return below(2) === 1
      case 'size':
        return [1 + below(3), 1 + below(3)]
      case 'padding':
        return pick<Attribute>(['same', 'valid', [sides(), sides()]])
      case 'ints':
        return Array.from({ length: 1 + below(3) }, () => below(4))
      default: {
        const dims: readonly Dim[] = x.type.shape.length > 0 ? x.type.shape.map(({ dim }) => dim) : [1]
        return pick([dims, dims.toReversed(), [dims.reduce(multiply, 1)], dims.slice(0, 2)])
      }
    }
  }

  while (position < numbers.length) pick([call, call, call, call, weightArithmetic, weightOfInputSize])()
  const sinks = computed.filter((node) => !computed.some(({ args }) => Object.values(args).flat().includes(node)))
  for (const [index, node] of [
    ...sinks.filter(({ type }) => hasBatch(type)).slice(-4),
    ...sinks.slice(-1),
    pick([...data, ...weights]),
  ].entries())
    g.output(`y${index}`, node)
  const graph = g.graph()
  return { graph, extents, batch: 1 + below(3), [fc.toStringMethod]: () => `${listing(graph)}\nat ${JSON.stringify(extents)}` }
}

/** A node per line: `7 conv2d {"x":5,"kernel":6} {"stride":[1,1]} [4, 4, 8]`. */
const listing = (graph: Graph): string =>
  graphToJson(graph)
    .nodes.map((node) => {
      const call =
        node.kind === 'op'
          ? `${node.op} ${JSON.stringify(node.args)} ${JSON.stringify(node.attributes)}`
          : `${node.kind} ${node.path}`
      return `\n${node.id} ${call} [${node.shape.join(', ')}] of ${node.depends}`
    })
    .join('')
