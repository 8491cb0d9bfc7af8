import type { Statement } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { indentOf } from '../../text/source.ts'

/** What a body makes last is what a block returns that returns nothing. */
export function returnedLast(body: readonly Statement[]): readonly Fix[] {
  const last = lastMade(body)
  if (!last) return []
  const { source, end } = last.statement.span
  const indent = indentOf(last.statement.span)
  return [
    {
      title: `end it with return ${last.name}`,
      edits: [{ span: { source, start: end, end }, text: `\n${indent}return ${last.name}` }],
    },
  ]
}

/** What a body makes last is the output of a model that has none. */
export function outputLast(body: readonly Statement[]): readonly Fix[] {
  const last = lastMade(body)
  if (!last) return []
  const { source, start } = last.statement.span
  return [{ title: `write output ${last.name} = …`, edits: [{ span: { source, start, end: start }, text: 'output ' }] }]
}

function lastMade(body: readonly Statement[]): { readonly name: string; readonly statement: Statement } | undefined {
  const statement = body.at(-1)
  const [target, ...others] = statement?.kind === 'assign' ? statement.targets : []
  return statement && target?.kind === 'name' && others.length === 0 ? { name: target.name, statement } : undefined
}
