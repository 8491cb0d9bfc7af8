import type { IToken, TokenType } from 'chevrotain'
import { insteadOf } from './instead-of.ts'
import { tokenEnd } from './token-end.ts'
import { arithmetic, Assign, Colon, Comma, Identifier, keywords, Name, OpenBracket, OpenParen, Pipe, Return, Spread } from './tokens.ts'
import type { TokenReading } from './token-reading.ts'

/** Keywords that a value may never be called by. */
const reserved = keywords.filter(({ CATEGORIES }) => !CATEGORIES?.includes(Name))

/** What a value stands behind. */
const beforeValue = new Set<TokenType>([Assign, OpenParen, Comma, OpenBracket, Pipe, ...arithmetic, Colon, Return, Spread])

/** Values called like a keyword: each such name is said once, and read as a name wherever a value can stand. */
export function readKeywordNames(tokens: readonly IToken[]): TokenReading {
  const assigned = tokens.filter((token, i) => isAssigned(token, tokens[i - 1], tokens[i + 1]))
  const [first] = assigned
  if (!first) return { tokens, problems: [] }
  const isMeant = (token: IToken, before: IToken | undefined): boolean =>
    assigned.includes(token) ||
    (assigned.some(({ image }) => image === token.image) && before !== undefined && beforeValue.has(before.tokenType))
  const names = new Set(tokens.filter((token, i) => isMeant(token, tokens[i - 1])))
  const problems = [...new Map(assigned.toReversed().map((token) => [token.image, token])).values()].map((token) => ({
    kind: 'unexpected' as const,
    found: `\`${token.image}\``,
    expected: 'a name',
    hint: `\`${token.image}\` is a keyword and cannot name a value: write ${token.image}_`,
    start: token.startOffset,
    end: tokenEnd(token),
    edits: [...names]
      .filter(({ image }) => image === token.image)
      .map((name) => ({ start: name.startOffset, end: tokenEnd(name), text: `${token.image}_` })),
  }))
  return { tokens: tokens.map((token) => (names.has(token) ? insteadOf(token, Identifier, token.image) : token)), problems }
}

const isAssigned = (token: IToken, before: IToken | undefined, after: IToken | undefined): boolean =>
  reserved.includes(token.tokenType) && before?.startLine !== token.startLine && after?.tokenType === Assign
