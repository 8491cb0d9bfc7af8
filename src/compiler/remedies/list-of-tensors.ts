import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Advice, Context } from '../elaborate/context.ts'
import type { Expr } from '../syntax/ast.ts'
import { writing } from '../fixes/writing.ts'
import { holdsTensors, type Given, type Value } from '../elaborate/value.ts'
import { textOf, type Span } from '../text/source.ts'
import { expressionAt } from './written.ts'

export const isListOfTensors = (value: Value): boolean => value.kind === 'list' && holdsTensors(value)

const note = 'a list is one value: `...` before it makes arguments of its elements; to call something on each, write [for map in maps: …]'

/** A list where tensors are wanted one by one, as Keras and PyTorch take them. */
export const elementsMeant = (span: Span, ctx: Context): Advice => ({ notes: [note], fixes: elementsAsArguments(span, ctx) })

function elementsAsArguments(span: Span, ctx: Context): readonly Fix[] {
  const expr = expressionAt(span, ctx)
  return expr ? [writing(asArguments(expr), expr.outer ?? span, 'safe')] : []
}

/** The elements of a list as arguments of a call, or as elements of another list. */
export const asArguments = (list: Expr): string =>
  list.kind === 'list' ? textOf(list.span).slice(1, -1).trim().replace(/,$/, '') : `...${textOf(list.outer ?? list.span)}`

/** The same of what a pipe passes to `call`. */
export function elementsOfGiven({ span, piped }: Given, call: Span, ctx: Context): Advice {
  if (piped === undefined) return elementsMeant(span, ctx)
  const [list, step] = [expressionAt(piped, ctx), expressionAt(call, ctx)]
  if (!list || !step) return { notes: [note] }
  const callee = step.kind === 'call' ? step.callee : step
  const others = step.kind === 'call' ? step.args.map((arg) => textOf(arg.span)) : []
  const text = `${textOf(callee.span)}(${[asArguments(list), ...others].join(', ')})`
  return { notes: [note], fixes: [writing(text, { ...piped, end: call.end }, 'safe')] }
}
