import { didYouMean } from '../text/did-you-mean.ts'
import { opMeant } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import { nearWord } from '../fixes/near-word.ts'

/** An op of a family by the name that it has elsewhere, or by nearly its own. */
export const otherOp: Remedy<'unknown-op'> = ({ family, expr: { member, span }, ops }) => {
  const near = didYouMean(member.name, ops)
  const meant = opMeant(member.name, family) ?? (near === undefined ? undefined : `${family}.${near}`)
  return meant === undefined
    ? { notes: [`${family} has ${ops.join(', ')}`] }
    : nearWord(meant, `use ${meant}`, [{ span, text: meant }])
}
