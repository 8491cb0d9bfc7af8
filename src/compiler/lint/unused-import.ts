import type { Fix } from '../diagnostics/diagnostics.ts'
import { withoutImport } from '../fixes/without-import.ts'
import { expressionsOf, namesMentioned } from './text/names-mentioned.ts'
import { declaredBy } from '../reading/declared-by.ts'
import type { Module } from '../reading/module.ts'
import { textRule } from './rule.ts'

/**
 * A name that is imported and not used, by the file or by a value that a parameter is given. A file without declarations of its own
 * imports for others, of a file that is imported others may take a name, and a model that takes a block may be given one that only the
 * command line names.
 */
export const unusedImport = textRule('lint/unused-import', (file, report, { files, given }) => {
  if (file !== files[0] || file.ast.declarations.length === 0) return
  const used = namesMentioned([...file.ast.declarations.flatMap(expressionsOf), ...given])
  const takesBlocks = file.ast.declarations.some(
    ({ kind, parameters = [] }) => kind === 'model' && parameters.some(({ type }) => type.kind === 'named' && type.name.name === 'block'),
  )
  const isUsed = (name: string): boolean => used.has(name) || (takesBlocks && isBlock(name, file))
  for (const declaration of file.ast.imports) {
    const unused = declaration.names.filter(({ as }) => !isUsed(as.name))
    for (const one of unused) {
      const fixes: readonly Fix[] = [
        { title: `remove ${one.as.name}`, safety: 'safe', edits: [withoutImport(declaration, one, unused.length === declaration.names.length)] },
      ]
      report({ name: one.as.name, file: declaration.from }, { span: one.as.span, frame: undefined }, { fixes })
    }
  }
}, 'importers')

function isBlock(name: string, file: Module): boolean {
  const binding = file.names.get(name)
  return binding !== undefined && declaredBy(binding, file)?.declaration.kind === 'block'
}
