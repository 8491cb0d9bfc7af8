import { tokensIn } from '../../../grammar/index.ts'
import { Float, Int, Minus, Size } from '../../../grammar/tokens.ts'
import type { Context } from '../elaborate/context.ts'
import type { Value } from '../elaborate/value.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { writing } from '../fixes/writing.ts'
import { expressionAt } from './written.ts'

/** A number or a size that stands in quotes, without them. */
export function withoutQuotes({ value, origin: { span } }: Value & { readonly kind: 'text' }, ctx: Context): readonly Fix[] {
  const expr = expressionAt(span, ctx)
  const isWritten = expr?.kind === 'text' && expr.parts.length === 1 && expr.parts[0] === value
  return isWritten && isNumber(value) ? [writing(value, span, 'safe')] : []
}

const numbers = new Set([Int, Float, Size])

function isNumber(text: string): boolean {
  const tokens = tokensIn(text, 0)
  const [number, ...others] = tokens[0]?.tokenType === Minus ? tokens.slice(1) : tokens
  const length = tokens.reduce((sum, { image }) => sum + image.length, 0)
  return number !== undefined && others.length === 0 && numbers.has(number.tokenType) && length === text.length
}
