import { freezeWeights } from '../../compiler/ir/freeze-weights.ts'
import { pathPattern } from '../../compiler/graph/path-pattern.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import type { TrainSettings } from './settings.ts'
import { refuseUnmatched } from './refuse-unmatched.ts'

interface Phases {
  /** The model as it is trained in the end. */
  readonly graph: Graph
  /** The models before, each until an epoch. */
  readonly earlier: readonly { readonly until: number; readonly graph: Graph }[]
}

/** A model in which nothing trains that --freeze names, nor for a while what --unfreeze names. @throws UsageError where a glob names nothing */
export function freezeModel(model: Graph, { freeze, unfreeze, rate }: Pick<TrainSettings, 'freeze' | 'unfreeze' | 'rate'>): Phases {
  const { graph, unmatched } = freezeWeights(model, freeze)
  refuseUnmatched('--freeze', unmatched, model)
  const paths = weightsOf(model).map(({ path }) => path)
  const isUnmatched = ({ glob }: { readonly glob: string }): boolean => !paths.some(pathPattern(glob).matches)
  refuseUnmatched('--unfreeze', unfreeze.filter(isUnmatched).map(({ glob }) => glob), model)
  refuseUnmatched('--rate', rate.filter(isUnmatched).map(({ glob }) => glob), model)
  const epochs = [...new Set(unfreeze.map(({ epoch }) => epoch))].sort((a, b) => a - b)
  return {
    graph,
    earlier: epochs.map((until) => {
      const still = unfreeze.filter(({ epoch }) => epoch >= until).map(({ glob }) => glob)
      return { until, graph: freezeWeights(graph, still).graph }
    }),
  }
}
