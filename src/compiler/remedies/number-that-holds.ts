import type { Expr } from '../syntax/ast.ts'
import { Reporter, type Fix } from '../diagnostics/diagnostics.ts'
import { isTrue } from '../elaborate/compare.ts'
import { Scope, type Context } from '../elaborate/context.ts'
import { evaluate } from '../elaborate/evaluate.ts'
import { namesIn } from '../syntax/names-in.ts'
import type { Remedy } from './remedy.ts'
import { numberEdits } from './edits/number.ts'
import { int, type Value } from '../elaborate/value.ts'

const searched = 1024

/** The next larger number, or else the next smaller one, with which all conditions hold where a name stands for it. */
export function numberThatHolds(conditions: readonly Expr[], name: string, from: number, ctx: Context): number | undefined {
  const value = ctx.scope.get(name)
  if (!value) return undefined
  const holdsFor = (number: number): boolean => {
    const scope = new Scope(ctx.scope)
    scope.set(name, int(number, value.origin))
    const silent: Context = { ...ctx, scope, run: { ...ctx.run, reporter: new Reporter(), advise: undefined } }
    return conditions.every((condition) => isTrue(evaluate(condition, silent), condition, silent) === true)
  }
  const larger = Array.from({ length: searched }, (_, i) => from + i)
  const smaller = Array.from({ length: Math.min(searched, from - 1) }, (_, i) => from - 1 - i)
  return [...larger, ...smaller].find(holdsFor)
}

/** The number that a `where` speaks of and that is written in the input's shape. */
export const sizeThatHolds: Remedy<'refuted-where'> = ({ condition }, ctx) => ({ fixes: numberFixes(condition, ctx) })

/** Writes the next number with which a condition holds, where it speaks of one number and that is written in the text. */
export function numberFixes(condition: Expr, ctx: Context): readonly Fix[] {
  const [name, ...others] = distinctNames(condition)
  const value: Value | undefined = name === undefined || others.length > 0 ? undefined : ctx.scope.get(name)
  if (name === undefined || value?.kind !== 'int' || typeof value.dim !== 'number') return []
  const number = numberThatHolds([condition], name, value.dim, ctx)
  if (number === undefined) return []
  return numberEdits(value, number, ctx).map(({ text, edit }) => ({
    title: `write ${text}, the next number for which it holds`,
    edits: [edit],
  }))
}

/** The names in an expression, each once. */
export const distinctNames = (expr: Expr): readonly string[] => [...new Set(namesIn(expr).map(({ name }) => name))]
