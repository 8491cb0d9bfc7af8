/** With the first of a list that one can be joined with in its place, or with one more. */
export function joinInto<T>(list: readonly T[], one: T, join: (known: T, one: T) => T | undefined): readonly T[] {
  for (const [i, known] of list.entries()) {
    const joined = join(known, one)
    if (joined) return list.with(i, joined)
  }
  return [...list, one]
}

/** The first of several keeps the name. */
export const numbered = (name: string, index: number): string => (index === 0 ? name : `${name} ${index + 1}`)
