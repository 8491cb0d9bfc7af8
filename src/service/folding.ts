import { tokenEnd } from '../../grammar/token-end.ts'
import { positionOf, type Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { bracketsIn } from './brackets.ts'

export interface Fold {
  readonly kind: 'brackets' | 'comments' | 'imports'
  /** From the line that stays to the end of the last that is hidden; a bracket that closes stays on its line. */
  readonly span: Span
}

/** What can be folded: bodies and lists of several lines, runs of comments, the imports. */
export function folding({ source, ast, parsed: { tokens, comments } }: Analysis): readonly Fold[] {
  const { text } = source
  const lineOf = (offset: number): number => positionOf(source, offset).line
  const folds: Fold[] = []
  const add = (kind: Fold['kind'], start: number, end: number): void => {
    if (lineOf(end) > lineOf(start)) folds.push({ kind, span: { source, start, end } })
  }
  for (const { start, end } of bracketsIn(tokens)) add('brackets', start, endOfLineBefore(text, end))
  let run: { start: number; end: number } | undefined
  for (const comment of comments) {
    const [start, end] = [comment.startOffset, tokenEnd(comment)]
    const isAlone = /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))
    if (run && isAlone && /^\r?\n[ \t]*$/.test(text.slice(run.end, start))) run.end = end
    else {
      if (run) add('comments', run.start, run.end)
      run = isAlone ? { start, end } : undefined
    }
  }
  if (run) add('comments', run.start, run.end)
  const [first] = ast.imports
  if (first) add('imports', first.span.start, ast.imports.at(-1)!.span.end)
  return folds
}

/** Where the line ends before that of a bracket, which `end` is behind, if the bracket begins its line; otherwise where the bracket does. */
function endOfLineBefore(text: string, end: number): number {
  const line = text.lastIndexOf('\n', end - 2)
  return /^\s*$/.test(text.slice(line + 1, end - 1)) ? Math.max(0, text[line - 1] === '\r' ? line - 1 : line) : end - 1
}
