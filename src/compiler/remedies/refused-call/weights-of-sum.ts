import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import type { Context } from '../../elaborate/context.ts'
import { writingWithin } from '../../fixes/writing.ts'
import type { Node } from '../../graph/graph.ts'
import type { Expr } from '../../syntax/ast.ts'
import { textOf, type Span } from '../../text/source.ts'
import { surroundingsOf } from '../surroundings.ts'

/** A weight with one number for each term of a sum, which is written as if it were one number: each term gets its own. */
export function weightsOfSum(tensors: readonly Node[], product: Span, ctx: Context): readonly Fix[] {
  const weight = tensors.find(({ kind, type }) => kind === 'param' && type.shape.length === 1)
  const sum = surroundingsOf(product, ctx)?.exprs.findLast((expr) => expr.kind === 'chain' && expr.rest.every(({ op }) => op === '+'))
  const terms = sum?.kind === 'chain' ? [sum.first, ...sum.rest.map(({ value }) => value)] : []
  const name = weight && ctx.scope.all().find((one) => isNode(one, weight, ctx))
  if (!sum || name === undefined || terms.length !== weight?.type.shape[0]?.dim) return []
  const edits = terms.map((term, i) => editOf(term, name, i))
  const { source, start, end } = sum.span
  const text = [...edits].reverse().reduce(
    (whole, { span, text: put }) => whole.slice(0, span.start - start) + put + whole.slice(span.end - start),
    source.text.slice(start, end),
  )
  return [writingWithin(sum.span, { span: sum.span, text })]
}

const isNode = (name: string, node: Node, { scope }: Context): boolean => {
  const value = scope.get(name)
  return value?.kind === 'tensor' && value.node === node
}

/** The weight of a term, in place of the whole weight or before the term. */
function editOf(term: Expr, name: string, index: number): Edit {
  const factors = term.kind === 'chain' ? [term.first, ...term.rest.map(({ value }) => value)] : []
  const own = factors.find((factor) => factor.kind === 'name' && factor.name === name)
  const text = `${name}[${index}]`
  if (own) return { span: own.span, text }
  const span = term.outer ?? term.span
  return { span, text: `${text} * ${textOf(span)}` }
}
