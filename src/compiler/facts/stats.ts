import { callOf } from '../primitives/call-of.ts'
import { add, divide, keyOf, multiply, substitute, subtract, type Dim, type Variable } from '../dim/expr.ts'
import { unsatisfied } from '../dim/unsatisfied.ts'
import { extentOf } from '../dim/variable.ts'
import { isWeight, operands, weightsOf, type Graph, type Node, type OpNode, type WeightNode } from '../graph/graph.ts'
import { pathText } from '../graph/path.ts'
import { primitives } from '../primitives/index.ts'
import { suggestion } from '../text/suggestion.ts'
import { settingsOf } from './settings.ts'
import { ownProperty } from '../text/own-property.ts'

/** What a row of a summary counts. */
export interface StatsRow {
  /** The path of the op, of the scope, or of a weight that no op reads. */
  readonly name: string
  /** Those of that path. */
  readonly segments: readonly string[]
  readonly op: string
  /** What it reads, in the order of its parameters; a scope, what its ops read that others have made, and inputs. */
  readonly takes: readonly Taken[]
  readonly shape: readonly Dim[]
  /** The elements of the weights counted here. */
  readonly parameters: number
  /** Multiply-adds per sample. */
  readonly macs: Dim
  /** As `settingsOf` has them. */
  readonly settings: Readonly<Record<string, string>>
  /** The rows of a scope that has several. */
  readonly inside: readonly StatsRow[]
}

/** A value that an op reads: of another op by the name of its row. */
export interface Taken {
  readonly name: string
  /** Those of its path. */
  readonly segments: readonly string[]
  readonly kind: Node['kind']
  readonly shape: readonly Dim[]
}

export interface Stats {
  readonly model: string
  readonly inputs: readonly StatsValue[]
  readonly outputs: readonly StatsOutput[]
  readonly nodes: readonly StatsRow[]
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number; readonly total: number }
  readonly macs: Dim
  /** The symbolic extents that the shapes and MACs may hold. */
  readonly extents: readonly Variable[]
}

interface StatsValue {
  readonly name: string
  readonly shape: readonly Dim[]
}

interface StatsOutput extends StatsValue {
  /** The path of what it is. */
  readonly node: string
}

/**
 * Counts a graph. There is one row per op, in the order of computation; a weight counts in the row of the first op that reads it,
 * so that shared weights count once, and one that no op reads has a row of its own. MACs are those of convolutions and matrix
 * products; what is computed from weights alone is done once per load and costs a sample nothing.
 */
export function statsOf(graph: Graph): Stats {
  const ops = graph.nodes.filter((node) => node.kind === 'op')
  const counted = new Set<WeightNode>()
  const rows = ops.map((node) => rowOf(node, counted))
  const unread = weightsOf(graph).filter((weight) => !counted.has(weight))
  const nodes = [
    ...rows,
    ...unread.map((weight) => ({
      name: weight.path,
      segments: weight.segments,
      op: weight.kind,
      takes: [],
      shape: shapeOf(weight),
      parameters: size(weight),
      macs: 0,
      settings: {},
      inside: [],
    })),
  ]
  const trainable = total(weightsOf(graph).filter(isTrained))
  const all = total(weightsOf(graph))
  return {
    model: graph.name,
    inputs: graph.inputs.map((input) => ({ name: input.name, shape: shapeOf(input) })),
    outputs: graph.outputs.map(({ name, node }) => ({ name, shape: shapeOf(node), node: node.path })),
    nodes,
    parameters: { trainable, nonTrainable: all - trainable, total: all },
    macs: nodes.map(({ macs }) => macs).reduce<Dim>(add, 0),
    extents: graph.extents,
  }
}

function rowOf(node: OpNode, counted: Set<WeightNode>): StatsRow {
  const own = [...new Set(operands(node).filter(isWeight))].filter((weight) => !counted.has(weight))
  for (const weight of own) counted.add(weight)
  const { path, segments, op } = node
  return {
    name: path,
    segments,
    op,
    takes: operands(node).map(takenOf),
    shape: shapeOf(node),
    parameters: total(own),
    macs: macsOf(node),
    settings: settingsOf(node),
    inside: [],
  }
}

interface Counts {
  /** Elements of weights. */
  readonly trainable: number
  readonly nonTrainable: number
  /** Multiply-adds per sample. */
  readonly macs: Dim
}

/** Counts some ops and the weights that they read, each once. */
export function countsOf(ops: readonly OpNode[]): Counts {
  const weights = [...new Set(ops.flatMap((op) => operands(op).filter(isWeight)))]
  const trainable = total(weights.filter(isTrained))
  return { trainable, nonTrainable: total(weights) - trainable, macs: ops.map(macsOf).reduce<Dim>(add, 0) }
}

const takenOf = (node: Node): Taken => ({ name: node.path, segments: node.segments, kind: node.kind, shape: shapeOf(node) })

/** The multiply-adds of an op per sample. */
export function macsOf(node: OpNode): Dim {
  const primitive = primitives.get(node.op)
  return node.type.depends !== 'weights' && primitive?.macs ? primitive.macs(callOf(node, primitive), node.type.shape) : 0
}

const shapeOf = ({ type }: Pick<Node, 'type'>): readonly Dim[] => type.shape.map(({ dim }) => dim)

const isTrained = ({ kind, trainable }: WeightNode): boolean => kind === 'param' && trainable

/** Weights have numbers as extents: `verify` asks it of every graph. */
const size = (weight: WeightNode): number => Number(shapeOf(weight).reduce(multiply, 1))

const total = (weights: readonly WeightNode[]): number => weights.reduce((sum, weight) => sum + size(weight), 0)

/**
 * The rows summed by scope: the first `depth` segments of their paths, in order of appearance. The shape is that of the last op
 * in the scope; `op` is the op of a scope of one row, otherwise how many there are.
 */
export function groupByScope(stats: Stats, depth: number): Stats {
  const groups = new Map<string, StatsRow[]>()
  for (const row of stats.nodes) {
    const scope = pathText(row.segments.slice(0, depth))
    groups.set(scope, [...(groups.get(scope) ?? []), row])
  }
  return { ...stats, nodes: [...groups].map(([scope, rows]) => mergeRows(scope, depth, rows)) }
}

const mergeRows = (name: string, depth: number, rows: readonly StatsRow[]): StatsRow => ({
  name,
  segments: rows[0]!.segments.slice(0, depth),
  op: rows.length === 1 ? rows[0]!.op : `${rows.length} ops`,
  takes: takenFromOutside(name, depth, rows),
  shape: rows.at(-1)!.shape,
  parameters: rows.reduce((sum, { parameters }) => sum + parameters, 0),
  macs: rows.map(({ macs }) => macs).reduce<Dim>(add, 0),
  settings: rows.length === 1 ? rows[0]!.settings : {},
  inside: rows.length === 1 ? [] : rows,
})

/** The inputs that a scope reads, and what it reads of other scopes, each once; weights and constants where it is one op. */
function takenFromOutside(name: string, depth: number, rows: readonly StatsRow[]): readonly Taken[] {
  const taken = rows.flatMap(({ takes }) => takes).map((one) => (one.kind === 'op' ? { ...one, name: pathText(one.segments.slice(0, depth)) } : one))
  if (rows.length === 1) return taken
  const outside = taken.filter((one) => one.kind === 'input' || (one.kind === 'op' && one.name !== name))
  return [...new Map(outside.map((one) => [`${one.kind} ${one.name} ${one.shape.map(keyOf).join()}`, one])).values()]
}

/** The counts for inputs of these extents, or what is wrong with them. Extents that are not given stay symbolic. */
export function withExtents(
  stats: Stats,
  given: Readonly<Record<string, number>>,
): { readonly stats: Stats } | { readonly problems: readonly string[] } {
  const names = stats.extents.map(({ name }) => name)
  const unknown = Object.keys(given).filter((name) => !names.includes(name))
  const known = stats.extents.filter(({ name }) => ownProperty(given, name) !== undefined)
  const problems = [
    ...unknown.map((name) => `${stats.model} has no extent ${name}${suggestion(name, names)}`),
    ...known.flatMap((variable) => unsatisfied(variable, given[variable.name]!, given)),
  ]
  if (problems.length > 0) return { problems }
  const fill = (dim: Dim): Dim =>
    substitute(dim, (variable) => {
      const size = ownProperty(given, variable.name) ?? extentOf(variable)
      return divide(subtract(size, variable.offset), variable.scale)!
    })
  const fillShape = <T extends { readonly shape: readonly Dim[] }>(row: T): T => ({ ...row, shape: row.shape.map(fill) })
  return {
    stats: {
      ...stats,
      inputs: stats.inputs.map(fillShape),
      outputs: stats.outputs.map(fillShape),
      nodes: stats.nodes.map((row) => ({ ...fillShape(row), takes: row.takes.map(fillShape), macs: fill(row.macs) })),
      macs: fill(stats.macs),
      extents: stats.extents.filter(({ name }) => ownProperty(given, name) === undefined),
    },
  }
}
