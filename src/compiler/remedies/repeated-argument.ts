import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import { withoutArgument } from './without-argument.ts'

/** What is given twice is given once, where the two are the same. */
export const givenOnce: Remedy<'repeated-argument'> = ({ earlier, given }) =>
  textOf(earlier.span) === textOf(given.span) ? { fixes: withoutArgument(given.nameSpan ?? given.span, given.span) } : {}
