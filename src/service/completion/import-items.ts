import { From, Text } from '../../../grammar/tokens.ts'
import { readFile } from '../../compiler/reading/read-file.ts'
import { fileName } from '../../compiler/text/file-name.ts'
import type { Analysis } from '../analysis.ts'
import { ofDeclaration, signatureText } from '../said/described.ts'
import type { Item } from './items.ts'

/** The files beside, as an import writes them. */
export const pathItems = ({ host, source }: Analysis): readonly Item[] =>
  (host.filesBeside?.(source.path) ?? [])
    .filter((name) => name !== fileName(source.path))
    .map((name) => ({ label: `./${name}`, kind: 'path', insert: `./${name}`, rank: 0, detail: '', doc: '' }))

/** What the file declares that the import around an offset is from; where it names none yet, what all files beside do. */
export function importedItems(offset: number, analysis: Analysis): readonly Item[] {
  const { parsed, host, source } = analysis
  const behind = parsed.tokens.findIndex(({ startOffset, tokenType }) => startOffset >= offset && tokenType === From)
  const path = behind < 0 ? undefined : parsed.tokens[behind + 1]
  const files = path?.tokenType === Text ? [path.image.slice(1, -1)] : pathItems(analysis).map(({ insert }) => insert)
  return files.flatMap((file) => {
    const text = host.read(host.resolve(file, source.path))
    if (text === undefined) return []
    return readFile(host.resolve(file, source.path), text, false).ast.declarations.map((declaration): Item => {
      const said = ofDeclaration(declaration)
      return { label: said.name, kind: declaration.kind === 'const' ? 'value' : 'block', insert: said.name, rank: 0, detail: `${file}: ${signatureText(said)}`, doc: said.doc }
    })
  })
}
