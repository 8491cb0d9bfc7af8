import type { Condition } from '../dim/condition.ts'
import type { Dim } from '../dim/expr.ts'
import type { Code, FactsOf } from '../catalog/index.ts'
import type { Extent, Shape, TensorType } from '../graph/graph.ts'
import type { Saying } from '../text/label-text.ts'
import type { Facts } from './facts.ts'
import type { Targets } from './target.ts'

/** The kinds of parameters of a primitive and the type each has in its rules. */
interface Kinds {
  /** A tensor value. */
  tensor: TensorType
  /** A tensor value or `none`. */
  optional_tensor: TensorType | undefined
  /** At least one tensor, the rest of the positional arguments. */
  tensors: readonly TensorType[]
  int: number
  number: number
  bool: boolean
  /** [height, width]; in the text also one int for both. */
  size: readonly [number, number]
  /** `same`, `valid`, `half` stays a word; anything explicit is [[top, bottom], [left, right]]. */
  padding: Padding
  /** [[top, bottom], [left, right]], of extents that may be symbolic; in the text also one for all sides, or [h, w]. */
  pads: Pads
  ints: readonly number[]
  /** One axis or several; in the text also one int. */
  axes: readonly number[]
  /** Extents that may be symbolic. */
  dims: readonly Dim[]
}

export type Pads = readonly [readonly [Dim, Dim], readonly [Dim, Dim]]

export type Padding = 'same' | 'valid' | readonly [readonly [number, number], readonly [number, number]]

export type Kind = keyof Kinds

export interface Parameter {
  readonly kind: Kind | { readonly words: readonly string[] }
  /** The value where the call gives none; a parameter without one is required. `null` means `none`. */
  readonly default?: unknown
  /**
   * What more is known of a value than its kind: that a tensor is a map [H, W, C], or that an int, or each of a list, is an axis of
   * the tensors of the call. Who lays maps out in another way reads it.
   */
  readonly means?: 'map' | 'axis'
  readonly doc: string
}

export type Signature = Readonly<Record<string, Parameter>>

type ValueOf<P extends Parameter> = P['kind'] extends { readonly words: readonly (infer W)[] }
  ? W
  : P['kind'] extends Kind
    ? Kinds[P['kind']]
    : never

type ValuesOf<S extends Signature> = { readonly [K in keyof S]: ValueOf<S[K]> }

interface Blamed {
  readonly parameter: string
  /** Of a list the number that is wrong. */
  readonly number?: number | undefined
}

/** An argument as it was given: what it is as a whole, or the extent in it that is one along an axis. */
export type Involved = { readonly parameter: string } & ({ readonly what: string } | { readonly axis: number })

/** A mistake in a call, as the shape rule sees it: the elaborator adds the place. */
export interface Problem {
  readonly code: Code
  readonly facts: Readonly<Record<string, string>>
  /** Extents that take part, each with what was decided there. */
  readonly labels: readonly ({ readonly extent: Extent } & Saying)[]
  readonly notes?: readonly string[]
  /** What should be equal and is not, where the extents of the labels are others. */
  readonly unequal?: readonly Dim[]
  /** The argument that is wrong by itself, whatever the tensors are. */
  readonly blames?: Blamed
  /** Arguments that take part in it. */
  readonly involves?: readonly Involved[]
  /** What would settle a claim that cannot be proved: `H % 16 == 0`; empty where nothing that a `where` says does. */
  readonly missing?: readonly Condition[]
}

export interface Refused {
  readonly problem: Problem
}

export const problem = <C extends Code>(
  code: C,
  facts: FactsOf<C>,
  labels: Problem['labels'] = [],
  notes: readonly string[] = [],
): Refused => ({ problem: { code, facts: facts as Readonly<Record<string, string>>, labels, notes } })

/** The refusal of one argument, which is wrong by itself. */
export const blaming = (blames: Blamed, refused: Refused): Refused => ({ problem: { ...refused.problem, blames } })

/** The refusal of extents that should be equal, among others that are told. */
export const disagreeing = (unequal: readonly Dim[], refused: Refused): Refused => ({ problem: { ...refused.problem, unequal } })

/** An axis of a result: one handed on from an argument (it keeps its origin), or a new one with the arithmetic that gave it. */
export type ResultExtent = Extent | { readonly dim: Dim; readonly how?: string; readonly from?: readonly Extent[] }

export type ResultShape = readonly ResultExtent[] | Refused

export interface Primitive {
  readonly name: string
  /** What it computes, with the formula and the units. */
  readonly doc: string
  /** Where it comes from: a paper with its section. */
  readonly paper?: string
  /** The shape of the result, in words and extents. */
  readonly result: string
  /** The body of a model that compiles. */
  readonly example: string
  readonly signature: Signature
  /** What is certain of the result of every call; `factsOf` adds what attributes and shapes decide of a call that is accepted. */
  readonly facts: Facts
  readonly factsOf?: (call: Readonly<Record<string, never>>) => Facts
  readonly shape: (call: Readonly<Record<string, never>>) => ResultShape
  /** Multiply-adds per sample; 0 where nothing is said. */
  readonly macs?: (call: Readonly<Record<string, never>>, result: Shape) => Dim
  /** Why it cannot be trained with these attributes, or undefined when it can. */
  readonly gradientLimit?: (call: Readonly<Record<string, never>>) => string | undefined
  readonly targets: Targets<Readonly<Record<string, never>>>
}

type TensorsOf<S extends Signature> = {
  [P in keyof S]: S[P]['kind'] extends 'tensor' | 'optional_tensor' | 'tensors' ? P : never
}[keyof S] &
  string

interface Definition<S extends Signature> {
  readonly name: string
  readonly doc: string
  readonly paper?: string
  readonly result: string
  readonly example: string
  readonly signature: S
  readonly facts: Facts<TensorsOf<S>>
  readonly factsOf?: (call: ValuesOf<S>) => Facts<TensorsOf<S>>
  readonly shape: (call: ValuesOf<S>) => ResultShape
  readonly macs?: (call: ValuesOf<S>, result: Shape) => Dim
  readonly gradientLimit?: (call: ValuesOf<S>) => string | undefined
  readonly targets: Targets<ValuesOf<S>>
}

/**
 * A primitive, with its rules typed by its signature. The registry forgets the signature's type again: the elaborator checks
 * every call against `signature` at run time, which is what makes that sound.
 */
export function definePrimitive<const S extends Signature>(definition: Definition<S>): Primitive {
  return definition as Primitive
}
