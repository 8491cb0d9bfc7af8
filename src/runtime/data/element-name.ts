/** An element of an array by its position in the values: `image[3, 0, 27, 0]`, counted from 0. */
export function elementName(array: string, shape: readonly number[], position: number): string {
  const indices: number[] = []
  let rest = position
  for (const extent of shape.toReversed()) {
    indices.unshift(rest % extent)
    rest = Math.floor(rest / extent)
  }
  return `${array}[${indices.join(', ')}]`
}
