import type { Span } from '../../text/source.ts'
import { fail, originAt, type Context } from '../context.ts'
import { enums } from '../enums.ts'
import { failed, type Value } from '../value.ts'

/** Reports a name that nothing has. `words` are those of the enum that is wanted there. */
export function unknownName(name: string, span: Span, ctx: Context, words?: readonly string[]): Value {
  if (ctx.run.reporter.knows('name/unknown', originAt(ctx, span))) return failed(originAt(ctx, span))
  const what = words ? wordOf(words) : 'name'
  return fail(ctx, 'name/unknown', { what, name }, span, { cause: { kind: 'unknown-name', name, written: span, words } })
}

/** What an enum is called, where it is not what it is an enum of. */
const nouns: ReadonlyMap<string, string> = new Map([
  ['init', 'initialiser'],
  ['per', 'choice of weights'],
])

/** What a word of an enum is called: a padding, a method. */
export function wordOf(words: readonly string[]): string {
  const [wanted = 'word'] = [...enums].flatMap(([name, all]) => (all === words ? [name] : []))
  return nouns.get(wanted) ?? wanted
}
