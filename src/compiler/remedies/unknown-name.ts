import { didYouMean } from '../text/did-you-mean.ts'
import { builtins } from '../elaborate/builtins.ts'
import type { Context, Advice } from '../elaborate/context.ts'
import { enums, enumsWith } from '../elaborate/enums.ts'
import { wordOf } from '../elaborate/reports/unknown-name.ts'
import { primitives } from '../primitives/index.ts'
import type { Span } from '../text/source.ts'
import { lengthOf } from './list-length.ts'
import { labelledStep } from './labelled-step.ts'
import { madeLater, madeWithin } from './name-made-elsewhere.ts'
import { ofOtherDeclaration, ofOtherFile } from './name-of-other-place.ts'
import { opMeant } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import { unreadValue } from './unread-value.ts'
import { wordAlone } from './word-alone.ts'

/** What may be meant by a name that nothing has: a word, a value that is made elsewhere, or another name. */
export const nameMeant: Remedy<'unknown-name'> = ({ name, written, words }, ctx) => {
  if (words) return wordMeant(name, written, words, ctx)
  if (enumsWith(name).length > 0) return wordAlone(name, written, ctx)
  return (
    madeWithin(name, written, ctx) ??
    madeLater(name, written, ctx) ??
    labelledStep(name, written, ctx) ??
    ofOtherFile(name, written, ctx) ??
    (nearest(name, ctx) === undefined ? ofOtherDeclaration(name, written, ctx) : undefined) ??
    ofOtherLanguage(name, written, ctx) ??
    otherName(name, written, ctx)
  )
}

/** What other languages call something here. */
function ofOtherLanguage(name: string, span: Span, ctx: Context): Advice | undefined {
  if (name === 'len') return { notes: ['the length of a list is list.length'], fixes: lengthOf(span, ctx) }
  if (!nothings.has(name)) return undefined
  return {
    notes: ['no value is written none, an activation that does nothing identity'],
    fixes: ['none', 'identity'].map((text) => ({ title: `write ${text}`, edits: [{ span, text }] })),
  }
}

/** What is nothing in other languages: no value, or an activation that does nothing. */
const nothings: ReadonlySet<string> = new Set(['None', 'null', 'nil', 'undefined'])

/** A word that is nearly the same, or the one value that nothing reads. */
function otherName(name: string, span: Span, ctx: Context): Advice {
  const near = nearest(name, ctx)
  const unread = near === undefined ? unreadValue(span, ctx) : undefined
  if (unread === undefined) return meaning(near, span)
  return {
    notes: [`nothing reads ${unread}, which is made before: is it meant?`],
    fixes: [{ title: `use ${unread}`, edits: [{ span, text: unread }] }],
  }
}

function wordMeant(name: string, span: Span, words: readonly string[], ctx: Context): Advice {
  const meant = didYouMean(name, [...words, ...namesAt(ctx)])
  if (meant !== undefined) return meaning(meant, span)
  const others = enumsWith(name).map(
    (other) =>
      `${name} is a word of ${other}${other === 'mode' ? `: to pad that way, write pad(…, mode: ${name}) before the op` : ''}`,
  )
  return { notes: [...others, `a ${wordOf(words)} is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`] }
}

const meaning = (meant: string | undefined, span: Span): Advice =>
  meant === undefined ? {} : { notes: [`did you mean ${meant}?`], fixes: [{ title: `use ${meant}`, edits: [{ span, text: meant }] }] }

const nearest = (name: string, ctx: Context): string | undefined =>
  opMeant(name) ??
  didYouMean(name, namesAt(ctx)) ??
  didYouMean(name, primitives.keys()) ??
  didYouMean(name, [...enums.values()].flat())

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
