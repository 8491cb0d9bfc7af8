import type { Fix } from '../diagnostics/diagnostics.ts'
import { writing } from '../fixes/writing.ts'
import { textOf } from '../text/source.ts'
import type { Statement } from '../syntax/ast.ts'
import type { Remedy } from './remedy.ts'

/** The statement that stands there instead: what a model would return is its output, the only output of a block is what it returns. */
export const properStatement: Remedy<'misplaced-statement'> = ({ statement }) => ({ fixes: instead(statement) })

function instead(statement: Statement): readonly Fix[] {
  if (statement.kind === 'output') return [writing(`return ${textOf((statement.value ?? statement.name).span)}`, statement.span, 'safe')]
  const [value, ...others] = statement.kind === 'return' ? statement.values : []
  if (!value || others.length > 0) return []
  return [writing(value.kind === 'name' ? `output ${value.name}` : `output y = ${textOf(value.span)}`, statement.span, 'safe')]
}
