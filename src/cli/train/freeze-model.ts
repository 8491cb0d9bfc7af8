import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import { freezeWeights } from '../../compiler/ir/freeze-weights.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { UsageError } from '../exit/exit.ts'

/** A model in which nothing trains that --freeze names. @throws UsageError where a glob names nothing */
export function freezeModel(model: Graph, globs: readonly string[]): Graph {
  const { graph, unmatched } = freezeWeights(model, globs)
  if (unmatched.length === 0) return graph
  const paths = weightsOf(model).map((weight) => weight.path)
  const scopes = paths.flatMap((each) => each.split('/').map((_, i, segments) => segments.slice(0, i + 1).join('/')))
  const said = unmatched.map((glob) => {
    const stars = /(?:\/\*+)?$/.exec(glob)![0]
    const meant = didYouMean(glob.slice(0, glob.length - stars.length), new Set(scopes))
    return `--freeze ${glob}: no weight of ${model.name} has such a path${meant === undefined ? '' : ` (did you mean ${meant}${stars}?)`}`
  })
  throw new UsageError(said.join('\n'))
}
