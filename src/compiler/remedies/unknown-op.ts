import { nearestWords } from '../text/did-you-mean.ts'
import { opMeant } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import { nearWord } from '../fixes/near-word.ts'

/** An op of a family by the name that it has elsewhere, or by nearly its own. */
export const otherOp: Remedy<'unknown-op'> = ({ family, expr: { member, span }, ops }) => {
  const [near, another] = nearestWords(member.name, ops)
  const elsewhere = opMeant(member.name, family)
  const meant = elsewhere ?? (near === undefined ? undefined : `${family}.${near}`)
  const isSure = elsewhere !== undefined || (another === undefined && member.name.length > 3)
  return meant === undefined
    ? { notes: [`${family} has ${ops.join(', ')}`] }
    : nearWord(meant, `use ${meant}`, [{ span, text: meant }], isSure ? 'safe' : 'unsafe')
}
