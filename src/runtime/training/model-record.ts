import { createHash } from 'node:crypto'
import { printShape } from '../../compiler/dim/print.ts'
import { attributeText, weightTraits } from '../../compiler/facts/settings.ts'
import type { ConstantNode, Graph, Node, OpNode, WeightNode } from '../../compiler/graph/graph.ts'

/**
 * What a model computes, as a text for each of its inputs, weights, ops and outputs: the texts of two models differ where they
 * compute something else. Comments, formatting and the names of files are no part of it.
 */
export function modelRecord({ nodes, outputs }: Graph): Readonly<Record<string, string>> {
  const record: Record<string, string> = {}
  const add = (name: string, text: string): void => {
    record[name] = Object.hasOwn(record, name) ? `${record[name]} and ${text}` : text
  }
  for (const node of nodes) {
    if (node.kind === 'op') add(`the op ${node.path}`, opText(node))
    else if (node.kind === 'input') add(`the input ${node.name}`, printShape(node.type.shape))
    else if (node.kind !== 'constant') add(`the weight ${node.path}`, weightText(node))
  }
  for (const { name, node } of outputs) add(`the output ${name}`, nameOf(node))
  return record
}

function opText({ op, args, attributes, frozen, type }: OpNode): string {
  const read = Object.values(args).map((argument) => [argument].flat().map(nameOf).join(', '))
  const said = Object.entries(attributes).map(([name, value]) => `${name}: ${attributeText(value)}`)
  return `${op}(${[...read, ...said].join(', ')}) ${printShape(type.shape)}${frozen ? ', frozen' : ''}`
}

export const weightText = (weight: WeightNode): string => [`${weight.kind} ${printShape(weight.type.shape)}`, ...weightTraits(weight)].join(', ')

const nameOf = (node: Node): string => (node.kind === 'constant' ? constantText(node) : node.path)

const mostNumbers = 8

export function constantText({ values }: ConstantNode): string {
  if (values.length <= mostNumbers) return `[${values.join(', ')}]`
  const digest = createHash('sha256').update(values.join(' ')).digest('hex').slice(0, 8)
  return `[${values.slice(0, mostNumbers).join(', ')}, ...] (${values.length} numbers, ${digest})`
}
