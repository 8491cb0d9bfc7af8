import { createTokenInstance, type ISyntacticContentAssistPath, type IToken } from 'chevrotain'
import { openBrackets } from './brackets.ts'
import { tokenEnd } from './token-end.ts'
import * as t from './tokens.ts'
import { firstOf } from './without-statement.ts'

/** What may stand at a place. */
export interface Expected {
  /** The name of the token's type: `Name`, `As`. */
  readonly token: string
  /** What the token itself is, where it is a keyword. */
  readonly keyword: string | undefined
  /** The production that it would be read in, by its name: `primary`, `label`. */
  readonly rule: string
}

export interface Place {
  /** The tokens before the place, from the beginning of its statement or declaration on, without the word that it is in. */
  readonly before: readonly IToken[]
  /** The word that it is in or behind. */
  readonly word: IToken | undefined
  /** Whether it is in a body. */
  readonly inBody: boolean
  readonly expected: readonly Expected[]
}

type Assist = (rule: string, before: IToken[]) => readonly ISyntacticContentAssistPath[]

/** What the grammar allows at an offset, also in a text with mistakes: what stands in other statements does not matter. */
export function expectedIn(text: string, tokens: readonly IToken[], offset: number, assist: Assist): Place {
  const isWord = ({ tokenType: { CATEGORIES = [] } }: IToken): boolean => CATEGORIES.includes(t.Word)
  const word = tokens.find((token) => isWord(token) && token.startOffset < offset && offset <= tokenEnd(token))
  const start = word?.startOffset ?? offset
  const all = tokens.filter((token) => tokenEnd(token) <= start)
  const first = firstOf(all.length, [...all, cursorAt(text, start)])
  const declared = all.slice(0, first + 1).findLastIndex(({ tokenType, startColumn }) => t.declarationKeywords.includes(tokenType) && startColumn === 1)
  const around = openBrackets(all.slice(Math.max(0, declared), first)).findLast(({ tokenType }) => tokenType === t.OpenBrace)
  const inBody = around !== undefined && all[all.indexOf(around) - 1]?.tokenType !== t.Import
  const isImport = all[declared]?.tokenType === t.Import && !all.slice(declared).some(({ tokenType }) => tokenType === t.Text)
  const isHeader = declared >= 0 && !inBody && (declared === first || isImport)
  const before = all.slice(isHeader ? declared : first)
  const found = assist(inBody ? 'statement' : 'declaration', before)
  const paths = found.length > 0 ? found : assist('expression', before.slice(pieceOf(before)))
  return { before, word, inBody, expected: distinct(paths) }
}

/** A word that stands where the cursor is. */
function cursorAt(text: string, offset: number): IToken {
  const line = text.slice(0, offset).split(/\r\n|\r|\n/).length
  return createTokenInstance(t.Identifier, '', offset, offset, line, line, 1, 1)
}

const beginsPiece = new Set([t.Comma, t.OpenParen, t.OpenBracket, t.Assign, t.Pipe, t.Colon])

/** Where the piece of a mistaken statement begins in which its end is. */
const pieceOf = (before: readonly IToken[]): number => before.findLastIndex(({ tokenType }) => beginsPiece.has(tokenType)) + 1

function distinct(paths: readonly ISyntacticContentAssistPath[]): readonly Expected[] {
  const all = paths.map(({ nextTokenType, ruleStack }): Expected => ({
    token: nextTokenType.name,
    keyword: t.keywords.includes(nextTokenType) && typeof nextTokenType.PATTERN === 'string' ? nextTokenType.PATTERN : undefined,
    rule: ruleStack.at(-1) ?? '',
  }))
  return [...new Map(all.map((one) => [`${one.token} ${one.rule}`, one])).values()]
}
