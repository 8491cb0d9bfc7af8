import type { Expr } from '../syntax/ast.ts'
import type { Node } from '../graph/graph.ts'
import { isSamePlace, type Span } from '../text/source.ts'
import type { Context, Entry } from '../elaborate/context.ts'
import { givenList } from '../elaborate/given-values.ts'
import { expressionAt } from './written.ts'
import type { Given } from '../elaborate/value.ts'

/** A tensor that a call in the user's text brings together with others, and what is written for it. */
export interface Operand {
  readonly node: Node
  readonly expr: Expr
  /** It stands beside an operator, which binds tighter than a pipe. */
  readonly infix: boolean
}

/** A call in the user's text, and the tensors that meet in it. */
export interface Meeting {
  readonly call: Expr
  readonly operands: readonly Operand[]
  readonly ctx: Context
}

/** The tensors that meet in a call, `at` its place in the user's text. */
export function meetingAt(at: Span, entry: Entry | undefined, ctx: Context): Meeting | undefined {
  if (!entry || at.source.library) return undefined
  const read = (text: Span): Expr | undefined => expressionAt(text, ctx)
  const call = read(at)
  if (!call) return undefined
  const infix = call.kind === 'chain' || call.kind === 'compare'
  const tensors = [...entry.matched.values()].flatMap(givenList).flatMap(tensorOf)
  const spans = tensors.map(({ given: { piped, span: own } }) => piped ?? own)
  const elements = elementsOf(spans, read)
  const operands = tensors.flatMap(({ node }, i): readonly Operand[] => {
    const written = spans[i]!
    if (isSamePlace(written, at)) return []
    const expr = elements ? elements[i] : read(written)
    return expr ? [{ node, expr, infix }] : []
  })
  return { call, operands, ctx: entry.ctx }
}

const tensorOf = (given: ReturnType<typeof givenList>[number]): readonly { readonly node: Node; readonly given: Given }[] =>
  given.value.kind === 'tensor' ? [{ node: given.value.node, given }] : []

/** The elements of a list that is written out in the call. */
function elementsOf(spans: readonly Span[], read: (place: Span) => Expr | undefined): readonly Expr[] | undefined {
  const [first, ...others] = spans
  const list = first && others.length > 0 && others.every((span) => isSamePlace(span, first)) ? read(first) : undefined
  if (list?.kind !== 'list' || list.items.length !== spans.length) return undefined
  return list.items.every((item) => item.kind === 'value') ? list.items.map(({ value }) => value) : undefined
}
