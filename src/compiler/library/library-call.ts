import type { Modules } from '../reading/module.ts'
import { expressionAt, stepAt } from '../reading/written.ts'
import type { Expr } from '../syntax/ast.ts'
import { calleeName } from '../syntax/callee-name.ts'
import type { Frame, Origin, Span } from '../text/source.ts'
import { signatureOf } from './signature-of.ts'
import type { WrittenCall } from './written-call.ts'

/** The call of the library, in the user's text, that made a node: what a pipe passes is not part of it. */
export interface LibraryCall {
  /** The op as the library names it: `conv`, `weight.attention`. */
  readonly op: string
  readonly span: Span
}

export function libraryCallOf({ span, frame }: Origin): LibraryCall | undefined {
  if (!span.source.library) return undefined
  let outermost: Frame | undefined = frame
  while (outermost?.call.source.library) outermost = outermost.parent
  return outermost && { op: outermost.name, span: outermost.call }
}

/** Undefined where another name stands there, of a layer or of a block that was passed, or where arguments are spread. */
export function writtenCall({ op, span }: LibraryCall, modules: Modules): WrittenCall | undefined {
  const expr = expressionAt(span, modules)
  const call = expr && calleeName(expr) === op ? callOf(op, expr, modules) : undefined
  return call && call.signature.length > 0 ? call : undefined
}

/**
 * The call of an op that is written there, maybe by another name, such as that of a layer: then, and where arguments are spread, it
 * has no signature, and its arguments are known by their names alone.
 */
export function callOf(op: string, expr: Expr, modules: Modules): WrittenCall {
  const args = expr.kind === 'call' ? expr.args : []
  const isPlain = calleeName(expr) === op && !args.some(({ kind }) => kind === 'spread')
  const piped = stepAt(expr.span, modules) !== undefined && !args.some(({ value }) => value.kind === 'hole')
  return { op, signature: (isPlain && signatureOf(op, modules)) || [], expr, args, piped }
}
