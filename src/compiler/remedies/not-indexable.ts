import { writing } from '../fixes/writing.ts'
import type { Remedy } from './remedy.ts'

/** What is meant by `r[0]` of several results: one of them by its name. */
export const partMeant: Remedy<'not-indexable'> = ({ value, expr: { of, subscripts, span } }) => {
  const [only] = subscripts
  const at = only?.kind === 'at' && only.index.kind === 'number' ? only.index.value : undefined
  const name = value.kind === 'results' && at !== undefined ? value.names[at] : undefined
  return name === undefined ? {} : { fixes: [writing(`.${name}`, { ...span, start: of.span.end })] }
}
