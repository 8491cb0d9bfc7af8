import type { FileAst } from './ast.ts'
import type { Source } from '../text/source.ts'

/** A text with its syntax tree, as JSON: the library is parsed when fmw is built, and not at every start. */
export const storeSyntax = (text: string, ast: FileAst): string =>
  JSON.stringify({ text, ast }, (key, value: unknown) => (key === 'source' ? undefined : value))

/** The tree that was stored; undefined where the text has changed since. */
export function restoreSyntax(json: string, source: Source): FileAst | undefined {
  const { text, ast }: { readonly text: string; readonly ast: FileAst } = JSON.parse(json)
  if (text !== source.text) return undefined
  placeIn(ast, source)
  return ast
}

/** Puts the source, which all spans of a file share, back into each. */
function placeIn(tree: object, source: Source): void {
  for (const key of Object.keys(tree)) {
    const value: unknown = Reflect.get(tree, key)
    if (typeof value !== 'object' || value === null) continue
    if ('start' in value && 'end' in value) Reflect.set(tree, key, { source, start: value.start, end: value.end })
    else placeIn(value, source)
  }
}
