import { withoutImport } from '../fixes/without-import.ts'
import type { ReadingRemedy } from './remedy.ts'

/** A file that imports only its own declarations from itself has them already. */
export const ownNames: ReadingRemedy<'import-cycle'> = ({ declaration, files, ast: { declarations } }) => {
  const isItself = files.length === 2
  const isOwn = declaration.names.every(
    ({ name, as }) => name.name === as.name && declarations.some((one) => one.name.name === name.name),
  )
  const [first] = declaration.names
  return isItself && isOwn && first
    ? { fixes: [{ title: 'leave the import out: the file declares it itself', edits: [withoutImport(declaration, first, true)] }] }
    : {}
}
