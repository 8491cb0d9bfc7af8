import { statementsIn } from '../syntax/statements-in.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'

/** A block that returns several maps says so. */
export const declaredList: Remedy<'wrong-result'> = ({ value, type }) => {
  if (value.kind !== 'list' || !type) return {}
  const { span } = type
  return { fixes: [{ title: `write ${textOf(span)}...`, safety: 'unsafe', edits: [{ span: { ...span, start: span.end }, text: '...' }] }] }
}

/** The results that are declared and not returned, where the body makes them under these names. */
export const returnedToo: Remedy<'missing-results'> = ({ results, found, body }) => {
  const names = results.slice(found).map(({ name }) => name?.name)
  const returns = statementsIn(body).filter((statement) => statement.kind === 'return' && statement.values.length === found)
  const [only, ...others] = returns
  if (!only || others.length > 0 || names.length === 0 || names.some((name) => name === undefined)) return {}
  const { source, end } = only.span
  const written = names.join(', ')
  return { fixes: [{ title: `return ${written} too`, safety: 'unsafe', edits: [{ span: { source, start: end, end }, text: `, ${written}` }] }] }
}
