import { problem, type Problem } from '../failure/failure.ts'

/** For each name of a class in data its label among the classes that are known, or what is none of them. */
export function knownLabels(
  names: readonly string[],
  classes: readonly string[],
  file: string,
): { readonly labels: ReadonlyMap<string, number> } | { readonly problems: readonly Problem[] } {
  const unknown = names.filter((name) => !classes.includes(name))
  if (unknown.length === 0) return { labels: new Map(classes.map((name, label) => [name, label])) }
  const facts = { unknown: shown(unknown), classes: shown(classes) }
  return { problems: [problem('data/other-classes', facts, { file })] }
}

const mostNamed = 10

const shown = (names: readonly string[]): string => names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? `, ... (${names.length})` : '')
