import type { Declaration } from '../syntax/ast.ts'
import { withoutImport } from '../fixes/without-import.ts'
import { namesMentioned } from './text/names-mentioned.ts'
import { textRule } from './rule.ts'

/**
 * A name that is imported and not used. A file without declarations of its own imports for others, and of a file that is imported
 * others may take a name.
 */
export const unusedImport = textRule('lint/unused-import', (file, report, { files }) => {
  if (file !== files[0] || file.ast.declarations.length === 0) return
  const used = new Set(file.ast.declarations.flatMap((declaration: Declaration) => [...namesMentioned(declaration)]))
  for (const declaration of file.ast.imports) {
    const unused = declaration.names.filter(({ as }) => !used.has(as.name))
    for (const one of unused) {
      const fixes = [
        { title: `remove ${one.as.name}`, edits: [withoutImport(declaration, one, unused.length === declaration.names.length)] },
      ]
      report({ name: one.as.name, file: declaration.from }, { span: one.as.span, frame: undefined }, { fixes })
    }
  }
}, 'importers')
