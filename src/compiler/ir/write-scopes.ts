import type { Argument, Port, Scope, ScopeKind } from '../graph/graph.ts'
import {
  extentToJson,
  initializerToJson,
  mapValues,
  numberToJson,
  spanToJson,
  type ExtentJson,
  type InitializerJson,
  type NumberJson,
  type SpanJson,
} from './json-values.ts'

export interface ScopeJson {
  readonly id: number
  /** Absent for the model that was compiled, as `under` is. */
  readonly parent?: number
  readonly kind: ScopeKind
  readonly name: string
  readonly declaration: SpanJson
  readonly call: SpanJson
  readonly statement: SpanJson
  readonly segments: readonly string[]
  readonly under?: number
  readonly arguments: Readonly<Record<string, ArgumentJson>>
  readonly extents: Readonly<Record<string, ExtentJson>>
  readonly inputs: readonly PortJson[]
  readonly outputs: readonly PortJson[]
  readonly names: readonly PortJson[]
  readonly index?: number
}

export interface PortJson {
  readonly name: string
  readonly node: number | readonly number[]
}

export type ArgumentJson =
  | { readonly kind: 'int'; readonly extent: ExtentJson }
  | { readonly kind: 'float'; readonly value: NumberJson }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'init'; readonly init: InitializerJson }
  | { readonly kind: 'list'; readonly items: readonly ArgumentJson[] }
  | { readonly kind: 'tensor'; readonly node: number }
  | {
      readonly kind: 'block'
      readonly name: string
      readonly given: readonly { readonly name?: string; readonly value: ArgumentJson }[]
      readonly layer?: string
      readonly frozen: boolean
    }
  | { readonly kind: 'hole' }

export const scopeToJson = ({ parent, under, index, ...scope }: Scope): ScopeJson => ({
  id: scope.id,
  ...(parent !== undefined && { parent }),
  kind: scope.kind,
  name: scope.name,
  ...(index !== undefined && { index }),
  declaration: spanToJson(scope.declaration),
  call: spanToJson(scope.call),
  statement: spanToJson(scope.statement),
  segments: scope.segments,
  ...(under !== undefined && { under }),
  arguments: mapValues(scope.arguments, argumentToJson),
  extents: mapValues(scope.extents, extentToJson),
  inputs: scope.inputs.map(portToJson),
  outputs: scope.outputs.map(portToJson),
  names: scope.names.map(portToJson),
})

const portToJson = ({ name, node }: Port): PortJson => ({ name, node: 'kind' in node ? node.id : node.map(({ id }) => id) })

function argumentToJson(argument: Argument): ArgumentJson {
  switch (argument.kind) {
    case 'int':
      return { kind: argument.kind, extent: extentToJson(argument.dim) }
    case 'float':
      return { kind: argument.kind, value: numberToJson(argument.value) }
    case 'init':
      return { kind: argument.kind, init: initializerToJson(argument.init) }
    case 'list':
      return { kind: argument.kind, items: argument.items.map(argumentToJson) }
    case 'tensor':
      return { kind: argument.kind, node: argument.node.id }
    case 'block':
      return { ...argument, given: argument.given.map(({ value, ...given }) => ({ ...given, value: argumentToJson(value) })) }
    default:
      return argument
  }
}
