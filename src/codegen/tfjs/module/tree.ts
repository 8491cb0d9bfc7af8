import type { Dim } from '../../../compiler/dim/expr.ts'
import type { TensorType } from '../../../compiler/graph/graph.ts'

/** Where in the calls of a function something was seen: which call, and which turns of the loops around it, outermost first. */
export interface Place {
  /** The scope of the call. */
  readonly call: number
  readonly turns: readonly number[]
}

export interface Case<T> {
  readonly at: Place
  readonly value: T
}

/** A value that is known before anything runs. */
export type Atom = Dim | boolean | string | null | undefined | NamedAtom | readonly Atom[]

/** Something that has a name in the emitted module. */
export type NamedAtom = {
  readonly named: string
  /** Of what it is, as a parameter. */
  readonly type: string
} & (
  | {
      /**
       * A function of TensorFlow.js, of the runtime file, or of a block by its class; the function that gives what it is given; a constant of
       * the graph by its number; or an expression as it is.
       */
      readonly of: 'tfjs' | 'runtime' | 'block' | 'identity' | 'constant' | 'expression'
    }
  /** The weights of a call, by their path. */
  | { readonly of: 'weights'; readonly segments: readonly string[] }
)

/** What may differ from place to place. */
export interface Hole {
  readonly kind: 'hole'
  /** What a parameter for it would be called. */
  readonly hint: string
  /** An extent, which the shape of an argument can tell. */
  readonly extent: boolean
  readonly cases: readonly Case<Atom>[]
}

/** A step of the way to a weight: a key, or the turn of a loop or a comprehension. */
export type Step = string | Hole

export type Tree =
  | Hole
  /** Any of these variables holds it. */
  | { readonly kind: 'local'; readonly names: readonly string[] }
  /** Of a list of maps. */
  | { readonly kind: 'element'; readonly lists: readonly string[]; readonly index: Hole }
  | { readonly kind: 'weight'; readonly path: readonly Step[] }
  | { readonly kind: 'constant'; readonly id: Hole }
  /** A number of the graph, which takes the place of a tensor. */
  | { readonly kind: 'number'; readonly value: Hole }
  /** `fn` is the function, by its name in the tfjs namespace or in the runtime file. */
  | { readonly kind: 'tf'; readonly fn: Hole; readonly args: readonly Tree[]; readonly rank: readonly Case<number>[] }
  /** The call of a block; `scopes` say which call it is at each place. */
  | {
      readonly kind: 'call'
      readonly declaration: string
      readonly scopes: readonly Case<number>[]
      readonly inputs: Readonly<Record<string, Tree>>
      readonly weights: readonly Step[] | undefined
    }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'spread'; readonly of: Tree }
  /** A comprehension: a list with what each turn gives, or (`isFlat`) with all that is in the lists that the turns give. */
  | {
      readonly kind: 'map'
      readonly variable: string
      readonly from: Hole
      readonly to: Hole
      readonly body: Body
      readonly isFlat: boolean
    }
  | { readonly kind: 'batch'; readonly of: Tree }
  /** What is made on the way is disposed of. */
  | { readonly kind: 'tidy'; readonly of: Tree }
  /** What is disposed of once the value is there. */
  | { readonly kind: 'replace'; readonly old: readonly Tree[]; readonly value: Tree }
  | { readonly kind: 'choice'; readonly branches: readonly Branch[] }

export interface Branch {
  readonly at: readonly Place[]
  readonly tree: Tree
}

/** What a variable holds: a tensor, or a list of tensors. */
export interface Holds {
  readonly list: boolean
  /** Of the tensor, or of the first of the list. */
  readonly type: TensorType | undefined
}

export type Statement =
  | {
      readonly kind: 'let'
      readonly name: string
      readonly value: Tree
      readonly holds: readonly Case<Holds>[]
      readonly at: readonly Place[]
    }
  /** Several results of one call. */
  | {
      readonly kind: 'destructure'
      readonly names: readonly { readonly output: string; readonly name: string; readonly holds: readonly Case<Holds>[] }[]
      readonly value: Tree
      readonly at: readonly Place[]
    }
  | {
      readonly kind: 'loop'
      readonly variable: string
      readonly from: Hole
      readonly to: Hole
      readonly body: Body
      readonly at: readonly Place[]
    }
  | {
      readonly kind: 'return'
      readonly values: readonly { readonly name: string; readonly value: Tree; readonly holds: readonly Case<Holds>[] }[]
      readonly at: readonly Place[]
    }

export type Body = readonly Statement[]

export interface Parameter {
  readonly name: string
  readonly holds: readonly Case<Holds>[]
}

export const samePlace = (a: Place, b: Place): boolean =>
  a.call === b.call && a.turns.length === b.turns.length && a.turns.every((turn, i) => turn === b.turns[i])
