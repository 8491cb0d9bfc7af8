import { tokenMatcher, type IToken, type TokenType } from 'chevrotain'
import { tokenEnd } from '../../grammar/token-end.ts'
import {
  arithmetic, Arrow, Assign, BadNumber, Colon, comparisons, DocComment, Dot, Float, Hole, Identifier, Int, keywords, Name, OpenBracket, Pipe,
  Question, Size, Spread, Text, UnclosedText,
} from '../../grammar/tokens.ts'
import type { TypeExpr } from '../compiler/syntax/ast.ts'
import type { Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { occurrenceByName } from './names/by-name.ts'
import type { NamedThing, Occurrence } from './names/named-thing.ts'
import { occurrencesIn } from './names/occurrences.ts'

export const tokenKinds = [
  'keyword', 'operator', 'number', 'text', 'comment', 'type', 'model', 'block', 'function', 'const', 'family', 'parameter', 'extent', 'input', 'output',
  'weight', 'layer', 'variable', 'argument', 'label', 'result', 'word',
] as const

export type TokenKind = (typeof tokenKinds)[number]

export const tokenModifiers = ['made', 'written', 'ofLibrary', 'documentation'] as const

export interface SemanticToken {
  /** On one line; none lies in another. */
  readonly span: Span
  readonly kind: TokenKind
  readonly modifiers: readonly (typeof tokenModifiers)[number][]
}

/** What each token of a text is, in order: names by what they stand for, also where a mistake of syntax is near. */
export function semanticTokens(analysis: Analysis): readonly SemanticToken[] {
  const { source, parsed } = analysis
  const named = new Map<number, Occurrence>()
  for (const one of occurrencesIn(analysis)) if (!named.has(one.span.start) && one.span.end > one.span.start) named.set(one.span.start, one)
  const types = new Set(typesIn(analysis).map(({ start }) => start))
  const comments = parsed.comments.map((token): SemanticToken => ({
    span: { source, start: token.startOffset, end: tokenEnd(token) },
    kind: 'comment',
    modifiers: token.tokenType === DocComment ? ['documentation'] : [],
  }))
  const ofTokens = parsed.tokens.flatMap((token, i): readonly SemanticToken[] => {
    const span = { source, start: token.startOffset, end: tokenEnd(token) }
    const isType = types.has(span.start)
    const own = isType ? undefined : (named.get(span.start) ?? occurrenceByName(token, analysis))
    if (own) return [ofName(own)]
    if (token.tokenType === Text) return ofText(span, [...named.values()].filter(({ span: { start, end } }) => span.start < start && end < span.end))
    const kind = isType ? 'type' : kindOf(token, parsed.tokens[i - 1], parsed.tokens[i + 1])
    return kind ? [{ span, kind, modifiers: [] }] : []
  })
  return [...comments, ...ofTokens].sort((a, b) => a.span.start - b.span.start)
}

const kinds: ReadonlyMap<TokenType, TokenKind> = new Map<TokenType, TokenKind>([
  ...keywords.map((keyword) => [keyword, 'keyword'] as const),
  ...[...arithmetic, ...comparisons, Arrow, Assign, Pipe, Spread, Question, Hole].map((sign) => [sign, 'operator'] as const),
  ...[Int, Float, Size, BadNumber].map((number) => [number, 'number'] as const),
  ...[Text, UnclosedText].map((text) => [text, 'text'] as const),
])

/** Of what no name is known of: a keyword may be a name too, and no name is coloured that stands for nothing. */
function kindOf(token: IToken, before: IToken | undefined, behind: IToken | undefined): TokenKind | undefined {
  if (before?.tokenType === Dot) return undefined
  if (tokenMatcher(token, Identifier)) return behind?.tokenType === Colon ? 'argument' : undefined
  const isName = tokenMatcher(token, Name) && (behind?.tokenType === Colon || behind?.tokenType === Assign || behind?.tokenType === OpenBracket)
  return isName ? undefined : kinds.get(token.tokenType)
}

function ofName({ span, thing, how, alias }: Occurrence): SemanticToken {
  const library = thing.made === undefined || thing.made.source.library
  const modifiers = [
    ...(how === 'made' ? (['made'] as const) : how === 'written' ? (['written'] as const) : []),
    ...(library && thing.kind !== 'word' && alias === undefined ? (['ofLibrary'] as const) : []),
  ]
  return { span, kind: how === 'named' ? 'argument' : kindOfThing(thing), modifiers }
}

function kindOfThing({ kind, made }: NamedThing): TokenKind {
  switch (kind) {
    case 'op':
      return made ? 'block' : 'function'
    case 'import':
      return 'block'
    case 'assigned':
    case 'loop':
      return 'variable'
    default:
      return kind
  }
}

/** A text is of one colour, but for the names in its braces. */
function ofText({ source, start, end }: Span, names: readonly Occurrence[]): readonly SemanticToken[] {
  const pieces: SemanticToken[] = []
  let at = start
  for (const name of [...names].sort((a, b) => a.span.start - b.span.start)) {
    if (name.span.start < at) continue
    if (at < name.span.start) pieces.push({ span: { source, start: at, end: name.span.start }, kind: 'text', modifiers: [] })
    pieces.push(ofName(name))
    at = name.span.end
  }
  return [...pieces, { span: { source, start: at, end }, kind: 'text', modifiers: [] }]
}

/** The names of types. */
const typesIn = ({ ast }: Analysis): readonly Span[] =>
  ast.declarations.flatMap((declaration) => [
    ...(declaration.parameters ?? []).flatMap(({ type }) => nameOf(type)),
    ...(declaration.kind === 'block' ? declaration.results.flatMap((result) => (result.kind === 'type' ? nameOf(result.type) : [])) : []),
  ])

const nameOf = (type: TypeExpr): readonly Span[] => (type.kind === 'named' ? [type.name.span] : [])
