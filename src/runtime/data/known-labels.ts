import { suggestion } from '../../compiler/text/suggestion.ts'
import { Failure, problem } from '../failure/failure.ts'

/**
 * For each name of a class its label among the classes that are known.
 *
 * @param placesOf where names stand, for those that are none
 * @throws Failure `data/other-classes` where the data has names that are none of them
 */
export function knownLabels(names: readonly string[], classes: readonly string[], file: string, placesOf: (unknown: readonly string[]) => readonly string[] = () => []): ReadonlyMap<string, number> {
  const unknown = names.filter((name) => !classes.includes(name))
  if (unknown.length === 0) return new Map(classes.map((name, label) => [name, label]))
  throw new Failure([problem('data/other-classes', { unknown: shown(unknown.map((name) => name + suggestion(name, classes))), classes: shown(classes) }, { file, notes: placesOf(unknown) })])
}

const mostNamed = 10

const shown = (names: readonly string[]): string => names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? `, ... (${names.length})` : '')
