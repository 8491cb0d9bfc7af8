import { didYouMean } from '../text/did-you-mean.ts'
import type { Remedy } from './remedy.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** The parameter that a result is like: by nearly its name, or the only one there is. */
export const otherModel: Remedy<'unknown-like'> = ({ name: { name, span }, tensors }) => {
  const meant = didYouMean(name, tensors) ?? (tensors.length === 1 ? tensors[0] : undefined)
  return meant === undefined
    ? {}
    : nearWord(meant, `write like ${meant}`, [{ span, text: meant }], tensors.length === 1 ? 'safe' : safetyOf(name, meant))
}
