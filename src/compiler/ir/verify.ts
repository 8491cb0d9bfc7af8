import { keyOf, variablesOf, type Dim } from '../dim/expr.ts'
import { extentOf } from '../dim/variable.ts'
import { hasBatch, isWeight, operands, type ConstantNode, type Graph, type Node, type Shape, type WeightNode } from '../graph/graph.ts'
import { verifyOp } from './verify-op.ts'
import { verifyScopes } from './verify-scopes.ts'
import type { Violation } from './violation.ts'

/**
 * The specification of the IR, executable: everything that the stages after `elaborate` rely on. A graph without violations can
 * be counted, printed and run; tests call it after every stage, and reading JSON ends with it.
 */
export function verify(graph: Graph): readonly Violation[] {
  return [
    ...verifyNodes(graph),
    ...verifyWeightPaths(graph),
    ...verifyInterface(graph),
    ...verifyExtents(graph),
    ...verifyScopes(graph),
  ]
}

function verifyNodes(graph: Graph): readonly Violation[] {
  const doubtful = new Set<Node>()
  const required = graph.requirements.map(({ extent }) => extent)
  return graph.nodes.flatMap((node, index) => {
    const found = verifyNode(node, index, graph)
    // what follows from a wrong type is not reported again
    const follows = found.length === 0 && node.kind === 'op' && !operands(node).some((read) => doubtful.has(read))
    const all = follows ? verifyOp(node, `/nodes/${index}`, required) : found
    if (all.length > 0 || (node.kind === 'op' && !follows)) doubtful.add(node)
    return all
  })
}

function verifyNode(node: Node, index: number, graph: Graph): readonly Violation[] {
  const pointer = `/nodes/${index}`
  const say = (message: string): Violation => ({ pointer, message })
  const found: Violation[] = []
  if (node.id !== index) found.push(say(`the node at position ${index} has the id ${node.id}`))
  if (node.path === '') found.push(say('a node needs a path'))
  for (const read of operands(node)) {
    if (read.id >= index || graph.nodes[read.id] !== read) found.push(say(`reads node ${read.id}, which is not one before it`))
  }
  if (node.kind === 'input' && !hasBatch(node.type)) found.push(say('an input has one value per sample'))
  if (node.kind === 'constant') found.push(...verifyConstant(node).map(say))
  if (isWeight(node)) found.push(...verifyWeight(node).map(say))
  return found
}

/** The number of elements of a shape without symbolic extents. */
const elements = (shape: Shape): number | undefined => {
  let product = 1
  for (const { dim } of shape) {
    if (typeof dim !== 'number' || !Number.isInteger(dim) || dim < 1) return undefined
    product *= dim
  }
  return product
}

function verifyFixed({ type }: ConstantNode | WeightNode, values: readonly number[] | undefined): readonly string[] {
  if (type.depends !== 'weights') return ['depends on no input, so there is one value for all samples and all runs']
  const size = elements(type.shape)
  if (size === undefined) return ['its extents must be numbers of at least 1']
  return values === undefined || values.length === size ? [] : [`has ${values.length} values for ${size} elements`]
}

const verifyConstant = (node: ConstantNode): readonly string[] => verifyFixed(node, node.values)

function verifyWeight(node: WeightNode): readonly string[] {
  const found = [...verifyFixed(node, node.init.kind === 'values' ? node.init.values : undefined)]
  if (node.within && !(node.within[0] <= node.within[1])) found.push(`is kept within [${node.within.join(', ')}], which is empty`)
  if (node.annealed !== undefined && !(node.kind === 'state' && node.init.kind === 'constant')) {
    found.push('is annealed, which needs a state with one constant initial value')
  }
  return found
}

function verifyWeightPaths(graph: Graph): readonly Violation[] {
  const first = new Map<string, number>()
  return graph.nodes.flatMap((node, index) => {
    if (!isWeight(node)) return []
    const known = first.get(node.path)
    if (known === undefined) first.set(node.path, index)
    return known === undefined
      ? []
      : [{ pointer: `/nodes/${index}/path`, message: `node ${known} is a weight of the same path, ${node.path}` }]
  })
}

function verifyInterface(graph: Graph): readonly Violation[] {
  const found: Violation[] = []
  const all = graph.nodes.filter((node) => node.kind === 'input')
  const listed = new Set<Node>(graph.inputs)
  if (listed.size !== graph.inputs.length || all.length !== listed.size || all.some((node) => !listed.has(node))) {
    found.push({ pointer: '/inputs', message: 'the inputs are not the input nodes, each once' })
  }
  found.push(...repeated(graph.inputs, 'inputs'), ...repeated(graph.outputs, 'outputs'))
  if (graph.outputs.length === 0) found.push({ pointer: '/outputs', message: 'a model has at least one output' })
  for (const [index, { node }] of graph.outputs.entries()) {
    if (graph.nodes[node.id] !== node)
      found.push({ pointer: `/outputs/${index}`, message: `node ${node.id} is not in the graph` })
  }
  return found
}

function repeated(list: readonly { readonly name: string }[], pointer: string): readonly Violation[] {
  const names = list.map(({ name }) => name)
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ pointer: `/${pointer}/${index}`, message: `a second one is called ${name}` }] : [],
  )
}

function verifyExtents(graph: Graph): readonly Violation[] {
  const found: Violation[] = []
  const known = new Map(graph.extents.map((variable) => [variable.name, variable]))
  const axes = new Set(graph.inputs.flatMap(({ type }) => type.shape.map(({ dim }) => keyOf(dim))))
  for (const [index, variable] of graph.extents.entries()) {
    if (axes.has(keyOf(extentOf(variable)))) continue
    found.push({
      pointer: `/extents/${index}`,
      message: `no axis of an input is ${variable.name} itself, so a run could not know it`,
    })
  }
  const verifyDim = (dim: Dim, pointer: string): void => {
    for (const variable of variablesOf(dim).values()) {
      const stated = known.get(variable.name)
      if (!stated) found.push({ pointer, message: `${variable.name} is not an extent of the inputs` })
      else if (
        keyOf(extentOf(stated)) !== keyOf(extentOf(variable)) ||
        stated.min !== variable.min ||
        stated.max !== variable.max
      ) {
        found.push({ pointer, message: `knows something else of ${variable.name} than the graph does` })
      }
    }
  }
  for (const [index, node] of graph.nodes.entries())
    for (const { dim } of node.type.shape) verifyDim(dim, `/nodes/${index}/shape`)
  for (const [index, { extents }] of graph.scopes.entries())
    for (const [name, dim] of Object.entries(extents)) verifyDim(dim, `/scopes/${index}/extents/${name}`)
  for (const [index, { extent }] of graph.requirements.entries()) verifyDim(extent, `/requirements/${index}`)
  return found
}
