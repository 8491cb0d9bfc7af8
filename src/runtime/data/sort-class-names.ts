/** Names of classes in the order of their labels: whole numbers by their value, others by their letters (UTF-16). */
export function sortClassNames(names: Iterable<string>): readonly string[] {
  const sorted = [...new Set(names)].sort()
  return sorted.every((name) => /^\d+$/.test(name)) ? sorted.sort((a, b) => Number(a) - Number(b)) : sorted
}
