import { nearestWords, plainWord } from '../text/did-you-mean.ts'
import { builtins } from '../elaborate/builtins.ts'
import type { Context, Advice } from '../elaborate/context.ts'
import { enums, enumsWith } from '../elaborate/enums.ts'
import { wordOf } from '../elaborate/reports/unknown-name.ts'
import { primitives } from '../primitives/index.ts'
import { writing } from '../fixes/writing.ts'
import { textOf, type Span } from '../text/source.ts'
import { callTo } from './surroundings.ts'
import { labelledStep } from './labelled-step.ts'
import { ofOtherBody, ofOtherDeclaration, ofOtherFile } from './name-of-other-place.ts'
import { opOfElsewhere } from './elsewhere/op-of-elsewhere.ts'
import { opMeant } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** What may be meant by a name that nothing has: a word, a value that is made elsewhere, or another name. */
export const nameMeant: Remedy<'unknown-name'> = ({ name, written, words }, ctx) => {
  if (words) return wordMeant(name, written, words, ctx)
  const wanting = enumsWith(name)
  if (wanting.length > 0) return { notes: [`${name} is a word of ${wanting.join(' and ')}: it has a meaning only where one of these is wanted`] }
  return (
    ofOtherBody(name, written, ctx) ??
    labelledStep(name, written, ctx) ??
    ofOtherFile(name, written, ctx) ??
    (nearest(name, ctx).length === 0 ? ofOtherDeclaration(name, written, ctx) : undefined) ??
    ofOtherLanguage(name, written, ctx) ??
    opOfElsewhere(name, written, [...namesAt(ctx), ...primitives.keys()], ctx) ??
    meaning(nearest(name, ctx), name, written)
  )
}

/** What other languages call something here. */
function ofOtherLanguage(name: string, span: Span, ctx: Context): Advice | undefined {
  if (name === 'len') {
    const call = callTo(span, ctx)
    const [list] = call?.args ?? []
    const isName = call?.args.length === 1 && list?.value.kind === 'name'
    return { notes: ['the length of a list is list.length'], fixes: isName ? [writing(`${textOf(list.value.span)}.length`, call.span, 'safe')] : [] }
  }
  if (!nothings.has(name)) return undefined
  return {
    notes: ['no value is written none, an activation that does nothing identity'],
    fixes: ['none', 'identity'].map((text) => writing(text, span, 'safe')),
  }
}

/** What is nothing in other languages: no value, or an activation that does nothing. */
const nothings: ReadonlySet<string> = new Set(['None', 'null', 'nil', 'undefined'])

function wordMeant(name: string, span: Span, words: readonly string[], ctx: Context): Advice {
  const meant = nearestWords(name, [...words, ...namesAt(ctx)])
  if (meant.length > 0) return meaning(meant, name, span)
  const others = enumsWith(name).map(
    (other) =>
      `${name} is a word of ${other}${other === 'mode' ? `: to pad that way, write pad(…, mode: ${name}) before the op` : ''}`,
  )
  const word = wordOf(words)
  return { notes: [...others, `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word} is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`] }
}

const meaning = ([meant, ...others]: readonly string[], name: string, span: Span): Advice =>
  meant === undefined
    ? {}
    : nearWord(meant, `use ${meant}`, [{ span, text: meant }], others.length > 0 || isOtherNumber(name, meant) || isShort(name, meant) ? 'unsafe' : safetyOf(name, meant))

/** One letter of three is as much of another op as of a misspelt one. */
const isShort = (name: string, meant: string): boolean =>
  name.length <= 3 && plainWord(name) !== plainWord(meant) && (primitives.has(meant) || builtins.has(meant))

/** `c3` is no misspelt `c2`. */
const isOtherNumber = (name: string, meant: string): boolean =>
  name !== meant && name.replace(/\d+/g, '') === meant.replace(/\d+/g, '')

/** What a name may stand for, as near as each other. */
function nearest(name: string, ctx: Context): readonly string[] {
  const elsewhere = opMeant(name)
  if (elsewhere !== undefined) return [elsewhere]
  const kinds = [namesAt(ctx), primitives.keys(), [...enums.values()].flat()]
  return kinds.map((words) => nearestWords(name, words)).find((found) => found.length > 0) ?? []
}

const namesAt = (ctx: Context): readonly string[] => [
  ...ctx.scope.all(),
  ...ctx.module.names.keys(),
  ...ctx.run.modules.prelude.names.keys(),
  ...builtins.keys(),
  ...ctx.run.modules.families,
  'true',
  'false',
  'none',
]
