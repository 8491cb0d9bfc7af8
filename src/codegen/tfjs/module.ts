import { printShape } from '../../compiler/dim/print.ts'
import { hasBatch, weightsOf, type ConstantNode, type Graph, type Node } from '../../compiler/graph/graph.ts'
import { formatModule } from './format-module.ts'
import { isNumber, moduleNames, propertyKey, type ModuleNames } from './module-names.ts'
import type { About } from '../about.ts'
import type { Unsupported } from '../unsupported.ts'
import { planOf, type Plan } from './plan.ts'
import { expectShapeSource, printChecks } from './print-checks.ts'
import { printLiteral } from './print-expression.ts'
import { printSteps, rankOf } from './print-steps.ts'
import { tensorType } from './tensor-type.ts'

/** A TypeScript module that computes what the graph says with TensorFlow.js, or the nodes that TensorFlow.js cannot compute. */
export async function emitModule(
  graph: Graph,
  about: About,
): Promise<{ readonly text: string } | { readonly unsupported: readonly Unsupported[] }> {
  const planned = planOf(graph)
  if ('unsupported' in planned) return planned
  const text = printModule(graph, planned.plan, about)
  return { text: about.format ? await formatModule(text) : text }
}

function printModule(graph: Graph, plan: Plan, { source, version }: About): string {
  const names = moduleNames(graph, plan)
  const sections = [
    [`// fmw ${version}, from ${source}. Generated: change the source, not this file.`, `import * as tf from '@tensorflow/tfjs-core'`],
    printWeightShapes(graph),
    printTypes(graph, plan, names),
    preparesAnything(plan, names) ? printPrepare(plan, names) : [],
    printModel(graph, plan, names),
    graph.inputs.length > 0 ? [expectShapeSource] : [],
  ]
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')
}

const preparesAnything = ({ prepared }: Plan, { uploads }: ModuleNames): boolean => prepared.length + uploads.length > 0

function printWeightShapes(graph: Graph): readonly string[] {
  const entries = weightsOf(graph).map(
    ({ path, type, kind, trainable }) =>
      `${propertyKey(path)}: { shape: ${printShape(type.shape)}, trainable: ${kind === 'param' && trainable} },`,
  )
  return [
    '/** Every weight by its path: its shape, and whether training changes it. */',
    'export const weightShapes = {',
    ...entries,
    '} as const',
  ]
}

function printTypes(graph: Graph, plan: Plan, names: ModuleNames): readonly string[] {
  const ranks = [...new Set(weightsOf(graph).map(({ type }) => rankOf(type)))].sort((a, b) => a - b)
  const weights = [
    `type TensorOfRank = { ${ranks.map((rank) => `${rank}: ${tensorType(rank)}`).join('; ')} }`,
    '',
    `export type ${names.type('Weights')} = {`,
    `readonly [Path in keyof typeof weightShapes]: TensorOfRank[(typeof weightShapes)[Path]['shape']['length']]`,
    '}',
  ]
  const prepared = [...names.uploads, ...plan.prepared].map((node) => property(names.local(node), node))
  return [
    ...(ranks.length > 0 ? weights : []),
    ...(preparesAnything(plan, names) ? typeOf(names.type('Prepared'), prepared) : []),
    ...(graph.inputs.length > 0 ? typeOf(names.type('Inputs'), graph.inputs.map((input) => property(input.name, input))) : []),
    ...typeOf(names.type('Outputs'), graph.outputs.map(({ name, node }) => property(name, node))),
  ]
}

const typeOf = (name: string, properties: readonly string[]): readonly string[] => [
  '',
  `export type ${name} = {`,
  ...properties,
  '}',
]

function property(key: string, { type }: Node): string {
  const sizes = printShape(type.shape).slice(1, -1)
  const axes = [...(hasBatch(type) ? ['batch'] : []), ...(sizes === '' ? [] : [sizes])].join(', ')
  return `${axes === '' ? '' : `/** [${axes}] */\n`}readonly ${propertyKey(key)}: ${tensorType(rankOf(type))}`
}

function printPrepare(plan: Plan, names: ModuleNames): readonly string[] {
  const readsWeights = plan.prepare.some(({ reads }) => reads.some(isWeightNode))
  const results = [...names.uploads, ...plan.prepared].map(names.local)
  return [
    '/** What depends on the weights alone, computed once for all runs. The caller disposes of it. */',
    `export function prepare(${readsWeights ? `weights: ${names.type('Weights')}` : ''}): ${names.type('Prepared')} {`,
    'return tf.tidy(() => {',
    ...names.uploads.map((node) => `const ${names.local(node)} = ${printUpload(node)}`),
    ...printSteps(plan.prepare, plan, names, names.inPrepare),
    `return { ${results.join(', ')} }`,
    '})',
    '}',
  ]
}

const isWeightNode = ({ kind }: Node): boolean => kind === 'param' || kind === 'state'

function printUpload({ values, type }: ConstantNode): string {
  const rank = type.shape.length
  const list = `[${values.map(printLiteral).join(', ')}]`
  if (rank === 1) return `tf.tensor1d(${list})`
  return `tf.tensor${rank <= 6 ? `${rank}d` : ''}(${list}, ${printShape(type.shape)})`
}

function printModel(graph: Graph, plan: Plan, names: ModuleNames): readonly string[] {
  const reads = new Set<Node>([...plan.run.flatMap((step) => step.reads), ...plan.outputs.map(({ value }) => value)])
  const usesWeights = [...reads].some(isWeightNode)
  const inputs = graph.inputs.map((input) => {
    const local = names.local(input)
    return local === input.name ? local : `${propertyKey(input.name)}: ${local}`
  })
  const parameters = [
    ...(usesWeights ? [`weights: ${names.type('Weights')}`] : []),
    ...(preparesAnything(plan, names) ? [`prepared: ${names.type('Prepared')}`] : []),
    ...(inputs.length > 0 ? [`{ ${inputs.join(', ')} }: ${names.type('Inputs')}`] : []),
  ]
  return [
    ...printDoc(graph.doc),
    `export function ${names.model}(${parameters.join(', ')}): ${names.type('Outputs')} {`,
    ...printChecks(graph, names),
    'return tf.tidy(() => {',
    ...printSteps(plan.run, plan, names, names.inRun),
    `return { ${printOutputs(plan, names)} }`,
    '})',
    '}',
  ]
}

function printOutputs(plan: Plan, names: ModuleNames): string {
  return plan.outputs
    .map(({ name, value, own }) => {
      const text = own ? names.inRun(value) : printCopy(value, names)
      return text === name ? name : `${propertyKey(name)}: ${text}`
    })
    .join(', ')
}

/** An output that is not made for itself alone. */
const printCopy = (value: Node, names: ModuleNames): string =>
  isNumber(value) ? `tf.scalar(${names.inRun(value)})` : `tf.clone(${names.inRun(value)})`

function printDoc(doc: string): readonly string[] {
  const lines = [
    ...(doc === '' ? [] : [...doc.split('\n'), '']),
    'The caller disposes of the outputs; the weights and inputs stay.',
  ]
  return ['/**', ...lines.map((line) => ` * ${line.replaceAll('*/', '*\\/')}`.trimEnd()), ' */']
}
