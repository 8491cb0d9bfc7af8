import { tokenEnd } from '../../grammar/token-end.ts'
import { outerSpan } from '../compiler/syntax/outer-span.ts'
import { statementsIn } from '../compiler/syntax/statements-in.ts'
import { syntaxTreeOf } from '../compiler/syntax/syntax-tree.ts'
import type { Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { bracketsIn } from './brackets.ts'

/** What a selection grows to from an offset: each place is in the next, from a word to the whole text. */
export function selectionRanges({ source, ast, parsed: { tokens, comments } }: Analysis, offset: number): readonly Span[] {
  const places = [
    ...[...tokens, ...comments].map((token) => ({ start: token.startOffset, end: tokenEnd(token) })),
    ...bracketsIn(tokens).flatMap(({ start, end }) => [{ start: start + 1, end: end - 1 }, { start, end }]),
    ...syntaxTreeOf(ast).expressions.flatMap((expr) => [
      expr.span,
      outerSpan(expr),
      ...(expr.kind === 'call' ? expr.args.map(({ span }) => span) : []),
    ]),
    ...ast.imports.map(({ span }) => span),
    ...ast.declarations.flatMap((one) => [one.span, ...(one.kind === 'const' ? [] : statementsIn(one.body).map(({ span }) => span))]),
    { start: 0, end: source.text.length },
  ]
  const around = places.filter(({ start, end }) => start <= offset && offset <= end).sort((a, b) => a.end - a.start - (b.end - b.start))
  const nested: Span[] = []
  for (const { start, end } of around) {
    const inner = nested.at(-1)
    if (!inner || (start <= inner.start && inner.end <= end && end - start > inner.end - inner.start)) nested.push({ source, start, end })
  }
  return nested
}
