import type { Condition } from '../dim/condition.ts'
import type { Node } from '../graph/graph.ts'
import type { Problem } from '../primitives/primitive.ts'
import type {
  CallExpr,
  Expr,
  Identifier,
  IndexExpr,
  ListExpr,
  MemberExpr,
  Pattern,
  Result,
  Statement,
  TypeExpr,
} from '../syntax/ast.ts'
import type { Frame, Span } from '../text/source.ts'
import type { Formal } from './formals.ts'
import type { FloatValue, IntValue, ResultsValue, TensorValue, Value, Collected, Given, Matched, Written } from './value.ts'
import type { Misfit } from './misfit.ts'
import type { Place, Wanted } from './place.ts'
import type { WrittenExtent } from './written-extent.ts'

/**
 * What mistakes come from, as data: the evaluator says it, and does not know what would mend it. `remedies/` has for each kind what is
 * to be noted and which edits are to be tried. A context knows what is done with causes, and some of them tell of one.
 */
export interface CausesIn<Context> {
  /** An argument that its parameter cannot take. */
  'wrong-kind': { readonly value: Value; readonly wanted: Wanted; readonly place: Place }
  /** What an op computes with, or an output is, and is no tensor. */
  'not-a-tensor': { readonly value: Value; readonly written: Span; readonly use: 'operand' | 'output' }
  /** What a layer is given and is no block value. */
  'not-a-block': { readonly value: Value }
  /** What is called and cannot be. */
  'not-callable': { readonly value: Value }
  /** What is spread, or gone through by a `for`, and is no list. */
  'not-a-list': { readonly value: Value; readonly written: Span; readonly use: 'spread' | 'for' }
  /** What is indexed and is no list or tensor. */
  'not-indexable': { readonly value: Value; readonly expr: IndexExpr }
  /** Not as many indices as what is indexed has axes. */
  'index-count': { readonly value: Value; readonly expr: IndexExpr }
  'index-out-of-range': { readonly value: Value; readonly expr: IndexExpr }
  /** What arithmetic or a function of numbers cannot take. */
  'not-a-number': { readonly value: Value }
  'float-for-int': { readonly value: FloatValue }
  /** Lists that an operator cannot take element by element: they hold no numbers, or not as many of them. */
  'operator-of-lists': { readonly op: string; readonly left: Written; readonly right: Written; readonly written: Span }
  /** Not as many values as names that they are assigned to. */
  'unequal-targets': { readonly value: Value; readonly count: number; readonly targets: readonly Pattern[] }
  /** A claim on the inputs' extents that cannot be proved. */
  'missing-where': {
    /** What would settle it; none where nothing is known to. */
    readonly conditions: readonly Condition[]
  }
  /** A comparison that some sizes of the inputs decide so and others otherwise, and what would settle it. */
  'undecided-comparison': { readonly conditions: readonly Condition[] }
  'failed-requirement': { readonly condition: Expr }
  /** What is no bool where one decides. */
  'not-a-condition': { readonly value: Value; readonly condition: Expr }
  /** Values that have no order, in a comparison. */
  'not-ordered': { readonly value: Value; readonly expr: Expr & { readonly kind: 'compare' } }
  /** A tensor with another number of axes than its parameter has. */
  'wrong-rank': { readonly wanted: number; readonly value: TensorValue; readonly place: Place }
  /** A tensor whose extents are not those that its parameter's shape says. */
  'wrong-extents': { readonly misfits: readonly Misfit[]; readonly value: TensorValue; readonly place: Place }
  /** A value that has not the shape which is written at its name; `expr` is what it is of, where it is written there. */
  'wrong-annotation': {
    readonly value: TensorValue
    readonly written: readonly WrittenExtent[]
    readonly shape: ListExpr
    readonly expr: Expr | undefined
  }
  /** A result that is not what its block declares; `type` is the shape that is written for it. */
  'wrong-result': { readonly value: Value; readonly written: readonly WrittenExtent[]; readonly type: TypeExpr | undefined }
  /** More results declared than returned. */
  'missing-results': { readonly results: readonly Result[]; readonly found: number; readonly body: readonly Statement[] }
  /** An extent of a weight that depends on the size of the input. */
  'symbolic-weight': { readonly extent: IntValue }
  /** A use of a layer that needs weights of another shape than its first one made. */
  'shared-weight': { readonly use: Span }
  /** An extent of a weight that came out below 1. */
  'empty-weight': { readonly extent: IntValue }
  /** A call that its shape rule refuses. */
  'refused-call': RefusedCall<Context>
  /** Several values of one call where one is wanted. */
  'several-results': {
    readonly value: ResultsValue
    /** What gives them. */
    readonly written: Span
  }
  'missing-argument': CalledWith & { readonly formal: Formal; readonly args: Collected }
  /** Of maps that are combined fewer than two. */
  'too-few-arguments': { readonly given: readonly Given[]; readonly call: Span }
  /** More holes than the one value that a pipe passes. */
  'several-holes': { readonly call: CallExpr }
  /** A hole that is no argument. */
  'hole-alone': { readonly written: Span }
  'too-many-arguments': CalledWith & { readonly args: Collected }
  'unknown-argument': CalledWith & { readonly name: string; readonly given: Given }
  /** What is said of a weight and means nothing there. */
  'unknown-option': { readonly name: Identifier; readonly value: Value; readonly written: Span; readonly options: readonly string[] }
  /** A name that nothing has; `words` are those of the enum that is wanted there. */
  'unknown-name': { readonly name: string; readonly written: Span; readonly words: readonly string[] | undefined }
  /** What a result is said to be like and is none of the block's `tensors`. */
  'unknown-like': { readonly name: Identifier; readonly tensors: readonly string[] }
  'unknown-type': { readonly name: Identifier; readonly types: readonly string[] }
  'unknown-member': { readonly expr: MemberExpr; readonly members: readonly string[] }
  /** A member that a family of the library does not have. */
  'unknown-op': { readonly family: string; readonly expr: MemberExpr; readonly ops: readonly string[] }
  /** A family where one of its ops is wanted. */
  'family-alone': { readonly name: string; readonly written: Span; readonly ops: readonly string[] }
  'misplaced-statement': { readonly statement: Statement }
  /** A block that returns nothing. */
  'no-return': { readonly body: readonly Statement[] }
  'no-output': { readonly body: readonly Statement[] }
  /** A weight whose path another has; the call that it was made in. */
  'repeated-path': { readonly frame: Frame | undefined }
  /** A label that names what another one or a statement does; the names that are taken. */
  'repeated-label': { readonly label: Identifier; readonly taken: ReadonlySet<string> }
  /** A label, and what it stands behind, which has no weights. */
  'idle-label': { readonly label: Identifier; readonly behind: Span }
}

interface CalledWith {
  readonly op: string
  readonly formals: readonly Formal[]
  readonly call: Span
}

interface RefusedCall<Context> {
  readonly problem: Problem
  /** The op that the user called. */
  readonly op: string
  readonly call: Span
  /** Of the call that the rule is about, which may be one of the library's. */
  readonly matched: Matched
  /** The maps that meet in it. */
  readonly tensors: readonly Node[]
  /** The same with weights and constants. */
  readonly nodes: readonly Node[]
  /** The call in the user's text in which they meet. */
  readonly entry: EntryIn<Context> | undefined
  readonly primitive: string | undefined
}

/** A call in the user's text, inside of which the library is elaborated. */
export interface EntryIn<Context> {
  readonly matched: Matched
  /** Where the call stands. */
  readonly ctx: Context
}
