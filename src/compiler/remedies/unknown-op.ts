import { nearestWords } from '../text/did-you-mean.ts'
import { opMeant } from './other-frameworks.ts'
import { opInstead } from './elsewhere/op-of-elsewhere.ts'
import type { Remedy } from './remedy.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** An op of a family by the name that it has elsewhere, or by nearly its own. */
export const otherOp: Remedy<'unknown-op'> = ({ family, expr: { member, span }, ops }, ctx) => {
  const elsewhere = opMeant(member.name, family)
  if (elsewhere !== undefined) return opInstead(elsewhere, { word: `${family}.${member.name}`, module: undefined, place: span }, ctx)
  const [near, another] = nearestWords(member.name, ops)
  const meant = near === undefined ? undefined : `${family}.${near}`
  const isSure = another === undefined && member.name.length > 3 && near !== undefined
  return meant === undefined
    ? { notes: [`${family} has ${ops.join(', ')}`] }
    : nearWord(meant, `use ${meant}`, [{ span, text: meant }], isSure ? safetyOf(member.name, near) : 'unsafe')
}
