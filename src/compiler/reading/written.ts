import type { Expr } from '../syntax/ast.ts'
import { syntaxTreeOf, type SyntaxTree } from '../syntax/syntax-tree.ts'
import type { Source, Span } from '../text/source.ts'
import type { Modules } from './module.ts'

/** Where the expressions of a user's file stand. */
export function treeOf(source: Source, { userFiles }: Modules): SyntaxTree | undefined {
  const module = userFiles.find((one) => one.source === source)
  return module && syntaxTreeOf(module.ast)
}

/** The expression that is written in a place of a user's file. */
export const expressionAt = (place: Span, modules: Modules): Expr | undefined =>
  treeOf(place.source, modules)?.expressionAt(place)

/** The pipe that an expression is a step of, which gives it its first argument. */
export function pipeOf(place: Span, modules: Modules): (Expr & { readonly kind: 'pipe' }) | undefined {
  const tree = treeOf(place.source, modules)
  const expr = tree?.expressionAt(place)
  const around = expr && tree?.around(expr)
  // `|> freeze conv(…)`
  const step = around?.kind === 'unary' ? around : expr
  const pipe = step && tree?.around(step)
  return pipe?.kind === 'pipe' && pipe.steps.some(({ value }) => value === step) ? pipe : undefined
}
