import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import { freezeWeights } from '../../compiler/ir/freeze-weights.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { pathsAround } from '../../compiler/graph/path.ts'
import { UsageError } from '../exit/exit.ts'

/** A model in which nothing trains that --freeze names. @throws UsageError where a glob names nothing */
export function freezeModel(model: Graph, globs: readonly string[]): Graph {
  const { graph, unmatched } = freezeWeights(model, globs)
  if (unmatched.length === 0) return graph
  const paths = weightsOf(model).flatMap(({ path, segments }) => [...pathsAround(segments), path])
  const said = unmatched.map((glob) => {
    const stars = /(?:\/\*+)?$/.exec(glob)![0]
    const meant = didYouMean(glob.slice(0, glob.length - stars.length), new Set(paths))
    return `--freeze ${glob}: no weight of ${model.name} has such a path${meant === undefined ? '' : ` (did you mean ${meant}${stars}?)`}`
  })
  throw new UsageError(said.join('\n'))
}
