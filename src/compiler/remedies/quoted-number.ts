import type { Fix } from '../diagnostics/diagnostics.ts'
import { textOf } from '../text/source.ts'
import type { Value } from '../elaborate/value.ts'
import { writing } from '../fixes/writing.ts'

/** A number or a size that stands in quotes, without them. */
export function withoutQuotes({ value, origin: { span } }: Value & { readonly kind: 'text' }): readonly Fix[] {
  const isNumber = /^-?(?:\d+x\d+|\d+(?:\.\d+)?)$/.test(value)
  return isNumber && !span.source.library && textOf(span) === `"${value}"` ? [writing(value, span)] : []
}
