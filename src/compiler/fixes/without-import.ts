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
  const { source, end } = declaration.span
  const comma = /^\s*,[ \t]*/.exec(source.text.slice(as.span.end, end))
  if (comma) return { span: { source, start: name.span.start, end: as.span.end + comma[0].length }, text: '' }
  const before = /,\s*$/.exec(source.text.slice(declaration.span.start, name.span.start))
  return { span: { source, start: name.span.start - (before?.[0].length ?? 0), end: as.span.end }, text: '' }
}
