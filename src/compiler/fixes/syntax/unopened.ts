import type { SyntaxProblem } from '../../../../grammar/index.ts'
import { Assign, CloseBracket, CloseParen, Comma, Divide, Minus, OpenBracket, OpenParen, Plus, Return, Times } from '../../../../grammar/tokens.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { isClosing, isOpening, lineAt, type Tokens } from './token-line.ts'

const opening = new Map([
  [CloseParen, '('],
  [CloseBracket, '['],
])
const operators = new Set([Plus, Minus, Times, Divide])
const begins = new Set([Assign, Return])
const precedes = new Set([...operators, OpenParen, OpenBracket, Comma])

/**
 * What mends a bracket that closes nothing. It is one too many where it stands at the end of what needs none; where there are operators it may as
 * well not be opened, before any of the operands.
 */
export function unopenedFixes({ start, end, hint }: SyntaxProblem, all: Tokens): readonly Fix[] {
  const { source } = all
  const line = lineAt(start, all)
  const at = line.findIndex(({ startOffset }) => startOffset === start)
  const sign = opening.get(line[at]?.tokenType ?? CloseParen)
  const from = line.findLastIndex(({ tokenType }, i) => i < at && begins.has(tokenType)) + 1
  if (at < 0 || sign === undefined) return []
  const inside = line.slice(from, at)
  const isSum = inside.some(({ tokenType }) => operators.has(tokenType))
  const operands = inside.filter((token, i) => {
    const before = line[from + i - 1]
    return !isOpening(token) && !isClosing(token) && (i === 0 || (before !== undefined && precedes.has(before.tokenType)))
  })
  const edits = [{ span: { source, start, end }, text: '' }]
  // around the last operand alone it would change nothing
  const opened = operands.filter((token) => token !== line[at - 1]).map((token): Fix => ({
    title: `write the missing ${sign} before ${token.image}`,
    safety: 'unsafe',
    edits: [{ span: { source, start: token.startOffset, end: token.startOffset }, text: sign }],
  }))
  if (isSum) return [...opened, { title: 'leave it out', safety: 'unsafe', edits }]
  return [{ title: hint ?? 'leave it out', safety: 'safe', edits }]
}
