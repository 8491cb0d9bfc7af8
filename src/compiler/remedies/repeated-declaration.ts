import { withoutImport } from '../fixes/without-import.ts'
import type { ReadingRemedy } from './remedy.ts'

/** An import whose name the file declares anew: what the file says of that name is its own declaration. */
export const withoutEarlierImport: ReadingRemedy<'repeated-declaration'> = ({ declaration: { name }, ast }) => ({
  fixes: ast.imports.flatMap((declaration) =>
    declaration.names
      .filter(({ as }) => as.name === name.name)
      .map((imported) => ({
        title: `leave the import of ${name.name} out`,
        edits: [withoutImport(declaration, imported, declaration.names.length === 1)],
      })),
  ),
})
