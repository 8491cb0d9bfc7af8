import type { Argument, Port, Scope } from '../graph/graph.ts'
import { readExtent, readInitializer, readNodeId, readNumber, readSpan, type Reading } from './read-values.ts'
import { pointerStep } from './violation.ts'
import type { ArgumentJson, PortJson, ScopeJson } from './write-scopes.ts'

/** A scope, of which `verify` says whether what it is in exists. */
export function readScope(json: ScopeJson, pointer: string, reading: Reading): Scope {
  const ports = (key: 'inputs' | 'outputs' | 'names'): readonly Port[] =>
    json[key].flatMap((port, i) => readPort(port, `${pointer}/${key}/${i}/node`, reading))
  return {
    id: json.id,
    parent: json.parent,
    kind: json.kind,
    name: json.name,
    ...(json.index !== undefined && { index: json.index }),
    declaration: readSpan(json.declaration, reading),
    call: readSpan(json.call, reading),
    statement: readSpan(json.statement, reading),
    segments: json.segments,
    under: json.under,
    arguments: readEach(json.arguments, `${pointer}/arguments`, (one, at) => readArgument(one, at, reading)),
    extents: readEach(json.extents, `${pointer}/extents`, (one, at) => [readExtent(one, at, reading)]),
    inputs: ports('inputs'),
    outputs: ports('outputs'),
    names: ports('names'),
  }
}

const readEach = <A, B>(
  record: Readonly<Record<string, A>>,
  pointer: string,
  read: (value: A, pointer: string) => readonly B[],
): Readonly<Record<string, B>> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      read(value, `${pointer}${pointerStep(name)}`).map((one) => [name, one] as const),
    ),
  )

function readPort({ name, node }: PortJson, pointer: string, reading: Reading): readonly Port[] {
  if (typeof node === 'number') return readNodeId(node, pointer, reading).map((one) => ({ name, node: one }))
  return [{ name, node: node.flatMap((id, i) => readNodeId(id, `${pointer}/${i}`, reading)) }]
}

/** The argument, or nothing where the node that it is does not exist. */
function readArgument(json: ArgumentJson, pointer: string, reading: Reading): readonly Argument[] {
  switch (json.kind) {
    case 'int':
      return [{ kind: json.kind, dim: readExtent(json.extent, `${pointer}/extent`, reading) }]
    case 'float':
      return [{ kind: json.kind, value: readNumber(json.value) }]
    case 'init':
      return [{ kind: json.kind, init: readInitializer(json.init) }]
    case 'tensor':
      return readNodeId(json.node, `${pointer}/node`, reading).map((node) => ({ kind: json.kind, node }))
    case 'list':
      return [{ kind: json.kind, items: json.items.flatMap((item, i) => readArgument(item, `${pointer}/items/${i}`, reading)) }]
    case 'block': {
      const given = json.given.flatMap(({ value, ...one }, i) =>
        readArgument(value, `${pointer}/given/${i}/value`, reading).map((argument) => ({ ...one, value: argument })),
      )
      return [{ ...json, given }]
    }
    default:
      return [json]
  }
}
