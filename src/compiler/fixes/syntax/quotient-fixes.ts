import type { IToken } from 'chevrotain'
import { Divide, Modulo, Times } from '../../../../grammar/tokens.ts'
import { tokensIn, type SyntaxProblem } from '../../../../grammar/index.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { writing } from '../writing.ts'
import { isClosing, isOpening, textFrom, type Tokens } from './token-line.ts'
import { matchAt, operand } from './token-pattern.ts'

const multiplying = new Set([Times, Divide, Modulo])

/** Where what is divided begins, with the factors before it: `2 * C // 3` divides the product. */
function dividend(before: readonly IToken[]): number {
  let end = before.length
  for (;;) {
    const from = before.findIndex((_, at) => operand.ends(before, at).includes(end))
    if (from < 1 || !multiplying.has(before[from - 1]!.tokenType)) return from
    end = from - 1
  }
}

/** `floor(a / b)` for `a // b`, where a comment takes a bracket with it that is missing: it was none. */
export function quotientFixes({ swallowing }: SyntaxProblem, { source, tokens, comments }: Tokens): readonly Fix[] {
  const comment = comments.find(({ startOffset }) => startOffset === swallowing)
  if (!comment) return []
  const before = tokens.filter(({ startOffset }) => startOffset < comment.startOffset)
  const from = dividend(before)
  const slashes = 2
  const behind = tokensIn(comment.image.slice(slashes), comment.startOffset + slashes)
  const to = matchAt([{ ...operand, name: 'divisor' }], behind, 0)?.get('divisor')?.[1]
  if (from < 0 || to === undefined) return []
  const rest = behind.slice(to).find((token) => isClosing(token) || isOpening(token))
  if (!rest || !isClosing(rest)) return []
  const text = `floor(${textFrom(before.slice(from), source)} / ${textFrom(behind.slice(0, to), source)})`
  const span = { source, start: before[from]!.startOffset, end: tokenEnd(behind[to - 1]!) }
  return [writing(text, span, 'safe')]
}
