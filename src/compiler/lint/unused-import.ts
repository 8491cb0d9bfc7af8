import type { Declaration, ImportDeclaration } from '../ast.ts'
import type { Edit } from '../diagnostics.ts'
import type { Module } from '../elaborate/module.ts'
import { namesMentioned } from './names-mentioned.ts'
import { removal } from './removal.ts'
import { textRule, type Program } from './rule.ts'

/** A name that is imported and not used. A file without declarations of its own imports for others, and so does a name that another file takes from here. */
export const unusedImport = textRule('lint/unused-import', (file, report, program) => {
  if (file.ast.declarations.length === 0) return
  const used = new Set([...file.ast.declarations.flatMap((declaration: Declaration) => [...namesMentioned(declaration)]), ...takenByOthers(file, program)])
  for (const declaration of file.ast.imports) {
    const unused = declaration.names.filter(({ as }) => !used.has(as.name))
    for (const one of unused) {
      const fixes = [{ title: `remove ${one.as.name}`, edits: [without(declaration, one, unused.length === declaration.names.length)] }]
      report({ name: one.as.name, file: declaration.from }, { span: one.as.span, frame: undefined }, { fixes })
    }
  }
})

/** The names that other files import from this one. */
const takenByOthers = (file: Module, { files }: Program): readonly string[] =>
  files.flatMap((other) =>
    [...other.names.values()].flatMap((binding) => (binding.kind === 'imported' && binding.from() === file ? [binding.name] : [])),
  )

function without(declaration: ImportDeclaration, { name, as }: ImportDeclaration['names'][number], whole: boolean): Edit {
  if (whole) return removal(declaration.span)
  const { source, end } = declaration.span
  const comma = /^\s*,[ \t]*/.exec(source.text.slice(as.span.end, end))
  if (comma) return { span: { source, start: name.span.start, end: as.span.end + comma[0].length }, text: '' }
  const before = /,\s*$/.exec(source.text.slice(declaration.span.start, name.span.start))
  return { span: { source, start: name.span.start - (before?.[0].length ?? 0), end: as.span.end }, text: '' }
}
