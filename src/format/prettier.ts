import type { Parser, Plugin } from 'prettier'
import { parseFile, type Parsed } from '../../grammar/index.ts'
import type { FileCstNode } from '../../grammar/cst.ts'
import { usualWidth } from './format-text.ts'
import { openSource } from './source.ts'
import { printFile } from './statements.ts'

/** A file as it was read, which is all that prettier knows of it: comments are printed with the tokens between which they stand. */
interface FileNode {
  readonly text: string
  readonly parsed: Parsed<FileCstNode> & { readonly exact: true }
}

const parser: Parser<FileNode> = {
  astFormat: 'fmw',
  parse(text) {
    const parsed = parseFile(text)
    if (parsed.exact) return { text, parsed }
    const [problem] = parsed.problems
    throw Object.assign(new SyntaxError(`${problem?.kind ?? 'syntax'}: fmw check says what is wrong`), { loc: { start: placeOf(text, problem?.start ?? 0) } })
  },
  locStart: () => 0,
  locEnd: ({ text }) => text.length,
}

/** From 1, as prettier counts. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** The plugin of prettier 3 that lays out `.fmw` files as `fmw fmt` does: `--plugin fmw/prettier`. */
const plugin: Plugin = {
  languages: [{ name: 'fmw', parsers: ['fmw'], extensions: ['.fmw'], vscodeLanguageIds: ['fmw'] }],
  parsers: { fmw: parser },
  printers: { fmw: { print: ({ node: { text, parsed } }: { readonly node: FileNode }) => printFile(openSource(text, parsed), parsed.cst) } },
  defaultOptions: { printWidth: usualWidth, tabWidth: 2 },
}

export default plugin
