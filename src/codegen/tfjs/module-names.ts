import { isWeight, type ConstantNode, type Graph, type Node } from '../../compiler/graph/graph.ts'
import { createNamer } from './names.ts'
import type { Plan } from './plan.ts'
import { printLiteral } from './print-expression.ts'
import { shortPaths } from './short-path.ts'

/** What everything is called in an emitted module. */
export interface ModuleNames {
  /** The function that runs the model. */
  readonly model: string
  /** The type of its weights, inputs, outputs, or of what `prepare` gives. */
  readonly type: (what: 'Weights' | 'Prepared' | 'Inputs' | 'Outputs') => string
  /** The variable of a value that a function computes or of an input. */
  readonly local: (node: Node) => string
  /** The variable of an extent of the inputs. */
  readonly extent: (name: string) => string
  /** The constants that `prepare` uploads. */
  readonly uploads: readonly ConstantNode[]
  /** How a value is read in the function that prepares, and in the one that runs. */
  readonly inPrepare: (node: Node) => string
  readonly inRun: (node: Node) => string
}

export function moduleNames(graph: Graph, plan: Plan): ModuleNames {
  const namer = createNamer(['weightShapes', 'weights', 'prepare', 'prepared', 'inputs', 'expectShape'])
  const model = namer.ofPath(graph.name)
  const extents = new Map(graph.extents.map(({ name }) => [name, namer.ofName(name)]))
  const locals = new Map<Node, string>(graph.inputs.map((input) => [input, namer.ofName(input.name)]))
  const uploads = plan.constants.filter((node) => !isNumber(node))
  const values = [...uploads, ...plan.prepare.map(({ node }) => node), ...plan.run.map(({ node }) => node)]
  const paths = shortPaths(values.map(({ segments, origins: [origin] }) => ({ segments, library: origin.span.source.library })))
  for (const [index, node] of values.entries()) locals.set(node, namer.ofPath(paths[index]!))
  const local = (node: Node): string => locals.get(node)!
  const isPrepared = new Set<Node>([...plan.prepared, ...uploads])
  const read = (node: Node): string => {
    if (isWeight(node)) return `weights${member(node.path)}`
    return isNumber(node) ? printLiteral(node.values[0]!) : local(node)
  }
  const typeName = graph.name.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
  return {
    model,
    type: (what) => `${typeName}${what}`,
    local,
    extent: (name) => extents.get(name)!,
    uploads,
    inPrepare: read,
    inRun: (node) => (isPrepared.has(node) ? `prepared.${local(node)}` : read(node)),
  }
}

/** A scalar constant is a number in the text: TensorFlow.js takes numbers where it takes tensors. */
export const isNumber = (node: Node): node is ConstantNode => node.kind === 'constant' && node.type.shape.length === 0

const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

const member = (key: string): string => (identifier.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

export const propertyKey = (key: string): string => (identifier.test(key) ? key : JSON.stringify(key))
