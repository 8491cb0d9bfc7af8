import type { Advice, Context } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import { operatorOf } from '../library/operator-of.ts'
import { textOf, type Span } from '../text/source.ts'
import { callAt, isBesideOperator, isPiped } from './written.ts'

/** The operator for an op of maps that was given a number and a map: `1 - gate` for `fuse.sub(1, gate)`. */
export function operatorForOp(op: string, call: Span, ctx: Context): Advice | undefined {
  const sign = operatorOf.get(op)
  const args = callAt(call, ctx)?.args ?? []
  if (sign === undefined || args.length !== 2 || args.some(({ kind }) => kind !== 'positional') || isPiped(call, ctx)) return undefined
  const [a, b] = args.map(({ value }) => operand(textOf(value.span)))
  const text = `${a} ${sign} ${b}`
  return {
    notes: [`a number and a map go together by an operator: ${text}`],
    fixes: [writing(isBesideOperator(call, ctx) ? `(${text})` : text, call, 'safe')],
  }
}

const operand = (text: string): string => (/^[\w.]+(?:\([^()]*\))?$/.test(text) ? text : `(${text})`)
