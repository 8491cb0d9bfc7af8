import { signatureOf } from '../library/signature-of.ts'
import type { WrittenCall } from '../library/written-call.ts'
import type { Modules } from '../reading/module.ts'
import { expressionAt, pipeOf } from '../reading/written.ts'
import { calleeName } from '../syntax/callee-name.ts'
import type { Frame, Origin, Span } from '../text/source.ts'

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
  const signature = signatureOf(op, modules)
  const args = expr?.kind === 'call' ? expr.args : []
  if (!expr || !signature || calleeName(expr) !== op || args.some(({ kind }) => kind === 'spread')) return undefined
  const piped = pipeOf(span, modules) !== undefined && !args.some(({ value }) => value.kind === 'hole')
  return { op, signature, expr, args, piped }
}
