import fc from 'fast-check'
import type { Graph, Node, OpNode } from '../../src/compiler/graph/graph.ts'
import { buildGraph } from '../graphs.ts'

/**
 * Networks of what the rules rewrite and of what only looks like it: tables of connections with repeated channels, parallel convolutions and matrix
 * products of equal and other windows, with biases and activations, parts that others read too, equal subgraphs, shared kernels, dropout and
 * batch normalisation between them.
 */
export const anyNetwork: fc.Arbitrary<Graph> = fc.array(fc.nat(), { minLength: 20, maxLength: 160 }).map(networkFrom)

const activations = ['tanh', 'sigmoid', 'softplus', 'relu']

function networkFrom(numbers: readonly number[]): Graph {
  let position = 0
  const below = (n: number): number => (numbers[position++] ?? 0) % n
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

  const g = buildGraph('Network')
  let weights = 0
  const param = (...dims: number[]): Node => g.param(`weight_${weights++}`, dims)
  let x: Node = g.input('x', [7 + below(2), 7, 1 + below(4)])
  const other = g.input('other', [3])
  const alsoRead: Node[] = []
  const extents = (node: Node): readonly number[] => node.type.shape.map(({ dim }) => Number(dim))
  const channels = (node: Node): number => extents(node).at(-1)!

  /** The map itself, some of its channels (also more than once), or a run of them. */
  const chosen = (): Node => {
    if (below(4) === 0) return x
    const [height, width] = extents(x)
    if (below(4) === 0) return g.op('slice', { x }, { begin: [0, 0, below(channels(x))], size: [height!, width!, 1] })
    const indices = Array.from({ length: 1 + below(3) }, () => below(channels(x)))
    return g.op('take', { x }, { indices })
  }
  const layer = (of: Node, size: number, filters: number, padding: string, shared: Node | undefined): OpNode =>
    g.op('conv2d', { x: of, kernel: shared ?? param(size, size, channels(of), filters) }, { padding })
  const dressed = (node: OpNode, isBiased: boolean, activation: string | undefined): OpNode => {
    const sum = isBiased ? g.op('add', below(2) ? { a: node, b: param(channels(node)) } : { a: param(channels(node)), b: node }) : node
    return activation === undefined ? sum : g.op(activation, { x: sum })
  }
  /** Parts next to each other, of which here and there one is another op, or read by something else too. */
  const table = (): Node => {
    const [size, padding] = [pick([1, 3]), pick(['same', 'valid'])]
    const [filters, isBiased, activation] = [1 + below(2), below(3) > 0, pick([undefined, undefined, 'tanh', 'softplus'])]
    const [isParallel, shared] = [below(3) === 0, below(5) === 0 ? param(size, size, channels(x), filters) : undefined]
    const parts = Array.from({ length: 2 + below(4) }, () => {
      const of = isParallel || shared ? x : chosen()
      const part = dressed(layer(of, size, below(6) ? filters : filters + 1, padding, below(3) ? undefined : shared), isBiased, activation)
      if (below(8) === 0) alsoRead.push(part)
      return part
    })
    if (below(5) === 0) parts.splice(1, 0, dressed(layer(x, size === 1 ? 1 : 3, 1, padding, undefined), !isBiased, 'sigmoid'))
    return g.op('concatenate', { parts })
  }
  const twice = (): Node => {
    const [a, b] = [0, 1].map(() => g.op('tanh', { x: g.op('mul', { a: x, b: g.constant([], [0.5]) }) }))
    return g.op(pick(['add', 'mul']), { a: a!, b: b! })
  }
  const normalised = (): Node => {
    const vectors = ['scale', 'offset'].map((name) => [name, param(channels(x))] as const)
    const states = ['mean', 'variance'].map((name) => [name, g.state(`${name}_${weights++}`, [channels(x)])] as const)
    const args = { x, ...Object.fromEntries([...vectors, ...states]) }
    const first = g.op('batch_norm', args)
    return below(3) ? first : g.op('add', { a: first, b: g.op('batch_norm', args) })
  }
  const dropped = (): Node => {
    const [a, b] = [0, 1].map(() => g.op('dropout', { x }, { rate: 0.25 }))
    return below(2) ? a! : g.op('concatenate', { parts: [a!, b!] })
  }
  const activated = (): Node => {
    const [a, b, c] = [0, 1, 2].map((i) => g.op(pick(activations), { x: i < 2 ? x : g.op('add', { a: x, b: param(channels(x)) }) }))
    return g.op('concatenate', { parts: [a!, b!, c!].slice(0, 2 + below(2)) })
  }
  const scaled = (): Node => {
    const parts = [0, 1, 2].map(() => {
      const a = chosen()
      return g.op('mul', { a, b: below(2) ? g.constant([], [below(3) + 0.5]) : param(channels(a)) })
    })
    return g.op('concatenate', { parts })
  }

  while (position < numbers.length && extents(x)[0]! > 3 && weights < 40) {
    x = pick([table, table, table, twice, normalised, dropped, activated, scaled])()
    if (channels(x) > 6) x = g.op('take', { x }, { indices: [0, channels(x) - 1, 1] })
  }
  const vector = g.op('reduce_axes', { x }, { how: 'mean', axis: [0, 1] })
  const products = [0, 1, 2].map(() => g.op('matmul', { a: vector, b: param(channels(vector), 1 + below(3)) }))
  const style = g.op('matmul', { a: other, b: param(3, 2) })
  g.output('y', g.op('concatenate', { parts: [...products, style] }))
  for (const [index, node] of alsoRead.entries()) g.output(`also${index}`, node)
  return g.graph()
}
