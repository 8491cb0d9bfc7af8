import type { Span } from '../text/source.ts'
import type { TensorValue } from './value.ts'

/** What a parameter takes: of which kind, and in the words of a message. */
export interface Wanted {
  readonly kind: 'tensor' | 'block' | 'bool' | 'text' | 'int' | 'float' | 'size' | 'axes' | 'padding' | 'init' | 'word' | 'list'
  readonly text: string
}

/** Where an argument stands, and for which parameter: what a message about it needs. */
export interface Place {
  readonly op: string
  readonly argument: string
  readonly span: Span
  /** The whole call, where two arguments do not fit each other. */
  readonly call: Span
  /** It is an element of the list that was given. */
  readonly isElement?: boolean
  /** Other arguments of the call that are wrong in the same way: one mistake. */
  readonly alike?: readonly (Pick<Place, 'argument' | 'span'> & { readonly value: TensorValue })[]
  /** The argument that it was exchanged with, where it fits that one's parameter and that fits here. */
  readonly exchangedWith?: Span | undefined
}
