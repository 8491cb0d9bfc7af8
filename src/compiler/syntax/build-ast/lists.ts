import type { ClauseCstNode, ItemCstNode, ListCstNode } from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { nodeOf, spanOf, tokenOf, valueOf, type Reading } from './cst-parts.ts'
import { patternOf } from './patterns.ts'

/** A list, or a shape; an empty one where it is not there. */
export const listOf = (cst: ListCstNode | undefined, reading: Reading): ast.ListExpr => ({
  kind: 'list',
  items: (cst?.children.item ?? []).flatMap((item) => itemOf(item, reading)),
  span: spanOf(cst, reading),
})

function itemOf({ children }: ItemCstNode, reading: Reading): readonly ast.Item[] {
  const comprehension = nodeOf(children.comprehension)
  if (comprehension) {
    const clauses = (comprehension.children.clause ?? []).map((clause) => clauseOf(clause, reading))
    return [{ kind: 'comprehension', clauses, value: valueOf(comprehension, reading) }]
  }
  const value = nodeOf(children.expression)
  return value ? [{ kind: tokenOf(children.Spread) ? 'spread' : 'value', value: reading.expression(value) }] : []
}

const clauseOf = (cst: ClauseCstNode, reading: Reading): ast.Clause => ({
  pattern: patternOf(nodeOf(cst.children.pattern), reading),
  in: valueOf(cst, reading),
  filters: (cst.children.filter ?? []).map(reading.expression),
})
