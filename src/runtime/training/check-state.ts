import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import { gradientReach } from '../../compiler/facts/gradient-reach.ts'
import { weightsOf } from '../../compiler/graph/graph.ts'
import { failIfAny, problem } from '../failure/failure.ts'
import { checkWeights } from '../weights/weights.ts'
import { checkpointFile, type Checkpoint } from './checkpoint.ts'
import type { Task } from './learner.ts'

type Resumed = Pick<Task, 'graph' | 'objectives' | 'optimizer'>

/**
 * Compares what a checkpoint holds beside the weights with what a task goes on from: the slots of the optimiser, which has those of
 * every trained weight, in its shape, and no others; and the best weights, all of them or none.
 *
 * @throws Failure `checkpoint/slot`, `weights/…` with every difference
 */
export function checkState({ slots, best }: Checkpoint, { graph, objectives, optimizer }: Resumed, folder: string): void {
  const file = checkpointFile(folder)
  const wanted = new Map<string, string>(
    gradientReach(graph, objectives.map(({ value }) => value)).trained.flatMap(({ path, type }) =>
      optimizer.slots.map((slot) => [`${slot}/${path}`, printed(fixedShape(type.shape))] as const),
    ),
  )
  const found = new Map([...slots].map(([name, { shape }]) => [name, printed(shape)]))
  const names = [...new Set([...wanted.keys(), ...found.keys()])]
  failIfAny([
    ...names
      .filter((name) => wanted.get(name) !== found.get(name))
      .map((slot) => {
        const facts = { slot, expected: wanted.get(slot) ?? 'not there', actual: found.get(slot) ?? 'not there' }
        return problem('checkpoint/slot', facts, { file })
      }),
    ...(best.size > 0 ? checkWeights(weightsOf(graph), best, file) : []),
  ])
}

const printed = (shape: readonly number[]): string => `[${shape.join(', ')}]`
