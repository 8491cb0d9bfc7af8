import { Block, CloseBrace, Model, OpenBrace } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { declaredLast } from '../declared-last.ts'
import { lineStart } from '../../text/source.ts'
import { behindGroup, type Tokens } from './token-line.ts'

/** A block that is declared inside a body goes to the end of the file. */
export function declarationFixes(start: number, { source, tokens }: Tokens): readonly Fix[] {
  const at = tokens.findIndex(({ startOffset }) => startOffset === start)
  const [head, name] = tokens.slice(at)
  if (at < 0 || !head || !name || (head.tokenType !== Block && head.tokenType !== Model)) return []
  const brace = tokens.findIndex(({ tokenType }, i) => i > at && tokenType === OpenBrace)
  const end = brace < 0 ? undefined : behindGroup(tokens, brace)
  const last = end === undefined ? undefined : tokens[end - 1]
  // what nothing closes any more was no body
  const isInside = end !== undefined && tokens.slice(end).some(({ tokenType, startColumn }) => tokenType === CloseBrace && startColumn === 1)
  if (!last || !isInside) return []
  const { text } = source
  const from = lineStart(text, start)
  const indent = text.slice(from, start)
  const to = tokenEnd(last)
  const moved = text.slice(start, to).split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n')
  const behind = text[to] === '\n' ? to + 1 : to
  return [
    {
      title: `declare ${name.image} beside the model`,
      safety: 'safe',
      edits: [
        { span: { source, start: from, end: behind }, text: '' },
        declaredLast(moved, source),
      ],
    },
  ]
}
