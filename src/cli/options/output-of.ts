import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { UsageError } from '../exit/exit.ts'

/** The output of this name. @throws UsageError */
export function outputOf({ name, outputs }: Graph, wanted: string): Graph['outputs'][number] {
  const found = outputs.find((output) => output.name === wanted)
  if (found) return found
  const names = outputs.map((output) => output.name)
  throw new UsageError(`${name} has no output ${wanted}${suggestion(wanted, names)}; it has ${names.join(', ')}`)
}
