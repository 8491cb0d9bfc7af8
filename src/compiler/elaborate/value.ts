import type { BlockDeclaration, ConstDeclaration, ModelDeclaration } from '../syntax/ast.ts'
import { printDim, printShape } from '../dim/print.ts'
import { isFree, type Dim } from '../dim/expr.ts'
import type { Extent, Node, WeightNode } from '../graph/graph.ts'
import type { Initializer } from '../graph/initializer.ts'
import type { Primitive } from '../primitives/primitive.ts'
import type { Origin, Span } from '../text/source.ts'
import type { Path } from './path.ts'
import type { Module } from '../reading/module.ts'

/**
 * What an expression of the text means while it is elaborated. `error` has been reported and is silent from then on; `unknown` is
 * what only a caller decides, and as silent.
 */
export type Value =
  | IntValue
  | FloatValue
  | (Known<'bool'> & { readonly value: boolean })
  | (Known<'text'> & { readonly value: string })
  | (Known<'word'> & { readonly word: string })
  | Known<'none'>
  | ListValue
  | TensorValue
  | ResultsValue
  | BlockValue
  | (Known<'init'> & { readonly init: Initializer })
  | Known<'error'>
  | Known<'unknown'>

interface Known<K extends string> {
  readonly kind: K
  /** Where the value was written or computed. */
  readonly origin: Origin
}

/** A value and the text of it. */
export interface Written {
  readonly value: Value
  readonly span: Span
}

/** An int is an extent, with all that is known of where it comes from. */
export type IntValue = Known<'int'> & Extent

export interface FloatValue extends Known<'float'> {
  readonly value: number
  /** The ints whose quotient it is, where they do not divide. */
  readonly quotient?: readonly [Value, Value]
}

export interface ListValue extends Known<'list'> {
  readonly items: readonly Value[]
}

export interface TensorValue extends Known<'tensor'> {
  readonly node: Node
}

/** Several values of one call; names where the declaration gives them. */
export interface ResultsValue extends Known<'results'> {
  readonly of: string
  readonly names: readonly (string | undefined)[]
  /** Where those names are given. */
  readonly named: readonly (Span | undefined)[]
  readonly items: readonly Value[]
}

export interface BlockValue extends Known<'block'> {
  readonly target: Target
  /** The name it was declared under, behind that of its family. */
  readonly name: string
  /** Of an op of a family of the library. */
  readonly family?: string
  /** Arguments given in advance, with holes for the rest; undefined for a bare name. */
  readonly given: Collected | undefined
  /** The weights every use shares; only `layer` makes them. */
  readonly layer: Layer | undefined
  readonly frozen: boolean
}

export interface Layer {
  readonly path: Path
  readonly weights: SharedWeights
  /** That of the call in its statement. */
  readonly label: string | undefined
}

export type Target =
  | { readonly kind: 'block'; readonly declaration: BlockDeclaration; readonly module: Module }
  | { readonly kind: 'model'; readonly declaration: ModelDeclaration; readonly module: Module }
  | { readonly kind: 'function'; readonly declaration: ConstDeclaration; readonly module: Module }
  | { readonly kind: 'primitive'; readonly primitive: Primitive }
  | { readonly kind: 'builtin'; readonly builtin: Builtin }

/** A function of compile-time values that is part of the language. */
export interface Builtin {
  readonly name: string
  readonly doc: string
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number]
  /** The primitive that does the same to tensors. */
  readonly primitive?: string
  readonly apply: (args: readonly Value[], origin: Origin) => Value | Refusal
}

/** What a function wanted and did not get. */
export interface Refusal {
  readonly wanted: string
  readonly argument: number
  /** Nothing but an int would do. */
  readonly isOfInts?: true
}

/** Weights of a layer by path: a second use finds those of the first. */
export type SharedWeights = Map<string, WeightNode>

/** One argument of a call: a value, or a hole that a later call fills. */
export interface Given {
  readonly value: Value | 'hole'
  readonly span: Span
  /** Where its name is written, when it has one. */
  readonly nameSpan?: Span
  /** The text of the value, where a pipe passes it. */
  readonly piped?: Span
}

/** The arguments of a call as written, before they meet parameters. */
export interface Collected {
  readonly positional: readonly Given[]
  readonly named: ReadonlyMap<string, Given>
  /** The lists that were spread into the call. */
  readonly spreads: readonly ListValue[]
  /** Some argument has been reported: the call can only stay silent. */
  readonly broken: boolean
  /** A list was spread of which nothing is known: there may be more arguments. */
  readonly open: boolean
}

/** A parameter's argument: one, the rest (for a variadic one), or nothing. */
export type Matched = ReadonlyMap<string, Given | readonly Given[]>

export const int = (dim: Dim, origin: Origin): Value => ({ kind: 'int', dim, origin })
/** An extent as a number of the text: it keeps where it was decided. */
export const extentValue = (extent: Extent): Value => ({ kind: 'int', ...extent })

/** An int as the extent it is. */
export const valueExtent = ({ kind: _kind, ...extent }: IntValue): Extent => extent

export const float = (value: number, origin: Origin): Value => ({ kind: 'float', value, origin })
export const bool = (value: boolean, origin: Origin): Value => ({ kind: 'bool', value, origin })
export const list = (items: readonly Value[], origin: Origin): ListValue => ({ kind: 'list', items, origin })
export const tensor = (node: Node, origin: Origin): TensorValue => ({ kind: 'tensor', node, origin })
export const failed = (origin: Origin): Value => ({ kind: 'error', origin })
export const unknown = (origin: Origin): Value => ({ kind: 'unknown', origin })

/** Whether nothing is to be said of a value. */
export const isSilent = ({ kind }: Value): boolean => kind === 'error' || kind === 'unknown'

/** What comes of values of which one is silent; undefined where none is. */
export function silenced(values: readonly Value[], origin: Origin): Value | undefined {
  if (values.some(({ kind }) => kind === 'error')) return failed(origin)
  return values.some(({ kind }) => kind === 'unknown') ? unknown(origin) : undefined
}

/** Whether a caller decides some of it: an extent of its maps, an element of a list. */
export function isOpen(value: Value): boolean {
  if (value.kind === 'int') return isFree(value.dim)
  return value.kind === 'list' ? value.items.some(isOpen) : value.kind === 'unknown'
}

/** Whether tensors are among its elements, or theirs. */
export const holdsTensors = ({ items }: ListValue): boolean =>
  items.some((item) => item.kind === 'tensor' || (item.kind === 'list' && holdsTensors(item)))

/** A compile-time number that is known outright, int or float. */
export const numberOf = (value: Value): number | undefined =>
  value.kind === 'float' ? value.value : value.kind === 'int' && typeof value.dim === 'number' ? value.dim : undefined

/** A value in the words of a message: `a map [56, 56, 64]`, `the int 3`. */
export function describe(value: Value): string {
  switch (value.kind) {
    case 'int':
      return `the int ${printDim(value.dim)}`
    case 'float':
      return `the float ${printFloat(value.value)}`
    case 'bool':
      return String(value.value)
    case 'text':
      return `the text "${value.value}"`
    case 'word':
      return `the word ${value.word}`
    case 'none':
      return 'none'
    case 'list':
      return value.items.length <= 6 && value.items.every((item) => numberOf(item) !== undefined)
        ? `the list ${printValue(value)}`
        : `a list of ${countOf(value)}`
    case 'tensor':
      return describeTensor(value.node)
    case 'results':
      return `the ${value.items.length} results of ${value.of}`
    case 'block':
      return `the ${value.target.kind === 'model' ? 'model' : 'block'} ${value.name}`
    case 'init':
      return 'an initialiser'
    case 'error':
      return 'a value with an error'
    case 'unknown':
      return 'a value that is not known'
  }
}

function countOf({ items }: ListValue): string {
  const noun = items.length > 0 && items.every(({ kind }) => kind === 'tensor') ? 'tensor' : 'value'
  return items.length === 1 ? `one ${noun}` : `${items.length} ${noun}s`
}

function describeTensor({ type: { shape } }: Node): string {
  const noun = shape.length === 3 ? 'a map' : shape.length === 1 ? 'a vector' : shape.length === 0 ? 'a scalar' : 'a tensor'
  return `${noun} ${printShape(shape)}`
}

/** Without the last digits, which are those of binary fractions. */
export const printFloat = (value: number): string => String(Number(value.toPrecision(12)))

/** A value as a text with `{…}` shows it. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case 'int':
      return printDim(value.dim)
    case 'float':
      return printFloat(value.value)
    case 'bool':
      return String(value.value)
    case 'text':
      return value.value
    case 'word':
      return value.word
    case 'list':
      return `[${value.items.map(printValue).join(', ')}]`
    case 'tensor':
      return printShape(value.node.type.shape)
    case 'results':
      return `(${value.items.map(printValue).join(', ')})`
    case 'block':
      return value.name
    default:
      return value.kind
  }
}
