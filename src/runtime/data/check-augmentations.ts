import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import type { Augmentation } from './augmentation.ts'

/**
 * Whether maps of a model's inputs may be moved: there is one, none is lost altogether, and the answer is no map, which would
 * have to move too.
 *
 * @throws Failure `data/augment`
 */
export function checkAugmentations(plan: readonly Augmentation[], { name, inputs, outputs }: Graph, output: string): void {
  if (plan.length === 0) return
  const maps = inputs.filter(({ type }) => type.shape.length === 3)
  const answer = outputs.find((each) => each.name === output)?.node.type.shape ?? []
  const reach = Math.max(...plan.map((augmentation) => augmentation.reach))
  const reasons = [
    ...(maps.length === 0 ? [`it is for maps [height, width, channels], and no input of ${name} is one`] : []),
    ...(answer.length === 3 && answer.slice(0, 2).some(({ dim }) => dim !== 1)
      ? [`the output ${output} ${printShape(answer)} is a map, which would not be moved with the input`]
      : []),
    ...maps
      .filter(({ type }) => type.shape.slice(0, 2).some(({ dim }) => typeof dim === 'number' && dim <= reach))
      .map((input) => `a shift of ${reach} pixels may leave nothing of the input ${input.name} ${printShape(input.type.shape)}`),
  ]
  failIfAny(reasons.map((reason) => problem('data/augment', { reason })))
}
