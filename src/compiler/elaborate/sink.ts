import type { Declaration, Expr } from '../syntax/ast.ts'
import type { Binding } from '../syntax/bindings.ts'
import type { Module } from '../reading/module.ts'
import type { Frame, Span } from '../text/source.ts'
import type { Value } from './value.ts'

/** What a name of the text stands for. */
export type Meaning =
  /** Something that the file makes or imports; it knows all its uses. */
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** An op of the library, by the declaration of it. */
  | { readonly kind: 'declaration'; readonly declaration: Declaration; readonly module: Module }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'primitive'; readonly name: string }
  /** A word of the enum that is wanted where it stands. */
  | { readonly kind: 'word'; readonly word: string }

/** Where in the elaboration something is: in which call, and in which turns of the loops around it. */
export interface Where {
  readonly frame: Frame | undefined
  readonly turns: readonly number[]
}

/**
 * Is told what a compilation finds out of the user's texts: in each turn of a loop and in each call anew, in the order of the
 * elaboration; of a block and of a model that lacks a parameter also where they stand, whoever calls them. What is not elaborated (a branch that is not taken) is not told; `bindingsIn` has its names all the same.
 */
export interface Sink {
  /** What an expression is there; of a step of a pipe, what comes out of it. */
  readonly value: (expression: Expr, value: Value, where: Where) => void
  /** What a name stands for where it is made, assigned or read, and its value then. */
  readonly name: (span: Span, meaning: Meaning, value: Value, where: Where) => void
}
