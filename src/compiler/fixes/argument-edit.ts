import type { Argument, Expr } from '../syntax/ast.ts'
import type { Edit } from '../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../text/source.ts'

type Named = Argument & { readonly kind: 'named' }

/** The argument of this name in a call. */
export const namedArgument = (call: Expr, name: string): Named | undefined =>
  call.kind === 'call' ? call.args.find((arg): arg is Named => arg.kind === 'named' && arg.name.name === name) : undefined

/** A named argument as it is written: `stride: 2`, or `stride:` for a value of the same name. */
export const writtenArgument = ({ name, value }: Named): string =>
  textOf({ ...name.span, end: Math.max(value.span.end, afterColon(name.span)) })

/** Lets a call have an argument, written `name: value` or `name:`; an op without parentheses gets them. */
export function argumentEdit(call: Expr, name: string, argument: string): Edit {
  const { span } = call
  if (call.kind !== 'call') return { span: { ...span, start: span.end }, text: `(${argument})` }
  const present = namedArgument(call, name)
  if (present)
    return {
      span: { ...present.name.span, end: Math.max(present.value.span.end, afterColon(present.name.span)) },
      text: argument,
    }
  const last = call.args.at(-1)
  if (!last) return { span: { ...span, start: span.end - 1, end: span.end - 1 }, text: argument }
  const end = last.kind === 'named' ? Math.max(last.value.span.end, afterColon(last.name.span)) : last.value.span.end
  return { span: { ...span, start: end, end }, text: `, ${argument}` }
}

/** Where the colon behind a name ends: the short form has nothing behind it. */
export const afterColon = ({ source, end }: Span): number => end + (/^\s*:/.exec(source.text.slice(end))?.[0].length ?? 0)
