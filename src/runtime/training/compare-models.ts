import { printShape } from '../../compiler/dim/print.ts'
import { attributeText } from '../../compiler/facts/settings.ts'
import { isWeight, operands, weightsOf, type Graph, type Node, type WeightNode } from '../../compiler/graph/graph.ts'
import { constantText, weightText } from './model-record.ts'

/** Whether two models compute the same, whatever they call it. */
export interface ModelComparison {
  /** The first thing that the second does otherwise; undefined where there is none. */
  readonly difference: string | undefined
  /** The weights that stand in one place of both, in the order of the second; none where they differ. */
  readonly weights: readonly (readonly [before: WeightNode, after: WeightNode])[]
  /** The outputs of the second by what the first calls them. */
  readonly outputs: ReadonlyMap<string, string>
}

/**
 * Follows two models from their outputs on. Inputs and outputs go together by their names, the others by their order; where the models
 * differ then, by their order alone, as where names were exchanged.
 */
export function compareModels(before: Graph, after: Graph): ModelComparison {
  const byName = follow(before, after, namesakes)
  if (byName.difference === undefined) return byName
  const byOrder = follow(before, after, inOrder)
  return byOrder.difference === undefined ? byOrder : byName
}

interface Named {
  readonly name: string
}

type Pairing = <T extends Named>(before: readonly T[], after: readonly T[]) => readonly (readonly [T, T])[]

/** None where one has more than the other. */
const inOrder: Pairing = (before, after) => (before.length === after.length ? before.map((one, place) => [one, after[place]!]) : [])

const namesakes: Pairing = (before, after) => {
  const equal = before.flatMap((one) => after.filter(({ name }) => name === one.name).map((other) => [one, other] as const))
  const [old, changed] = [new Set(equal.map(([one]) => one)), new Set(equal.map(([, other]) => other))]
  return [...equal, ...inOrder(before.filter((one) => !old.has(one)), after.filter((one) => !changed.has(one)))]
}

function follow(before: Graph, after: Graph, pairing: Pairing): ModelComparison {
  const outputs = pairing(before.outputs, after.outputs)
  const targets = new Map<Node, Node>(pairing(before.inputs, after.inputs))
  const sources = new Map<Node, Node>([...targets].map(([one, other]) => [other, one]))
  const seen = new Map<Node, Set<Node>>()
  const open: (readonly [Node, Node])[] = outputs.map(([one, other]) => [one.node, other.node])
  const differences: { readonly place: number; readonly text: string }[] = []
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [one, other] = pair
    const known = seen.get(one) ?? new Set()
    if (known.has(other)) continue
    seen.set(one, known.add(other))
    if (isWeight(one) && isWeight(other) && !targets.has(one) && !sources.has(other)) {
      targets.set(one, other)
      sources.set(other, one)
    }
    const text = differenceOf(one, other) ?? otherPlace(one, other, targets)
    if (text !== undefined) differences.push({ place: other.id, text })
    else operands(one).forEach((operand, at) => open.push([operand, operands(other)[at]!]))
  }
  const [first] = differences.toSorted((a, b) => a.place - b.place)
  const difference = first?.text ?? countDifference('inputs', before.inputs, after.inputs) ?? countDifference('outputs', before.outputs, after.outputs)
  return {
    difference,
    weights: difference === undefined ? weightsOf(after).flatMap((other) => weightPair(sources.get(other), other)) : [],
    outputs: new Map(outputs.map(([one, other]) => [one.name, other.name])),
  }
}

const weightPair = (one: Node | undefined, other: WeightNode): ModelComparison['weights'] => (one && isWeight(one) ? [[one, other]] : [])

const countDifference = (what: string, before: readonly Named[], after: readonly Named[]): string | undefined =>
  before.length === after.length ? undefined : `${what}: ${after.length} instead of ${before.length}`

/** Two nodes that do the same, of which one is another's in the other model. */
function otherPlace(one: Node, other: Node, targets: ReadonlyMap<Node, Node>): string | undefined {
  if ((one.kind !== 'input' && !isWeight(one)) || targets.get(one) === other) return undefined
  return `${other.path} stands where ${one.path} stood, and not everywhere`
}

function differenceOf(one: Node, other: Node): string | undefined {
  const [before, after] = [partsOf(one), partsOf(other)]
  const name = [...new Set([...Object.keys(after), ...Object.keys(before)])].find((key) => before[key] !== after[key])
  if (name === undefined) return undefined
  return `${other.path}: ${name === 'op' ? '' : `${name} `}${after[name] ?? 'none'} instead of ${before[name] ?? 'none'}`
}

/** What decides what a node is, without its name and what it reads. */
function partsOf(node: Node): Readonly<Record<string, string>> {
  if (node.kind === 'constant') return { op: constantText(node) }
  const shape = printShape(node.type.shape)
  if (node.kind === 'input') return { op: 'an input', shape }
  if (node.kind !== 'op') return { op: weightText(node) }
  return {
    op: node.op,
    ...Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, attributeText(value)])),
    operands: Object.entries(node.args).map(([name, argument]) => `${name}: ${[argument].flat().length}`).join(', '),
    shape,
    ...(node.frozen && { frozen: 'true' }),
  }
}
