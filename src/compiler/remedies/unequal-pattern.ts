import type { Expr, ListExpr } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { writing } from '../fixes/writing.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { textOf, type Span } from '../text/source.ts'
import { declarationAround } from './around.ts'
import type { Remedy } from './remedy.ts'

/** Numbers in one list, of which a pattern takes some at a time: `[64, 2, 128, 2]` by twos. */
export const inRows: Remedy<'unequal-pattern'> = ({ value, pattern }, ctx) => {
  const size = pattern.items.length
  const { span } = value.origin
  const declaration = value.kind === 'int' ? declarationAround(span, ctx) : undefined
  const list = declaration && readsOf(declaration).read.map((expr) => listAround(expr, span)).find((found) => found !== undefined)
  const items = list?.items.map((item) => (item.kind === 'value' ? textOf(item.value.span) : undefined)) ?? []
  if (!list || size === 0 || items.length % size !== 0 || items.some((item) => item === undefined)) return {}
  const rows = Array.from({ length: items.length / size }, (_, i) => `[${items.slice(i * size, (i + 1) * size).join(', ')}]`)
  return { fixes: [writing(`[${rows.join(', ')}]`, list.span)] }
}

/** The list that a place is an element of. */
function listAround(expr: Expr, { start, end }: Span): ListExpr | undefined {
  if (expr.span.start > start || end > expr.span.end) return undefined
  if (expr.kind === 'list' && expr.items.some(({ value }) => value.span.start === start && value.span.end === end)) return expr
  return childrenOf(expr).map((child) => listAround(child, { ...expr.span, start, end })).find((found) => found !== undefined)
}
