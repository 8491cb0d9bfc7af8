/**
 * Where the places of a text are in another that was made of it by one change: before and behind what the two do not have in common;
 * undefined in between.
 */
export function movedFrom(before: string, now: string): (offset: number) => number | undefined {
  const shorter = Math.min(before.length, now.length)
  let start = 0
  while (start < shorter && before[start] === now[start]) start++
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end++
  return (offset) => {
    if (offset <= start) return offset
    return offset >= before.length - end ? offset + now.length - before.length : undefined
  }
}
