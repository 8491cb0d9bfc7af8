import { didYouMean } from './did-you-mean.ts'

/** What to add to a message about an unknown word: ` (did you mean conv2d?)`, or nothing when no candidate is near. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const meant = didYouMean(word, candidates)
  return meant === undefined ? '' : ` (did you mean ${meant}?)`
}
