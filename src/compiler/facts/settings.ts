import { printDim } from '../dim/print.ts'
import { isWeight, type Attribute, type Node, type OpNode, type WeightNode } from '../graph/graph.ts'
import { namedInitializers } from '../graph/initializer.ts'
import { initializerToJson } from '../ir/json-values.ts'

/** What decides what an op computes besides its operands, by name: attributes, numbers that it is given, what is said of weights that it reads. */
export function settingsOf(node: OpNode): Readonly<Record<string, string>> {
  const read = Object.entries(node.args).flatMap(([name, argument]) =>
    [argument].flat().flatMap((operand: Node, i, { length }): readonly (readonly [string, string])[] => {
      const own = length === 1 ? name : `${name}[${i}]`
      if (operand.kind === 'constant') return [[own, operand.type.shape.length === 0 ? String(operand.values[0]) : `[${operand.values.join(', ')}]`]]
      if (!isWeight(operand)) return []
      return [[`${own} init`, initializerText(operand)], [`${own} training`, trainingText(operand)]]
    }),
  )
  return {
    ...Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, attributeText(value)])),
    ...Object.fromEntries(read),
    ...(node.frozen && { frozen: 'true' }),
  }
}

export function attributeText(value: Attribute): string {
  if (isList(value)) return `[${value.map(attributeText).join(', ')}]`
  return typeof value === 'object' && value !== null ? printDim(value) : String(value)
}

const isList = (value: Attribute): value is readonly Attribute[] => Array.isArray(value)

/** What training does and does not with a weight. */
export const weightTraits = ({ kind, trainable, within, annealed, init }: WeightNode): readonly string[] => [
  ...(kind === 'param' && !trainable ? ['not trained'] : []),
  ...(within ? [`within ${within.join(' to ')}`] : []),
  ...(annealed !== undefined && init.kind === 'constant' ? [`annealed from ${annealed} to ${init.value}`] : []),
]

/** A state is what training writes. */
const trainingText = (weight: WeightNode): string => weightTraits(weight).join(', ') || (weight.kind === 'state' ? 'writes it' : 'trained')

function initializerText({ init }: WeightNode): string {
  const json = JSON.stringify(init)
  const [word] = [...namedInitializers].find(([, named]) => JSON.stringify(named) === json) ?? []
  if (word !== undefined) return word
  const { kind, ...more } = initializerToJson(init)
  return `${kind} (${Object.entries(more).map(([name, value]) => `${name} ${String(value)}`).join(', ')})`
}
