import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import type { Augmentation } from './augmentation.ts'

/** An output that is learned. */
interface Learned {
  readonly output: string
  /** Whether its targets are values that no probability is. */
  readonly isOfValues: boolean
  /** Whether it should be an input of the model, which is changed before it is taken. */
  readonly isOwn: boolean
}

/** Whether the answer for a sample is a map, which moves with the maps that it is an answer to. */
export function isMapOf({ outputs }: Graph, output: string): boolean {
  const answer = outputs.find((each) => each.name === output)?.node.type.shape ?? []
  return answer.length === 3 && answer.slice(0, 2).some(({ dim }) => dim !== 1)
}

/**
 * Whether maps of a model's inputs may be moved: there is one, none is lost altogether, and the answer stays true or can be moved with them. Places in
 * a map are values as others are, so no values are left as they were.
 *
 * @throws Failure `data/augment`
 */
export function checkAugmentations(plan: readonly Augmentation[], graph: Graph, learned: readonly Learned[]): void {
  if (plan.length === 0) return
  const { name, inputs } = graph
  const maps = inputs.filter(({ type }) => type.shape.length === 3)
  const reach = Math.max(...plan.map((augmentation) => augmentation.reach))
  const reasons = [
    ...(maps.length === 0 ? [`it is for maps [height, width, channels], and no input of ${name} is one`] : []),
    ...learned.flatMap((each) => wrongOf(each, graph, reach)),
    ...maps
      .filter(({ type }) => type.shape.slice(0, 2).some(({ dim }) => typeof dim === 'number' && dim <= reach))
      .map((input) => `a shift of ${reach} pixels may leave nothing of the input ${input.name} ${printShape(input.type.shape)}`),
  ]
  failIfAny(reasons.map((reason) => problem('data/augment', { reason })))
}

function wrongOf({ output, isOfValues, isOwn }: Learned, graph: Graph, reach: number): readonly string[] {
  const answer = graph.outputs.find(({ name }) => name === output)?.node.type.shape ?? []
  const isMap = isMapOf(graph, output)
  if (isMap && reach > 0 && !isOwn)
    return [`the output ${output} ${printShape(answer)} is a map, and nothing says what comes in at the edges of its targets`]
  if (!isMap && isOfValues) return [`what ${output} should be are values, which would be wrong for a moved map if they are places in it`]
  return []
}
