const mostListed = 5

/** The first few of many faults, and how many more there are. */
export function listed(count: number, line: (n: number) => string): readonly string[] {
  const lines = Array.from({ length: Math.min(count, mostListed) }, (_, n) => line(n))
  return count > mostListed ? [...lines, `and ${count - mostListed} more`] : lines
}
