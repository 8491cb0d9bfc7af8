import type { Argument, Expr } from '../syntax/ast.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'

type Named = Argument & { readonly kind: 'named' }

/** The argument of this name in a call. */
export const namedArgument = (call: Expr, name: string): Named | undefined =>
  call.kind === 'call' ? call.args.find((arg): arg is Named => arg.kind === 'named' && arg.name.name === name) : undefined

/** Lets a call have an argument, written `name: value` or `name:`; an op without parentheses gets them. */
export function argumentEdit(call: Expr, name: string, argument: string): Edit {
  const { span } = call
  if (call.kind !== 'call') return { span: { ...span, start: span.end }, text: `(${argument})` }
  const present = namedArgument(call, name)
  if (present) return { span: present.span, text: argument }
  const last = call.args.at(-1)
  if (!last) return { span: { ...span, start: span.end - 1, end: span.end - 1 }, text: argument }
  const { end } = last.span
  return { span: { ...span, start: end, end }, text: `, ${argument}` }
}
