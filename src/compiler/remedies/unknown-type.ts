import { enums } from '../elaborate/enums.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import { typeMeant } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** A type by the name that it has elsewhere, or by nearly its own. */
export const otherType: Remedy<'unknown-type'> = ({ name: { name, span }, types }) => {
  const elsewhere = typeMeant(name)
  const meant = elsewhere ?? didYouMean(name, [...types, ...enums.keys()])
  return meant === undefined
    ? { notes: [`the types are shapes such as [H, W, C], ${types.join(', ')}, and the enums ${[...enums.keys()].join(', ')}`] }
    : nearWord(meant, `use ${meant}`, [{ span, text: meant }], elsewhere === undefined ? safetyOf(name, meant) : 'safe')
}
