import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'

interface Annealed {
  readonly path: string
  readonly from: number
  readonly to: number
}

/** The states that training leads from one value to another. */
export const annealedStates = (graph: Graph): readonly Annealed[] =>
  weightsOf(graph).flatMap(({ path, annealed, init }) =>
    annealed === undefined || init.kind !== 'constant' ? [] : [{ path, from: annealed, to: init.value }],
  )

/** The value at a step (from 1): on the line that reaches `to` with step `steps`, and `to` from there on. */
export const annealedAt = ({ from, to }: Annealed, step: number, steps: number): number =>
  step >= steps ? to : from + ((to - from) * (step - 1)) / Math.max(1, steps - 1)
