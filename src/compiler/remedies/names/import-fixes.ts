import type { Declaration, FileAst, ImportDeclaration } from '../../syntax/ast.ts'
import { didYouMean } from '../../text/did-you-mean.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Host } from '../../text/host.ts'
import { withoutImport } from '../../fixes/without-import.ts'

/** A file that imports only its own declarations from itself has them already. */
export function ownNames(declaration: ImportDeclaration, { declarations }: FileAst): readonly Fix[] {
  const isOwn = declaration.names.every(
    ({ name, as }) => name.name === as.name && declarations.some((one) => one.name.name === name.name),
  )
  return isOwn
    ? [
        {
          title: 'leave the import out: the file declares it itself',
          edits: [withoutImport(declaration, declaration.names[0]!, true)],
        },
      ]
    : []
}

/** An import whose name the file declares anew: what the file says of that name is its own declaration. */
export function replacedImport({ name }: Declaration, { imports }: FileAst): readonly Fix[] {
  return imports.flatMap((declaration) =>
    declaration.names
      .filter(({ as }) => as.name === name.name)
      .map((imported) => ({
        title: `leave the import of ${name.name} out`,
        edits: [withoutImport(declaration, imported, declaration.names.length === 1)],
      })),
  )
}

/** The file that an import means by another ending, or by nearly the same name. */
export function fileMeant(declaration: ImportDeclaration, path: string, host: Host): string | undefined {
  if (host.read(`${path}.fmw`) !== undefined) return `${declaration.from}.fmw`
  const [folder = '', name = ''] = [/^.*\//.exec(declaration.from)?.[0], declaration.from.split('/').at(-1)]
  const near = didYouMean(name, host.filesBeside?.(path) ?? [])
  return near === undefined ? undefined : `${folder}${near}`
}
