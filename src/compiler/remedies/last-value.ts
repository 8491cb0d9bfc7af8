import type { Statement } from '../syntax/ast.ts'
import { indentOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'

/** What a body makes last is what a block returns that returns nothing. */
export const returnLast: Remedy<'no-return'> = ({ body }) => {
  const last = lastMade(body)
  if (!last) return {}
  const { span } = last.statement
  const edits = [{ span: { ...span, start: span.end }, text: `\n${indentOf(span)}return ${last.name}` }]
  return { fixes: [{ title: `end it with return ${last.name}`, safety: 'unsafe', edits }] }
}

/** What a body makes last is the output of a model that has none. */
export const outputLast: Remedy<'no-output'> = ({ body }) => {
  const notes = ['an output is written output name = …, or output name for a value that has a name']
  const last = lastMade(body)
  if (!last) return { notes }
  const { span } = last.statement
  return { notes, fixes: [{ title: `write output ${last.name} = …`, safety: 'unsafe', edits: [{ span: { ...span, end: span.start }, text: 'output ' }] }] }
}

function lastMade(body: readonly Statement[]): { readonly name: string; readonly statement: Statement } | undefined {
  const statement = body.at(-1)
  const [target, ...others] = statement?.kind === 'assign' ? statement.targets : []
  return statement && target?.kind === 'name' && others.length === 0 ? { name: target.name, statement } : undefined
}
