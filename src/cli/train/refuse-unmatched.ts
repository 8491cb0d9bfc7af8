import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { pathsAround } from '../../compiler/graph/path.ts'
import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import { UsageError } from '../exit/exit.ts'

/** @throws UsageError for the patterns of an option that name no weight of a model, with what may be meant */
export function refuseUnmatched(option: string, unmatched: readonly string[], model: Graph): void {
  if (unmatched.length === 0) return
  const paths = weightsOf(model).flatMap(({ path, segments }) => [...pathsAround(segments), path])
  const said = unmatched.map((pattern) => {
    const stars = /(?:\/\*+)?$/.exec(pattern)![0]
    const meant = didYouMean(pattern.slice(0, pattern.length - stars.length), new Set(paths))
    return `${option} ${pattern}: no weight of ${model.name} has such a path${meant === undefined ? '' : ` (did you mean ${meant}${stars}?)`}`
  })
  throw new UsageError(said.join('\n'))
}
