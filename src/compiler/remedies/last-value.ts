import type { Statement } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { indentOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'

/** What a body makes last is what a block returns that returns nothing. */
function returnedLast(body: readonly Statement[]): readonly Fix[] {
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

export const returnLast: Remedy<'no-return'> = ({ body }) => ({ fixes: returnedLast(body) })

/** What a body makes last is the output of a model that has none. */
export const outputLast: Remedy<'no-output'> = ({ body }) => {
  const last = lastMade(body)
  return {
    notes: ['an output is written output name = …, or output name for a value that has a name'],
    fixes: last
      ? [
          {
            title: `write output ${last.name} = …`,
            edits: [{ span: { ...last.statement.span, end: last.statement.span.start }, text: 'output ' }],
          },
        ]
      : [],
  }
}

function lastMade(body: readonly Statement[]): { readonly name: string; readonly statement: Statement } | undefined {
  const statement = body.at(-1)
  const [target, ...others] = statement?.kind === 'assign' ? statement.targets : []
  return statement && target?.kind === 'name' && others.length === 0 ? { name: target.name, statement } : undefined
}
