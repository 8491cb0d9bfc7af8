import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { indentOf, textOf } from '../text/source.ts'
import type { Statement } from '../syntax/ast.ts'
import type { Remedy } from './remedy.ts'
import { surroundingsOf } from './surroundings.ts'

/** The statement that stands there instead: what a model would return is its output, the only output of a block is what it returns. */
export const properStatement: Remedy<'misplaced-statement'> = ({ statement }, ctx) => ({ fixes: instead(statement, ctx) })

type Output = Statement & { readonly kind: 'output' }

function instead(statement: Statement, ctx: Context): readonly Fix[] {
  if (statement.kind === 'output') return returned(statement, ctx)
  const [value, ...others] = statement.kind === 'return' ? statement.values : []
  if (!value || others.length > 0) return []
  return [writing(value.kind === 'name' ? `output ${value.name}` : `output y = ${textOf(value.span)}`, statement.span, 'safe')]
}

function returned(output: Output, ctx: Context): readonly Fix[] {
  const outputs = statementsIn(surroundingsOf(output.span, ctx)?.body ?? []).filter((one): one is Output => one.kind === 'output')
  const last = outputs.at(-1)
  if (outputs.length < 2 || !last) return [writing(`return ${textOf((output.value ?? output.name).span)}`, output.span, 'safe')]
  const names = outputs.map(({ name }) => name.name)
  const edits = outputs.map((one): Edit => {
    const kept = one.value ? textOf({ ...one.span, start: one.name.span.start }) : ''
    const all = one === last ? `${kept === '' ? '' : `\n${indentOf(one.span)}`}return ${names.join(', ')}` : ''
    return { span: one.span, text: kept + all }
  })
  return [{ title: `return ${names.join(', ')} at the end`, safety: 'unsafe', edits }]
}
