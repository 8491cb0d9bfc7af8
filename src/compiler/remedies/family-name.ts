import { bindingAt } from '../syntax/bindings.ts'
import { syntaxTreeOf } from '../syntax/syntax-tree.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'
import { renaming } from '../fixes/renaming.ts'
import type { FileAst } from '../syntax/ast.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { isSamePlace, textOf, type Span } from '../text/source.ts'
import { callsIn } from './written-reshapes.ts'
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
  const other = `${name}_value`
  const edits = [...renaming({ ...binding, uses }, other), ...argumentsFor(written, ast).map((span): Edit => ({ span, text: other }))]
  return { fixes: [{ title: `call it ${other}`, safety: 'safe', edits }] }
}

/** Where calls in the file give a parameter its argument by name. */
function argumentsFor(parameter: Span, { declarations }: FileAst): readonly Span[] {
  const owner = declarations.find((one) => one.kind !== 'const' && one.parameters.some(({ name }) => isSamePlace(name.span, parameter)))
  if (!owner || owner.kind === 'const') return []
  return declarations
    .flatMap((one) => (one.kind === 'const' ? [] : callsIn(one.body)))
    .filter((call) => calleeName(call) === owner.name.name)
    .flatMap(({ args }) => args.flatMap((arg) => (arg.kind === 'named' && arg.name.name === textOf(parameter) ? [arg.name.span] : [])))
}
