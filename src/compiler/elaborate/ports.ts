import type { Node, Argument, Port } from '../graph/graph.ts'

import type { BlockValue, Given, Value } from './value.ts'

/** What a scope is given: tensors, and lists of them, are its inputs, everything else its arguments. */
export function givenTo(values: Iterable<readonly [string, Value]>): {
  readonly inputs: readonly Port[]
  readonly arguments: Readonly<Record<string, Argument>>
} {
  const inputs: Port[] = []
  const others: [string, Argument][] = []
  for (const [name, value] of values) {
    const node = tensorsIn(value)
    const argument = node ? undefined : argumentOf(value)
    if (node) inputs.push({ name, node })
    else if (argument) others.push([name, argument])
  }
  return { inputs, arguments: Object.fromEntries(others) }
}

/** What a scope gives; nothing for a value that is no tensor. */
export function resultsIn(value: Value): readonly Port[] {
  if (value.kind !== 'results') return portOf('result', value)
  return value.items.flatMap((item, i) => portOf(value.names[i] ?? String(i), item))
}

/** The tensors of these names, of those that have any. */
export function portOf(name: string, value: Value | undefined): readonly Port[] {
  const node = value && tensorsIn(value)
  return node ? [{ name, node }] : []
}

function tensorsIn(value: Value): Node | readonly Node[] | undefined {
  if (value.kind === 'tensor') return value.node
  if (value.kind !== 'list' || value.items.length === 0) return undefined
  const nodes = value.items.flatMap((item) => (item.kind === 'tensor' ? [item.node] : []))
  return nodes.length === value.items.length ? nodes : undefined
}

/** A value as data; undefined for one that a mistake left, and for several results. */
function argumentOf(value: Value): Argument | undefined {
  switch (value.kind) {
    case 'int':
      return { kind: 'int', dim: value.dim }
    case 'float':
      return { kind: 'float', value: value.value }
    case 'bool':
      return { kind: 'bool', value: value.value }
    case 'text':
      return { kind: 'text', value: value.value }
    case 'word':
      return { kind: 'word', word: value.word }
    case 'none':
      return { kind: 'none' }
    case 'init':
      return { kind: 'init', init: value.init }
    case 'tensor':
      return { kind: 'tensor', node: value.node }
    case 'list':
      return { kind: 'list', items: value.items.flatMap((item) => argumentOf(item) ?? []) }
    case 'block':
      return blockArgument(value)
    default:
      return undefined
  }
}

function blockArgument({ name, given, layer, frozen }: BlockValue): Argument {
  const positional = (given?.positional ?? []).flatMap((one) => givenArgument(one))
  const named = [...(given?.named ?? [])].flatMap(([key, one]) =>
    givenArgument(one).map((argument) => ({ name: key, ...argument })),
  )
  return { kind: 'block', name, given: [...positional, ...named], frozen, ...(layer && { layer: layer.path.own.text }) }
}

function givenArgument({ value }: Given): readonly { readonly value: Argument }[] {
  const argument: Argument | undefined = value === 'hole' ? { kind: 'hole' } : argumentOf(value)
  return argument ? [{ value: argument }] : []
}
