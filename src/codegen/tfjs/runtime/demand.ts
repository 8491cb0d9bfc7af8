/**
 * Refuses sizes that a model was not checked for.
 *
 * @param sizes the extents that the claims are about
 * @param claims what has to hold, in words, and whether it does
 * @throws RangeError with all that do not hold, and the sizes
 */
export function demand(
  model: string,
  sizes: Readonly<Record<string, number>>,
  claims: Readonly<Record<string, boolean>>,
): void {
  const wrong = Object.keys(claims).filter((claim) => !claims[claim])
  if (wrong.length === 0) return
  const found = Object.entries(sizes).map(([name, size]) => `${name} is ${String(size)}`)
  throw new RangeError(`${model} cannot take inputs of this size: ${wrong.join('; ')} (${found.join(', ')})`)
}
