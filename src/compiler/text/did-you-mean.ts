/** The candidate that differs least from a misspelt word, if it is near enough to be meant. */
export const didYouMean = (word: string, candidates: Iterable<string>): string | undefined => nearestWords(word, candidates)[0]

/** The candidates that differ least from a misspelt word, each once. */
export function nearestWords(word: string, candidates: Iterable<string>): readonly string[] {
  let best: readonly string[] = []
  // of one or two letters, one is too much of the word
  let least = word.length < 3 ? 1 : Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of new Set(candidates)) {
    const cost = plainWord(candidate) === plainWord(word) ? 0 : distance(word, candidate, least + 1)
    if (cost < least) {
      best = [candidate]
      least = cost
    } else if (cost === least && best.length > 0) best = [...best, candidate]
  }
  return best
}

/** Capitals and underscores are not what makes a word. */
export const plainWord = (word: string): string => word.toLowerCase().replaceAll('_', '')

/** Edits (insert, delete, replace, swap neighbours) between two words; anything from `limit` on is `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = previous
    previous = row
  }
  return Math.min(previous[b.length]!, limit)
}
