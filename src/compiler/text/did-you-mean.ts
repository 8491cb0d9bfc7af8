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

/**
 * Whether a word is another one mistyped, and not another word: a letter is left out, doubled or exchanged with its neighbour, or one next to it on the
 * keyboard was hit instead. What differs at its end (`encoder`, `encoded`) is another word.
 */
export function isMistyped(word: string, meant: string): boolean {
  if (plainWord(word) === plainWord(meant)) return true
  const [a, b] = [word.toLowerCase(), meant.toLowerCase()]
  const from = [...a].findIndex((letter, i) => letter !== b[i])
  const at = from < 0 ? a.length : from
  const [own, rest] = [a.slice(at), b.slice(at)]
  if (own === rest.slice(1)) return true
  if (own.slice(1) === rest) return own[0] === a[at - 1] || own[0] === rest[0] || isNextTo(own[0]!, rest[0] ?? a[at - 1]!)
  if (own.slice(2) === rest.slice(2) && own[0] === rest[1] && own[1] === rest[0]) return true
  return own.length > 1 && own.slice(1) === rest.slice(1) && isNextTo(own[0]!, rest[0]!)
}

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Whether the keys of two letters touch. */
function isNextTo(a: string, b: string): boolean {
  const [first, second] = [a, b].map((letter) => {
    const row = rows.findIndex((keys) => keys.includes(letter))
    return row < 0 ? undefined : { row, at: rows[row]!.indexOf(letter) + row / 2 }
  })
  return first !== undefined && second !== undefined && Math.abs(first.row - second.row) < 2 && Math.abs(first.at - second.at) <= 1
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
