/** Gives what a body assigns its segment of weight paths: the name, and `x_2` where the text of the body assigns `x` again. */
export type Segments = (name: string) => string

export function countedSegments(): Segments {
  const counts = new Map<string, number>()
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  }
}
