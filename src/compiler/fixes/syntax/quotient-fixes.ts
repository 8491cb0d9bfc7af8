import { tokensIn, type SyntaxProblem } from '../../../../grammar/index.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { writing } from '../writing.ts'
import { isClosing, isOpening, textFrom, type Tokens } from './token-line.ts'
import { matchAt, operand } from './token-pattern.ts'

/** `floor(a / b)` for `a // b`, where a comment takes a bracket with it that is missing: it was none. */
export function quotientFixes({ swallowing }: SyntaxProblem, { source, tokens, comments }: Tokens): readonly Fix[] {
  const comment = comments.find(({ startOffset }) => startOffset === swallowing)
  if (!comment) return []
  const before = tokens.filter(({ startOffset }) => startOffset < comment.startOffset)
  const from = before.findIndex((_, at) => operand.ends(before, at).includes(before.length))
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
