import { isKnown } from '../elaborate/names.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import { nearWord } from '../fixes/near-word.ts'

/** A member of nearly that name, or an op that is called like a method. */
export const otherMember: Remedy<'unknown-member'> = ({ expr: { of, member }, members }, ctx) => {
  const { name, span } = member
  const near = didYouMean(name, members)
  if (near !== undefined) return nearWord(`.${near}`, `use .${near}`, [{ span, text: near }])
  if (!isKnown(name, ctx) && !ctx.run.modules.families.includes(name)) return { notes: [`it has ${members.join(', ')}`] }
  const piped = { span: { ...span, start: of.span.end }, text: ` |> ${name}` }
  return { fixes: [{ title: `an op follows a pipe: ${textOf(of.span)} |> ${name}`, safety: 'safe', edits: [piped] }] }
}
