import { isKnown } from '../elaborate/names.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { writing } from '../fixes/writing.ts'
import { calleeName } from '../syntax/callee-name.ts'
import type { CallExpr } from '../syntax/ast.ts'
import { isSamePlace, textOf } from '../text/source.ts'
import { expressionAt } from './written.ts'
import type { Remedy } from './remedy.ts'
import type { Given } from '../elaborate/value.ts'

/** More values than parameters: of an op whose name goes on with the number (`relu(6)`), or of one that takes nothing but its tensor (`flatten(x, 1)`). */
export const fewerArguments: Remedy<'too-many-arguments'> = ({ op, formals, args, call }, ctx) => {
  const [extra, ...others] = args.positional.slice(formals.length)
  const notes =
    formals.length > 0 ? [`in this order: ${formals.map((formal) => formal.name).join(', ')}; a piped value is the first`] : []
  const expr = expressionAt(call, ctx)
  const last = formals.at(-1)
  const listed = last?.isList && expr?.kind === 'call' ? asList(expr, args.positional.slice(formals.length - 1), last.isBlock) : undefined
  if (listed) return { notes, fixes: [listed] }
  const isAlone = others.length === 0 && args.named.size === 0 && formals.length === 1
  if (!extra || !isAlone || expr?.kind !== 'call' || expr.callee.kind === 'call' || calleeName(expr.callee) !== op) return { notes }
  const [first, second] = expr.args
  const numbered = `${op}${textOf(extra.span)}`
  const meant = isKnown(numbered, ctx) ? numbered : isNeedless(extra, second === undefined) || (op === 'flatten' && textOf(extra.span) === '1') ? op : undefined
  return { notes, fixes: meant === undefined ? [] : [writing(first && second ? `${meant}(${textOf(first.span)})` : meant, call)] }
}

/** Values in a row for a parameter that takes a list of them; a number more may be for something else. */
function asList({ args }: CallExpr, values: readonly Given[], isOfBlocks: boolean): Fix | undefined {
  const [first, last] = [values[0], values.at(-1)]
  const isInRow = first && last && values.every(({ span }) => args.some((arg) => arg.kind === 'positional' && isSamePlace(arg.value.span, span)))
  if (!isInRow || values.some(({ value }) => value !== 'hole' && value.kind === 'list')) return undefined
  const span = { ...first.span, end: last.span.end }
  return writing(`[${textOf(span)}]`, span, isOfBlocks ? 'safe' : 'unsafe')
}

/** The map that is piped in already, or a switch that ops of other frameworks have: `relu(true)`. */
const isNeedless = ({ value }: Given, isPiped: boolean): boolean => value !== 'hole' && ((value.kind === 'tensor' && isPiped) || value.kind === 'bool')
