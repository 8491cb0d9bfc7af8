import type { Expr } from '../syntax/ast.ts'

/** Whether a number, or a list of them, is written in numerals alone. */
export const isWrittenOut = (expr: Expr | undefined): boolean =>
  expr?.kind === 'number' ||
  (expr?.kind === 'unary' && isWrittenOut(expr.of)) ||
  (expr?.kind === 'list' && expr.items.every(({ value }) => isWrittenOut(value)))
