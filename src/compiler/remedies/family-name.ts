import { bindingAt } from '../syntax/bindings.ts'
import { syntaxTreeOf } from '../syntax/syntax-tree.ts'
import { renaming } from '../fixes/renaming.ts'
import type { ReadingRemedy } from './remedy.ts'

/** Members of values; any other behind the name is an op of the family. */
const members: ReadonlySet<string> = new Set(['height', 'width', 'channels', 'shape', 'rank', 'length'])

/** A value that is called like a family gets another name, wherever it is read. */
export const anotherName: ReadingRemedy<'family-name'> = ({ name, written, ast }) => {
  const tree = syntaxTreeOf(ast)
  const binding = bindingAt(written, ast)
  if (!binding) return {}
  const uses = binding.uses.filter(({ span }) => {
    const read = tree.expressionAt(span)
    const around = read && tree.around(read)
    return around?.kind !== 'member' || members.has(around.member.name)
  })
  return { fixes: [{ title: `call it ${name}_value`, safety: 'safe', edits: renaming({ ...binding, uses }, `${name}_value`) }] }
}
