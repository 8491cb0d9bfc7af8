/** A fenced block: its language, the words behind it, its text, and the line of the fence in the document. */
export interface Fence {
  readonly language: string
  readonly words: readonly string[]
  readonly text: string
  readonly line: number
  /** Offset behind the block in the document. */
  readonly end: number
}

export const fencesIn = (markdown: string): readonly Fence[] =>
  [...markdown.matchAll(/^```(\w+)([^\n]*)\n([^]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    words: match[2]!.split(/\s+/).filter((word) => word !== ''),
    text: match[3]!,
    line: markdown.slice(0, match.index).split('\n').length,
    end: match.index + match[0].length,
  }))

/** The rows of the first table behind an offset whose heading begins with these cells; cells without their marks of code. */
export function tableAfter(markdown: string, offset: number, ...heading: readonly string[]): readonly (readonly string[])[] {
  const lines = markdown.slice(offset).split('\n')
  const start = lines.findIndex((line) => line.startsWith(`| ${heading.join(' | ')} |`))
  if (start < 0) throw new Error(`there is no table ${heading.join(' | ')}`)
  const rows = lines.slice(start + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  return rows.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.replaceAll('\\|', '|').trim()),
  )
}

/** The pieces of code in a cell. */
export const codeIn = (cell: string | undefined): readonly string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code!)
