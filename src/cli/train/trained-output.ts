import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { UsageError } from '../exit/exit.ts'

/** The output that --target names, or the only one. @throws UsageError */
export function trainedOutput({ name, outputs }: Graph, target: string | undefined): Graph['outputs'][number] {
  const names = outputs.map((output) => output.name)
  const [only, ...others] = outputs
  if (target === undefined && others.length === 0 && only) return only
  if (target === undefined) {
    throw new UsageError(
      `${name} has several outputs, of which one is trained: choose with --target ${names.join(' or --target ')}`,
    )
  }
  const chosen = outputs.find((output) => output.name === target)
  if (!chosen) throw new UsageError(`${name} has no output ${target}${suggestion(target, names)}; it has ${names.join(', ')}`)
  return chosen
}
