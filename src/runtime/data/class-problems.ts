import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { problem, type Problem } from '../failure/failure.ts'

/**
 * `data/classes` where the number of named classes is not what an output tells apart: as many as its last extent, or two where
 * that is one. An output whose last extent is symbolic is left to the labels.
 *
 * @param more what may be the cause
 * @param rarest what may be the cause where there are too many
 */
export function classProblems(classes: readonly string[], { outputs }: Graph, output: string, file: string, more: readonly string[] = [], rarest: readonly string[] = []): readonly Problem[] {
  const shape = outputs.find(({ name }) => name === output)?.node.type.shape
  const last = shape?.at(-1)?.dim ?? 1
  const wanted = last === 1 ? 2 : last
  if (typeof wanted !== 'number' || wanted === classes.length) return []
  const notes = [`the classes are ${classes.slice(0, mostNamed).join(', ')}${classes.length > mostNamed ? ', ...' : ''}`, ...more, ...(classes.length > wanted ? rarest : [])]
  return [problem('data/classes', { found: `${classes.length} ${classes.length === 1 ? 'class' : 'classes'}`, wanted: String(wanted), output }, { file, notes })]
}

const mostNamed = 20

/**
 * The class that is there least of all, which may be another one mistyped; nothing where all are there as often.
 *
 * @param counts how often each class is there
 * @param firstOf where it is there first
 */
export function rarestClass(counts: ReadonlyMap<string, number>, firstOf?: (name: string) => string): readonly string[] {
  const [[rarest, count] = ['', 0], ...others] = [...counts].sort(([, a], [, b]) => a - b)
  const more = others.flatMap(([name, often]) => (often > count ? [name] : []))
  if (more.length === 0) return []
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0)
  return [`the rarest is ${rarest}, ${count} of ${total}${firstOf ? `, first in ${firstOf(rarest)}` : ''}${suggestion(rarest, more)}`]
}
