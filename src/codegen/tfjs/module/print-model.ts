import { printDim } from '../../../compiler/dim/print.ts'
import { hasBatch, type TensorType } from '../../../compiler/graph/graph.ts'
import { codeOnly } from './code-only.ts'
import type { Model } from './combined.ts'
import type { Function, Names } from './module-names.ts'
import { variableName } from './names.ts'
import { printChecks } from './print-checks.ts'
import { bodyLines, printDoc, tidied } from './print-function.ts'
import { objectKey } from './property.ts'
import { rankOf } from './rank-of.ts'
import { tensorType } from './tensor-type.ts'
import type { Body } from './tree.ts'
import { holders, variablesIn } from './walk.ts'

/** A model as the function that is exported. */
export function printModel(one: Function, graph: Model, names: Names): string {
  const { type } = names.exportOf(graph)
  const body = bodyLines(one, names, new Set(graph.inputs.map(({ name }) => variableName(name))))
  const returned = returnedVariables(one.body)
  const assigned = new Set(variablesIn(one.body))
  const words = new Set(body.join('\n').match(/\w+/g))
  const given = graph.inputs.map(({ name, type: of }) => {
    const variable = variableName(name)
    const isOther = returned.has(variable) && assigned.has(variable)
    return { name, variable, given: isOther ? freeWord(`${variable}Input`, words) : variable, rank: rankOf(of) }
  })
  const inputs = given.map((input) => (input.given === input.name ? input.name : `${input.name}: ${input.given}`))
  // an input has the type of its shape, and what is assigned to its variable may have another
  const others = given.filter((input) => input.given !== input.variable)
  const lines = [...others.map((input) => `let ${input.variable}: ${tensorType(input.rank)} = ${input.given}`), ...body]
  const text = lines.join('\n')
  const checks = printChecks(graph, names.runtime)
  const code = codeOnly([text, ...checks].join('\n'))
  const used = graph.extents.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  return [
    ...printDoc(graph.doc),
    `export function ${one.run.name}(${printParameters(one, type, `{ ${inputs.join(', ')} }`)}): ${type}Outputs {`,
    `${used.length > 0 ? `const { ${used.join(', ')} } = ` : ''}${names.runtime('checkInputs')}(${JSON.stringify(graph.name)}, { ${inputs.join(', ')} }, { ${inputShapes(graph)} })`,
    ...checks,
    ...tidied(lines),
    '}',
  ].join('\n')
}

/** The variables whose value is an output as they hold it. */
function returnedVariables(body: Body): ReadonlySet<string> {
  const last = body.at(-1)
  return new Set(last?.kind === 'return' ? last.values.flatMap(({ value }) => holders(value)) : [])
}

function freeWord(wanted: string, words: ReadonlySet<string>): string {
  let found = wanted
  for (let count = 2; words.has(found); count++) found = `${wanted}${count}`
  return found
}

const printParameters = ({ weights, run }: Function, type: string, inputs: string): string =>
  [
    weights.isEmpty ? '_w: object' : `${run.reads('w') ? 'w' : '_w'}: ${type}Weights`,
    `${inputs}: ${type}Inputs`,
  ].join(', ')

/** What is exported of a model, without what it does. */
export function declareModel(one: Function, graph: Model, names: Names): readonly string[] {
  const { type, value } = names.exportOf(graph)
  const weights = one.weights.isEmpty ? 'object' : `${type}Weights`
  return [
    [...printDoc(graph.doc), `export declare function ${one.run.name}(${printParameters(one, type, 'inputs')}): ${type}Outputs`].join('\n'),
    `export declare const ${value}: ${names.runtime('type Model')}<${weights}, ${type}Inputs, ${type}Outputs>`,
  ]
}

/** The types of what a model takes and gives. */
export function printInterfaces(graph: Model, { exportOf, runtime }: Names): readonly string[] {
  const { type } = exportOf(graph)
  const property = (name: string, of: TensorType): string => `readonly ${objectKey(name)}: ${shapedType(of, runtime)}`
  return [
    `export type ${type}Inputs = { ${graph.inputs.map((input) => property(input.name, input.type)).join('; ')} }`,
    `export type ${type}Outputs = { ${graph.outputs.map(({ name, node }) => property(name, node.type)).join('; ')} }`,
  ]
}

/** `image: ['H', 'W', 3]` */
const inputShapes = ({ inputs }: Model): string =>
  inputs
    .map(({ name, type }) => {
      const sizes = type.shape.map(({ dim }) => (typeof dim === 'number' ? dim : `'${printDim(dim)}'`))
      return `${objectKey(name)}: [${sizes.join(', ')}]`
    })
    .join(', ')

const shapedTypes = ['Scalars', 'Vectors', 'Matrices', 'Maps', 'Volumes']

function shapedType(type: TensorType, runtime: Names['runtime']): string {
  const name = shapedTypes[type.shape.length]
  if (!hasBatch(type) || !name) return tensorType(rankOf(type))
  const extents = type.shape.map(({ dim }) => (typeof dim === 'number' ? dim : 'number')).join(', ')
  const local = runtime(`type ${name}`)
  return extents === '' ? local : `${local}<${extents}>`
}

/** What a page imports. */
export function printHandle(one: Function, graph: Model, names: Names): string {
  const weights = one.weights.isEmpty ? '() => ({})' : one.weights.specs.name
  return `export const ${names.exportOf(graph).value} = ${names.runtime('model')}({ name: ${JSON.stringify(graph.name)}, inputs: { ${inputShapes(graph)} }, weights: ${weights}, apply: ${one.run.name} })`
}
