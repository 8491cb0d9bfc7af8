import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { variablesOf, type Dim, type Relation, type Variable } from '../dim/expr.ts'
import { inputExtent } from '../dim/variable.ts'
import type { Attribute, Graph, InputNode, Node, Shape } from '../graph/graph.ts'
import type { SpanJson } from './json-values.ts'
import { readScope } from './read-scopes.ts'
import { readExtent, readInitializer, readNodeId, readNumber, readSpan, withoutText, type Reading } from './read-values.ts'
import type { AttributeJson, GraphJson, KnowledgeJson, NodeJson } from './write-json.ts'
import graphSchema from './graph.schema.json' with { type: 'json' }
import { schemaComplaints } from './schema-complaint.ts'
import type { Origin, Source } from '../text/source.ts'
import { verify } from './verify.ts'
import { pointerStep, type Violation } from './violation.ts'

type ReadGraph = { readonly graph: Graph } | { readonly violations: readonly Violation[] }

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

function build(
  json: GraphJson,
  sourceOf: (file: string) => Source,
): { readonly graph: Graph; readonly violations: readonly Violation[] } {
  const violations: Violation[] = []
  const variables = readExtents(json.extents, violations)
  const extents = new Map([...variables].map(([name, { dim }]) => [name, dim]))
  const state: Reading = { extents, sourceOf: memo(sourceOf), nodes: [], violations }
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
    scopes: json.scopes.map((scope, index) => readScope(scope, `/scopes/${index}`, state)),
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

function readNode(json: NodeJson, pointer: string, state: Reading): Node {
  const { id, path, depends, scope, binding } = json
  const [origin, ...others] = (json.origins ?? [undefined]).map((place) => readOrigin(place, state))
  const base = {
    id,
    path,
    segments: segmentsIn(path),
    type: { shape: readShape(json, pointer, state), depends },
    scope,
    ...(binding !== undefined && { binding }),
    statement: readSpan(json.statement, state),
    origins: [origin!, ...others] as const,
  }
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

/** Paths are texts in JSON; nowhere else is one taken apart. */
const segmentsIn = (path: string): readonly string[] => path.split('/')

function readShape(json: NodeJson, pointer: string, state: Reading): Shape {
  const origin = readOrigin(json.origins?.[0], state)
  return json.shape.map((extent, axis) => ({ dim: readExtent(extent, `${pointer}/shape/${axis}`, state), origin }))
}

function readInput(id: number, pointer: string, state: Reading): readonly InputNode[] {
  return readNodeId(id, pointer, state).flatMap((node) => {
    if (node.kind === 'input') return [node]
    state.violations.push({ pointer, message: `node ${id} is not an input` })
    return []
  })
}

function readAttribute(json: AttributeJson, pointer: string, state: Reading): Attribute {
  if (typeof json === 'string') return notInJson.get(json) ?? json
  if (typeof json !== 'object' || json === null) return json
  if ('extent' in json) return readExtent(json.extent, `${pointer}/extent`, state)
  return json.map((item, index) => readAttribute(item, `${pointer}/${index}`, state))
}

const notInJson: ReadonlyMap<string, number> = new Map(
  [Infinity, -Infinity, NaN].map((value) => [String(value), value] as const),
).set('-0', -0)

const readOrigin = (json: SpanJson | undefined, state: Reading): Origin => ({ span: readSpan(json, state), frame: undefined })

function memo(sourceOf: (file: string) => Source): (file: string) => Source {
  const known = new Map<string, Source>()
  return (file) => {
    let source = known.get(file)
    if (!source) known.set(file, (source = sourceOf(file)))
    return source
  }
}
