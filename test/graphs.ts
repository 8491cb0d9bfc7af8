import { messageOf } from '../src/compiler/catalog/index.ts'
import { variablesOf, type Dim } from '../src/compiler/dim/expr.ts'
import type {
  Attribute,
  ConstantNode,
  Graph,
  InputNode,
  Node,
  OpNode,
  Requirement,
  Shape,
  TensorType,
  WeightNode,
  Scope,
} from '../src/compiler/graph/graph.ts'
import type { Initializer } from '../src/compiler/graph/initializer.ts'
import { opNode } from '../src/compiler/ir/op-node.ts'
import { primitives } from '../src/compiler/primitives/index.ts'
import type { Origin } from '../src/compiler/text/source.ts'

const origin: Origin = { span: { source: { path: 'test.fmw', text: '', library: false }, start: 0, end: 0 }, frame: undefined }

/** Where all that is written by hand stands. */
const place = { scope: 0, statement: origin.span, origins: [origin] } as const

const named = (path: string) => ({ path, segments: path.split('/') })

const modelScope = (name: string): Scope => ({
  id: 0,
  parent: undefined,
  kind: 'model',
  name,
  declaration: origin.span,
  call: origin.span,
  statement: origin.span,
  segments: [],
  under: undefined,
  arguments: {},
  extents: {},
  inputs: [],
  outputs: [],
  names: [],
})

const shapeOf = (dims: readonly Dim[]): Shape => dims.map((dim) => ({ dim, origin }))

interface WeightOptions {
  readonly init?: Initializer
  readonly trainable?: boolean
  readonly within?: readonly [number, number]
  readonly annealed?: number
}

/** Writes graphs by hand, before there is a text for them: ops get their types from the shape rules, and their defaults. */
export function buildGraph(name = 'Test', doc = '') {
  const nodes: Node[] = []
  const inputs: InputNode[] = []
  const outputs: { name: string; node: Node }[] = []
  const requirements: Requirement[] = []

  const put = <N extends Node>(node: N): N => {
    nodes.push(node)
    return node
  }
  const weight = (kind: 'param' | 'state', path: string, dims: readonly number[], options: WeightOptions): WeightNode =>
    put({
      id: nodes.length,
      kind,
      ...named(path),
      type: { shape: shapeOf(dims), depends: 'weights' },
      ...place,
      init: options.init ?? { kind: 'normal', mean: 0, deviation: 0.5 },
      trainable: options.trainable ?? kind === 'param',
      ...(options.within && { within: options.within }),
      ...(options.annealed !== undefined && { annealed: options.annealed }),
    })

  return {
    input(inputName: string, dims: readonly Dim[]): InputNode {
      const node: InputNode = {
        id: nodes.length,
        kind: 'input',
        name: inputName,
        ...named(inputName),
        type: { shape: shapeOf(dims), depends: 'inputs' },
        ...place,
      }
      inputs.push(node)
      return put(node)
    },
    param: (path: string, dims: readonly number[], options: WeightOptions = {}) => weight('param', path, dims, options),
    state: (path: string, dims: readonly number[], options: WeightOptions = {}) => weight('state', path, dims, options),
    constant: (dims: readonly number[], values: readonly number[], path = 'constant'): ConstantNode =>
      put({ id: nodes.length, kind: 'constant', ...named(path), type: { shape: shapeOf(dims), depends: 'weights' }, ...place, values }),
    /** @throws with the words of the shape rule's refusal, or where the node is not wanted */
    op(
      op: string,
      args: OpNode['args'],
      attributes: Readonly<Record<string, Attribute>> = {},
      path = `${op}_${nodes.length}`,
      isWanted: (node: OpNode) => boolean = () => true,
    ): OpNode {
      const primitive = primitives.get(op)
      if (!primitive) throw new Error(`no primitive ${op}`)
      const defaults = Object.entries(primitive.signature).flatMap(([key, parameter]) =>
        parameter.default === undefined || parameter.kind === 'optional_tensor'
          ? []
          : [[key, parameter.default as Attribute] as const],
      )
      const written = { ...Object.fromEntries(defaults), ...attributes }
      const result = opNode(primitive, args, written)
      if ('problem' in result) throw new Error(messageOf(result.problem.code, result.problem.facts))
      const type: TensorType = { shape: shapeOf(result.shape.map(({ dim }) => dim)), depends: result.depends }
      const node: OpNode = { id: nodes.length, kind: 'op', op, ...named(path), args, attributes: written, frozen: false, ...place, type }
      if (!isWanted(node)) throw new Error(`${path} is not wanted`)
      for (const extent of result.requirements) requirements.push({ extent, path, origin })
      return put(node)
    },
    output(outputName: string, node: Node): void {
      outputs.push({ name: outputName, node })
    },
    require(extent: Dim, path: string): void {
      requirements.push({ extent, path, origin })
    },
    graph(): Graph {
      const found = new Map(inputs.flatMap(({ type }) => type.shape.flatMap(({ dim }) => [...variablesOf(dim)])))
      return { name, doc, nodes, inputs, outputs, requirements, extents: [...found.values()], scopes: [modelScope(name)] }
    },
  }
}

export type GraphBuilder = ReturnType<typeof buildGraph>
