import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { variablesOf, type Dim, type Relation, type Variable } from '../dim/expr.ts'
import { parseDim } from '../dim/parse.ts'
import { inputExtent } from '../dim/variable.ts'
import type { Attribute, Graph, InputNode, Node, Shape } from '../graph/graph.ts'
import type {
  AttributeJson,
  ExtentJson,
  GraphJson,
  InitializerJson,
  KnowledgeJson,
  NodeJson,
  NumberJson,
  OriginJson,
} from './write-json.ts'
import graphSchema from './graph.schema.json' with { type: 'json' }
import type { Initializer } from '../graph/initializer.ts'
import { schemaComplaints } from './schema-complaint.ts'
import type { Origin, Source } from '../text/source.ts'
import { verify } from './verify.ts'
import { pointerStep, type Violation } from './violation.ts'

export type ReadGraph = { readonly graph: Graph } | { readonly violations: readonly Violation[] }

/**
 * Reads what `graphToJson` wrote, or what another program wrote by `graph.schema.json`: first its form, then what it refers to,
 * then everything `verify` asks of a graph. Reports all that is wrong at the first of these three that fails; never throws.
 *
 * @param sourceOf the file that an origin names, for showing places in it; without it, origins have no text
 */
export function readGraphJson(json: unknown, sourceOf: (file: string) => Source = withoutText): ReadGraph {
  const validate = (validator ??= compile())
  if (!validate(json)) return { violations: schemaComplaints(validate.errors ?? []) }
  const { graph, violations } = build(json, sourceOf)
  const found = violations.length > 0 ? violations : verify(graph)
  return found.length > 0 ? { violations: found } : { graph }
}

let validator: ValidateFunction<GraphJson> | undefined

const compile = (): ValidateFunction<GraphJson> =>
  new Ajv2020({
    allErrors: true,
    verbose: true,
    discriminator: true,
    strictRequired: false,
    allowUnionTypes: true,
  }).compile<GraphJson>(graphSchema)

const withoutText = (path: string): Source => ({ path, text: '', library: false })

interface Build {
  readonly extents: ReadonlyMap<string, Dim>
  readonly sourceOf: (file: string) => Source
  readonly nodes: Node[]
  readonly violations: Violation[]
}

function build(
  json: GraphJson,
  sourceOf: (file: string) => Source,
): { readonly graph: Graph; readonly violations: readonly Violation[] } {
  const violations: Violation[] = []
  const variables = readExtents(json.extents, violations)
  const extents = new Map([...variables].map(([name, { dim }]) => [name, dim]))
  const state: Build = { extents, sourceOf, nodes: [], violations }
  for (const [index, node] of json.nodes.entries()) state.nodes.push(readNode(node, `/nodes/${index}`, state))
  const graph: Graph = {
    name: json.name,
    doc: json.doc,
    nodes: state.nodes,
    inputs: json.inputs.flatMap((id, index) => readInput(id, `/inputs/${index}`, state)),
    outputs: json.outputs.flatMap(({ name, node }, index) =>
      readNodeId(node, `/outputs/${index}/node`, state).map((found) => ({ name, node: found })),
    ),
    extents: [...variables.values()].map(({ variable }) => variable),
    requirements: json.requirements.map(({ extent, path, origin }, index) => ({
      extent: readExtent(extent, `/requirements/${index}/extent`, state),
      path,
      origin: readOrigin(origin, state),
    })),
  }
  return { graph, violations }
}

function readExtents(
  list: readonly KnowledgeJson[],
  violations: Violation[],
): ReadonlyMap<string, { readonly dim: Dim; readonly variable: Variable }> {
  const found = new Map<string, { readonly dim: Dim; readonly variable: Variable }>()
  for (const [index, { name, modulus, remainder, minimum, maximum = Infinity, atLeast = [] }] of list.entries()) {
    const dim = inputExtent(name, { modulus, remainder, min: minimum, max: maximum, relations: relationsOf(name, atLeast, list) })
    const variable = variablesOf(dim).get(name)
    const unknown = atLeast.find(({ extent }) => !list.some((other) => other.name === extent))
    if (unknown) violations.push({ pointer: `/extents/${index}/atLeast`, message: `there is no extent ${unknown.extent}` })
    if (remainder >= modulus || !variable || variable.min > variable.max) {
      violations.push({ pointer: `/extents/${index}`, message: `no number is an extent ${name} like this` })
    } else if (found.has(name))
      violations.push({ pointer: `/extents/${index}/name`, message: `a second extent is called ${name}` })
    else found.set(name, { dim, variable })
  }
  return found
}

/** What an extent says of others, and they of it. */
const relationsOf = (
  name: string,
  atLeast: NonNullable<KnowledgeJson['atLeast']>,
  list: readonly KnowledgeJson[],
): readonly Relation[] => [
  ...atLeast.map(({ extent, plus }) => ({ kind: 'least', other: extent, by: plus }) as const),
  ...list.flatMap((other) =>
    (other.atLeast ?? []).flatMap(({ extent, plus }) =>
      extent === name ? [{ kind: 'most', other: other.name, by: -plus } as const] : [],
    ),
  ),
]

function readNode(json: NodeJson, pointer: string, state: Build): Node {
  const { id, path, depends } = json
  const base = { id, path, type: { shape: readShape(json, pointer, state), depends }, origin: readOrigin(json.origin, state) }
  switch (json.kind) {
    case 'input':
      return { ...base, kind: json.kind, name: json.name }
    case 'param':
    case 'state':
      return {
        ...base,
        kind: json.kind,
        init: readInitializer(json.init),
        trainable: json.trainable,
        ...(json.within && { within: [readNumber(json.within[0]), readNumber(json.within[1])] as const }),
        ...(json.annealed !== undefined && { annealed: readNumber(json.annealed) }),
      }
    case 'constant':
      return { ...base, kind: json.kind, values: json.values.map(readNumber) }
    case 'op': {
      const args = Object.entries(json.args).flatMap(([name, arg]): [string, Node | readonly Node[]][] => {
        const at = `${pointer}/args${pointerStep(name)}`
        if (typeof arg === 'number') return readNodeId(arg, at, state).map((node) => [name, node])
        return [[name, arg.flatMap((one, index) => readNodeId(one, `${at}/${index}`, state))]]
      })
      const attributes = Object.entries(json.attributes).map(([name, attribute]) => [
        name,
        readAttribute(attribute, `${pointer}/attributes${pointerStep(name)}`, state),
      ])
      return {
        ...base,
        kind: json.kind,
        op: json.op,
        args: Object.fromEntries(args),
        attributes: Object.fromEntries(attributes),
        frozen: json.frozen,
      }
    }
  }
}

function readShape(json: NodeJson, pointer: string, state: Build): Shape {
  const origin = readOrigin(json.origin, state)
  return json.shape.map((extent, axis) => ({ dim: readExtent(extent, `${pointer}/shape/${axis}`, state), origin }))
}

/** The node, or nothing when there is none yet: nodes only read earlier ones. */
function readNodeId(id: number, pointer: string, { nodes, violations }: Build): readonly Node[] {
  const node = nodes[id]
  if (node) return [node]
  violations.push({ pointer, message: `there is no node ${id} before this` })
  return []
}

function readInput(id: number, pointer: string, state: Build): readonly InputNode[] {
  return readNodeId(id, pointer, state).flatMap((node) => {
    if (node.kind === 'input') return [node]
    state.violations.push({ pointer, message: `node ${id} is not an input` })
    return []
  })
}

function readExtent(extent: ExtentJson, pointer: string, { extents, violations }: Build): Dim {
  if (typeof extent === 'number') return extent
  const result = parseDim(extent, extents)
  if ('dim' in result) return result.dim
  violations.push({ pointer, message: `${result.error.message} (at ${result.error.at + 1} of "${extent}")` })
  return 1
}

function readAttribute(json: AttributeJson, pointer: string, state: Build): Attribute {
  if (typeof json === 'string') return notInJson.get(json) ?? json
  if (typeof json !== 'object' || json === null) return json
  if ('extent' in json) return readExtent(json.extent, `${pointer}/extent`, state)
  return json.map((item, index) => readAttribute(item, `${pointer}/${index}`, state))
}

const notInJson: ReadonlyMap<string, number> = new Map(
  [Infinity, -Infinity, NaN].map((value) => [String(value), value] as const),
).set('-0', -0)

const readNumber = (json: NumberJson): number => (typeof json === 'number' ? json : Number(json))

/** The schema has checked the settings of each kind. */
const readInitializer = ({ kind, ...settings }: InitializerJson): Initializer => {
  const entries = Object.entries(settings).map(([name, value]) => {
    if (typeof value === 'object') return [name, value.map(readNumber)]
    return [name, name === 'fan' || name === 'distribution' ? value : readNumber(value)]
  })
  return { kind, ...Object.fromEntries(entries) } as Initializer
}

const readOrigin = (json: OriginJson | undefined, { sourceOf }: Build): Origin => ({
  span: json ? { source: sourceOf(json.file), start: json.start, end: json.end } : { source: withoutText(''), start: 0, end: 0 },
  frame: undefined,
})
