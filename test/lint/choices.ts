/** Decisions that a list of random numbers makes, so that a shorter list with smaller numbers makes a simpler text. */
export interface Choices {
  readonly below: (n: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  /** Some of a list, at least one, in its order. */
  readonly some: <T>(list: readonly T[]) => readonly T[]
}

export function choicesFrom(numbers: readonly number[]): Choices {
  let position = 0
  const below = (n: number): number => (numbers[position++] ?? 0) % n
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const some = <T>(list: readonly T[]): readonly T[] => {
    const kept = list.filter(() => below(2) === 1)
    return kept.length > 0 ? kept : [pick(list)]
  }
  return { below, pick, some }
}
