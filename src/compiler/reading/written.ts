import type { Expr, Identifier } from '../syntax/ast.ts'
import { pipeStep, type PipeStep } from '../syntax/pipe-step.ts'
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

/** The label of a call. */
export function labelOf(place: Span, modules: Modules): Identifier | undefined {
  const tree = treeOf(place.source, modules)
  const expr = tree?.expressionAt(place)
  const outer = expr && tree?.around(expr)
  return outer?.kind === 'label' ? outer.label : stepAt(place, modules)?.step.label
}

/** The step of a pipe that an expression is. */
export function stepAt(place: Span, modules: Modules): PipeStep | undefined {
  const tree = treeOf(place.source, modules)
  const expr = tree?.expressionAt(place)
  return tree && expr && pipeStep(expr, tree)
}
