import type { Source } from '../text/source.ts'

/** A name that is not taken: the one that is wanted, or that with the first number that is free (`stem_2`, `Steps2`). */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const between = /^[A-Z]/.test(wanted) ? '' : '_'
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted}${between}${number}`
  return name
}

/** Every word of a text, taken or not. */
export const wordsOf = ({ text }: Source): ReadonlySet<string> => new Set(text.match(/\w+/g))
