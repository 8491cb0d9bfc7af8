import type { Expr, PipeExpr, Step } from './ast.ts'
import type { SyntaxTree } from './syntax-tree.ts'

/** A step among the others of its pipe, which gives it its first argument. */
export interface PipeStep {
  readonly pipe: PipeExpr
  readonly step: Step
  readonly index: number
}

/** The step that an expression is, also behind `freeze`; undefined where it is none. */
export function pipeStep(expr: Expr, { around }: SyntaxTree): PipeStep | undefined {
  const outer = around(expr)
  const whole = outer?.kind === 'unary' && outer.op === 'freeze' ? outer : expr
  const pipe = around(whole)
  if (pipe?.kind !== 'pipe') return undefined
  const index = pipe.steps.findIndex(({ value }) => value === whole)
  return index < 0 ? undefined : { pipe, step: pipe.steps[index]!, index }
}
