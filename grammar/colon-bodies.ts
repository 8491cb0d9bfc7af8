import type { IToken, TokenType } from 'chevrotain'
import { openBrackets } from './brackets.ts'
import { insteadOf } from './instead-of.ts'
import { tokenEnd } from './token-end.ts'
import { Block, CloseBrace, Colon, Else, For, If, Model, OpenBrace } from './tokens.ts'
import type { TokenReading } from './token-reading.ts'

interface OpenBody {
  /** The column of the line that opened it. */
  readonly column: number
  readonly indent: string
}

const headers = new Set<TokenType>([Model, Block, For, If, Else])
/** What begins a body in other languages. */
const otherHeaders = new Set(['class', 'def', 'while', 'elif'])

/** Bodies as Python has them, a colon and indented lines: the first is said, and all are read as if they stood in braces. */
export function readColonBodies(tokens: readonly IToken[], text: string): TokenReading {
  const lines = linesOf(tokens)
  const colons = lines.filter((line, i) => isHeader(line, lines[i + 1], tokens)).map((line) => line.at(-1)!)
  const [first] = colons
  if (!first) return { tokens, problems: [] }
  const meant: IToken[] = []
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = []
  let open: readonly OpenBody[] = []
  let last: IToken | undefined
  const closeFrom = (column: number, braced: boolean, next: IToken | undefined): void => {
    const ended = open.filter((body) => body.column >= column)
    open = open.filter((body) => body.column < column)
    if (!last || ended.length === 0) return
    const end = tokenEnd(last)
    for (const _ of ended) meant.push(insteadOf(last, CloseBrace, '}'))
    // `else` stands behind the brace that it follows
    const inner = braced ? ended.slice(1) : ended
    const closing = inner.map(({ indent }) => `\n${indent}}`).reverse().join('')
    if (closing !== '') edits.push({ start: end, end, text: closing })
    if (braced && next) edits.push({ start: next.startOffset, end: next.startOffset, text: '} ' })
  }
  for (const line of lines) {
    const [head] = line
    const isOtherwise = head!.tokenType === Else || head!.image === 'elif'
    closeFrom(head!.startColumn!, isOtherwise && open.some(({ column }) => column === head!.startColumn), head)
    for (const token of line) meant.push(colons.includes(token) ? insteadOf(token, OpenBrace, '{') : token)
    const colon = line.at(-1)!
    if (colons.includes(colon)) {
      open = [...open, { column: head!.startColumn!, indent: indentOf(head!, text) }]
      edits.push({ start: colon.startOffset, end: tokenEnd(colon), text: ' {' })
    }
    last = colon
  }
  closeFrom(0, false, undefined)
  const problem = { kind: 'unexpected', found: '`:`', expected: '`{`', hint: 'a body stands in braces: { … }', edits } as const
  return { tokens: meant, problems: [{ ...problem, start: first.startOffset, end: tokenEnd(first) }] }
}

function linesOf(tokens: readonly IToken[]): readonly (readonly IToken[])[] {
  const lines: IToken[][] = []
  for (const token of tokens) {
    const line = lines.at(-1)
    if (line && line[0]!.startLine === token.startLine) line.push(token)
    else lines.push([token])
  }
  return lines
}

/** Whether a line opens a body by a colon: the next one is indented further, and no bracket is open. */
function isHeader(line: readonly IToken[], next: readonly IToken[] | undefined, tokens: readonly IToken[]): boolean {
  const [head] = line
  const colon = line.at(-1)!
  const isOpening = headers.has(head!.tokenType) || otherHeaders.has(head!.image)
  if (colon.tokenType !== Colon || !isOpening || !next || next[0]!.startColumn! <= head!.startColumn!) return false
  return openBrackets(tokens.slice(0, tokens.indexOf(colon))).every(({ tokenType }) => tokenType === OpenBrace)
}

const indentOf = (head: IToken, text: string): string =>
  text.slice(text.lastIndexOf('\n', head.startOffset) + 1, head.startOffset)
