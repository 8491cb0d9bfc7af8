import { parseExpression } from '../../../grammar/index.ts'
import type { CallExpr, Expr } from '../syntax/ast.ts'
import { buildExpression } from '../syntax/build-ast/index.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'
import { argumentEdit } from '../fixes/argument-edit.ts'
import { textOf, type Frame, type Origin, type Source, type Span } from '../text/source.ts'

/** The call of the library, in the user's text, that made a node: what a pipe passes is not part of it. */
export interface LibraryCall {
  /** The op as the library names it: `conv`, `weight.attention`. */
  readonly name: string
  readonly span: Span
}

export function libraryCallOf({ span, frame }: Origin): LibraryCall | undefined {
  if (!span.source.library) return undefined
  let outermost: Frame | undefined = frame
  while (outermost?.call.source.library) outermost = outermost.parent
  return outermost && { name: outermost.name, span: outermost.call }
}

/** A call of the library as it is written. */
export interface WrittenCall {
  readonly expr: Expr
  readonly args: CallExpr['args']
  /** How many of the first parameters are not written, because a pipe passes them. */
  readonly piped: 0 | 1
}

/** Undefined where another name stands there, of a layer or of a block that was passed, or where arguments are spread. */
export function writtenCall({ name, span }: LibraryCall): WrittenCall | undefined {
  const expr = expressionAt(span)
  const { callee, args } = expr.kind === 'call' ? expr : { callee: expr, args: [] }
  if (textOf(callee.span) !== name || args.some(({ kind }) => kind === 'spread')) return undefined
  const isStep = /\|>\s*(?:freeze\s+)?$/.test(span.source.text.slice(0, span.start))
  return { expr, args, piped: isStep && !args.some(({ value }) => value.kind === 'hole') ? 1 : 0 }
}

/** The expression that a stretch of a text is which was read before. */
export function expressionAt(span: Span): Expr {
  const read = (source: Source, text: string, offset: number): Expr =>
    buildExpression(parseExpression(text, offset), source, read)
  return read(span.source, textOf(span), span.start)
}

/** What is written for a parameter, the first being 0: by name, or at its position. */
export function argumentOf({ args, piped }: WrittenCall, name: string, position: number): Expr | undefined {
  const named = args.find((arg) => arg.kind === 'named' && arg.name.name === name)
  return (named ?? args.filter(({ kind }) => kind === 'positional')[position - piped])?.value
}

const literals: ReadonlySet<Expr['kind']> = new Set(['number', 'size', 'bool'])

/** Gives a parameter a value, in place of a literal or of its default; undefined where an expression decides it. */
export function withArgument(call: WrittenCall, name: string, position: number, value: string): Edit | undefined {
  const given = argumentOf(call, name, position)
  if (given) return literals.has(given.kind) ? { span: given.span, text: value } : undefined
  return argumentEdit(call.expr, name, `${name}: ${value}`)
}
