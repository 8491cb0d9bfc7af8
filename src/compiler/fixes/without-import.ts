import type { ImportDeclaration } from '../syntax/ast.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'
import { removal } from './removal.ts'

/** Takes one name out of an import, or the import as a whole where nothing of it is kept. */
export function withoutImport(
  declaration: ImportDeclaration,
  { name, as }: ImportDeclaration['names'][number],
  whole: boolean,
): Edit {
  if (whole) return removal(declaration.span)
  const { source } = declaration.span
  const at = declaration.names.findIndex((one) => one.as === as)
  const [before, next] = [declaration.names[at - 1], declaration.names[at + 1]]
  // with the comma that sets it apart
  const start = next || !before ? name.span.start : before.as.span.end
  return { span: { source, start, end: next ? next.name.span.start : as.span.end }, text: '' }
}
