import type { Graph } from '../../compiler/graph/graph.ts'
import { pathPattern } from '../../compiler/graph/path-pattern.ts'
import type { ForeignFile } from '../../runtime/weights/import/foreign-file.ts'
import type { WeightUse } from '../../runtime/weights/import/weight-uses.ts'
import { UsageError } from '../exit/exit.ts'

interface Left {
  readonly foreign: ForeignFile
  readonly uses: readonly WeightUse[]
}

/** What is left of the tensors of a file and the weights of a model without those of such names. @throws UsageError where a pattern names none */
export function withoutSkipped(foreign: ForeignFile, uses: readonly WeightUse[], { name: model }: Graph, skip: readonly string[]): Left {
  const patterns = skip.map(pathPattern)
  const idle = patterns.filter(({ matches }) => !foreign.tensors.some(({ name }) => matches(name)) && !uses.some(({ weight }) => matches(weight.path)))
  if (idle.length > 0) throw new UsageError(idle.map(({ pattern }) => `--skip ${pattern}: neither ${model} nor the file has such a name`).join('\n'))
  const isSkipped = (name: string): boolean => patterns.some(({ matches }) => matches(name))
  return {
    foreign: { ...foreign, tensors: foreign.tensors.filter(({ name }) => !isSkipped(name)) },
    uses: uses.filter(({ weight }) => !isSkipped(weight.path)),
  }
}
