/** The first size for which a test holds that goes on holding; undefined where that is none below the largest. */
export function firstFrom(start: number, largest: number, test: (size: number) => boolean): number | undefined {
  let high = Math.max(start, 1)
  while (high < largest && !test(high)) high *= 2
  if (high >= largest) return undefined
  let low = start
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return high
}
