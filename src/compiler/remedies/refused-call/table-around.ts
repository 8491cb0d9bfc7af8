import type { Expr, ListExpr } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import type { Span } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'

/** The rows of the constant list of lists in which a row stands. */
export function tableAround(row: Span, ctx: Context): readonly ListExpr[] | undefined {
  const module = ctx.run.modules.userFiles.find(({ source }) => source === row.source)
  const around = module?.ast.declarations.find(({ span }) => span.start <= row.start && row.end <= span.end)
  const table = around?.kind === 'const' ? tableIn(around.value, row) : undefined
  return table && table.length > 1 ? table : undefined
}

function tableIn(expr: Expr, row: Span): readonly ListExpr[] | undefined {
  const rows = expr.kind === 'list' ? expr.items.flatMap(({ value }) => (value.kind === 'list' ? [value] : [])) : []
  if (rows.some(({ span }) => span.start === row.start && span.end === row.end)) return rows
  return childrenOf(expr).map((child) => tableIn(child, row)).find((found) => found !== undefined)
}
