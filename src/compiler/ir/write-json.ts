import type { Expr } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { knowledgeOf } from '../dim/variable.ts'
import type { Attribute, Depends, Graph, Node, OpNode, WeightNode } from '../graph/graph.ts'
import {
  extentToJson,
  initializerToJson,
  mapValues,
  numberToJson,
  originToJson,
  spanToJson,
  type ExtentJson,
  type InitializerJson,
  type NumberJson,
  type SpanJson,
} from './json-values.ts'
import { scopeToJson, type ScopeJson } from './write-scopes.ts'

/** A graph as JSON, as `graph.schema.json` describes it. */
export interface GraphJson {
  readonly format: 'fmw-graph-2'
  readonly name: string
  readonly doc: string
  readonly extents: readonly KnowledgeJson[]
  readonly nodes: readonly NodeJson[]
  readonly inputs: readonly number[]
  readonly outputs: readonly { readonly name: string; readonly node: number }[]
  readonly requirements: readonly { readonly extent: ExtentJson; readonly path: string; readonly origin?: SpanJson }[]
  readonly scopes: readonly ScopeJson[]
}

export interface KnowledgeJson {
  readonly name: string
  readonly modulus: number
  readonly remainder: number
  readonly minimum: number
  /** Absent where there is none. */
  readonly maximum?: number
  /** Other extents that it is at least as large as, or by so much larger. Absent where there are none. */
  readonly atLeast?: readonly { readonly extent: string; readonly plus: number }[]
}

interface NodeBaseJson {
  readonly id: number
  readonly path: string
  readonly shape: readonly ExtentJson[]
  readonly depends: Depends
  readonly scope: number
  readonly binding?: string
  readonly statement?: SpanJson
  readonly origins?: readonly SpanJson[]
}

export type AttributeJson = NumberJson | boolean | null | { readonly extent: string } | readonly AttributeJson[]

export type NodeJson =
  | (NodeBaseJson & { readonly kind: 'input'; readonly name: string })
  | (NodeBaseJson & {
      readonly kind: 'param' | 'state'
      readonly init: InitializerJson
      readonly trainable: boolean
      readonly within?: readonly [NumberJson, NumberJson]
      readonly annealed?: NumberJson
    })
  | (NodeBaseJson & { readonly kind: 'constant'; readonly values: readonly NumberJson[] })
  | (NodeBaseJson & {
      readonly kind: 'op'
      readonly op: string
      readonly args: Readonly<Record<string, number | readonly number[]>>
      readonly attributes: Readonly<Record<string, AttributeJson>>
      readonly frozen: boolean
    })

/**
 * The graph as JSON. An origin is the place in a user's file; where an extent was decided (`Extent.origin`, `how`) and the chain
 * of blocks are left out: they explain a compilation, and reading JSON is not one.
 */
export const graphToJson = (graph: Graph): GraphJson => ({
  format: 'fmw-graph-2',
  name: graph.name,
  doc: graph.doc,
  extents: graph.extents.map((variable) => {
    const { modulus, remainder, min, max } = knowledgeOf(variable)
    const atLeast = variable.relations.flatMap(({ kind, other, by }) => (kind === 'least' ? [{ extent: other, plus: by }] : []))
    return {
      name: variable.name,
      modulus,
      remainder,
      minimum: min,
      ...(max === Infinity ? {} : { maximum: max }),
      ...(atLeast.length > 0 ? { atLeast } : {}),
    }
  }),
  nodes: graph.nodes.map(nodeToJson),
  inputs: graph.inputs.map(({ id }) => id),
  outputs: graph.outputs.map(({ name, node }) => ({ name, node: node.id })),
  requirements: graph.requirements.map(({ extent, path, origin }) => ({
    extent: extentToJson(extent),
    path,
    ...originToJson(origin).map((place) => ({ origin: place }))[0],
  })),
  scopes: graph.scopes.map(scopeToJson),
})

function nodeToJson(node: Node): NodeJson {
  const { id, kind, path, type } = node
  const common = { path, shape: type.shape.map(({ dim }) => extentToJson(dim)), depends: type.depends, ...placeToJson(node) }
  switch (kind) {
    case 'input':
      return { id, kind, name: node.name, ...common }
    case 'param':
    case 'state':
      return { id, kind, ...common, ...weightToJson(node) }
    case 'constant':
      return { id, kind, ...common, values: node.values.map(numberToJson) }
    case 'op':
      return { id, kind, op: node.op, ...common, ...callToJson(node) }
  }
}

function placeToJson({ scope, binding, statement, origins }: Node) {
  const places = origins.flatMap(originToJson)
  return {
    scope,
    ...(binding !== undefined && { binding }),
    ...(statement.source.path !== '' && { statement: spanToJson(statement) }),
    ...(places.length > 0 && { origins: places }),
  }
}

const weightToJson = ({ init, trainable, within, annealed }: WeightNode) => ({
  init: initializerToJson(init),
  trainable,
  ...(within && { within: [numberToJson(within[0]), numberToJson(within[1])] as const }),
  ...(annealed !== undefined && { annealed: numberToJson(annealed) }),
})

const callToJson = ({ args, attributes, frozen }: OpNode) => ({
  args: mapValues(args, (arg) => ('kind' in arg ? arg.id : arg.map(({ id }) => id))),
  attributes: mapValues(attributes, attributeToJson),
  frozen,
})

function attributeToJson(attribute: Attribute): AttributeJson {
  if (typeof attribute === 'number') return numberToJson(attribute)
  if (typeof attribute !== 'object' || attribute === null) return attribute
  return isExpr(attribute) ? { extent: printDim(attribute) } : attribute.map(attributeToJson)
}

const isExpr = (attribute: Expr | readonly Attribute[]): attribute is Expr => 'terms' in attribute
