import type { Graph } from '../../compiler/graph/graph.ts'
import { problem, type Problem } from '../failure/failure.ts'

/**
 * `data/classes` where the number of named classes is not what an output tells apart: as many as its last extent, or two where
 * that is one. An output whose last extent is symbolic is left to the labels.
 *
 * @param more what may be the cause
 */
export function classProblems(classes: readonly string[], { outputs }: Graph, output: string, file: string, more: readonly string[] = []): readonly Problem[] {
  const shape = outputs.find(({ name }) => name === output)?.node.type.shape
  const last = shape?.at(-1)?.dim ?? 1
  const wanted = last === 1 ? 2 : last
  if (typeof wanted !== 'number' || wanted === classes.length) return []
  const notes = [`the classes are ${classes.slice(0, mostNamed).join(', ')}${classes.length > mostNamed ? ', ...' : ''}`, ...more]
  return [problem('data/classes', { found: String(classes.length), wanted: String(wanted), output }, { file, notes })]
}

const mostNamed = 20
