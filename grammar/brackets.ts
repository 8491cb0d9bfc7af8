import type { IToken, TokenType } from 'chevrotain'
import { CloseBrace, CloseBracket, CloseParen, OpenBrace, OpenBracket, OpenParen } from './tokens.ts'

export const opens: ReadonlySet<TokenType> = new Set([OpenParen, OpenBracket, OpenBrace])
export const closes: ReadonlySet<TokenType> = new Set([CloseParen, CloseBracket, CloseBrace])

/**
 * The brackets that are open after some tokens, outermost first; a bracket of another kind closes what was left open inside it.
 */
export function openBrackets(tokens: readonly IToken[]): readonly IToken[] {
  const open: IToken[] = []
  for (const token of tokens) {
    if (opens.has(token.tokenType)) open.push(token)
    else if (closes.has(token.tokenType)) {
      const partner = open.findLastIndex(({ image }) => partners[image] === token.image)
      if (partner >= 0) open.length = partner
    }
  }
  return open
}

/** Whether a bracket is closed by its own kind, before one that it stands in is. */
export function isClosed(bracket: IToken, tokens: readonly IToken[]): boolean {
  const awaited: string[] = []
  for (const token of tokens.slice(tokens.indexOf(bracket))) {
    if (opens.has(token.tokenType)) awaited.push(partners[token.image] ?? '')
    else if (closes.has(token.tokenType)) {
      const at = awaited.lastIndexOf(token.image)
      if (at <= 0) return at === 0
      awaited.length = at
    }
  }
  return false
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The first token that stands deeper in brackets than `deepest`, if there is one. */
export function tooDeep(tokens: readonly IToken[], deepest: number): IToken | undefined {
  let depth = 0
  return tokens.find(({ tokenType }) => {
    if (opens.has(tokenType)) depth++
    else if (closes.has(tokenType)) depth--
    return depth > deepest
  })
}
