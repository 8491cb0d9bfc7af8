import type { IToken, TokenType } from 'chevrotain'
import * as t from '../../../../grammar/tokens.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineAt, type Tokens } from './token-line.ts'
import { image, matchAt, sign, word } from './token-pattern.ts'

const declarations = new Set<TokenType | undefined>([t.Block, t.Model, t.Const])

/** A parameter without a type that is used as a map in the body has the shape of one; one with a default has the type of that. */
export function typeFixes(start: number, all: Tokens): readonly Fix[] {
  const line = lineAt(start, all)
  const before = line.filter(({ startOffset }) => startOffset < start)
  const isDeclared = declarations.has(before[0]?.tokenType) || before[0]?.image === 'def'
  if (!isDeclared || !matchAt([sign(t.OpenParen, t.Comma), word], before, before.length - 2)) return []
  const name = before.at(-1)!.image
  const type = typeOf(name, all.tokens.filter(({ startOffset }) => startOffset >= start), line)
  return type === undefined
    ? []
    : [{ title: `write ${name}: ${type}`, safety: 'safe', edits: [{ span: { source: all.source, start, end: start }, text: `: ${type}` }] }]
}

const literals: ReadonlyMap<TokenType, string> = new Map([
  [t.Int, 'int'],
  [t.Float, 'float'],
  [t.True, 'bool'],
  [t.False, 'bool'],
])

const endsValue = new Set<TokenType | undefined>([t.Comma, t.CloseParen])

function typeOf(name: string, behind: readonly IToken[], line: readonly IToken[]): string | undefined {
  const [next, ...rest] = behind
  if (next?.tokenType === t.Assign) {
    const [literal, end] = rest[0]?.tokenType === t.Minus ? rest.slice(1) : rest
    return literal && endsValue.has(end?.tokenType) ? literals.get(literal.tokenType) : undefined
  }
  const end = behind.findIndex(({ tokenType, startColumn }) => tokenType === t.CloseBrace && startColumn === 1)
  const body = end < 0 ? behind : behind.slice(0, end)
  if (!body.some((token, i) => token.image === name && body[i + 1]?.tokenType === t.Pipe)) return undefined
  // the extents of another parameter would have to be those of this one
  const parameters = line.slice(0, line.findIndex(({ tokenType }) => tokenType === t.CloseParen))
  return parameters.some((_, i) => matchAt(ofMap, parameters, i)) ? 'tensor' : '[H, W, C]'
}

const ofMap = [image('['), image('H'), sign(t.Comma)]
