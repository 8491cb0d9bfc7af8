import { standardGrey, type Metadata, type PictureRules } from '../../codegen/tfjs/runtime/metadata.ts'
import type { LossName } from '../../runtime/training/losses.ts'
import type { Goal } from '../../runtime/training/objective.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import type { TrainingData } from './data.ts'
import type { TrainSettings } from './settings.ts'

/** What trained weights say of themselves: where they come from, and how inputs were prepared and the output is read. */
export const trainedMetadata = (
  origin: Metadata,
  { goals, targets, normalization, pictureSize }: TrainingData,
  { resize }: TrainSettings,
): Metadata => {
  // of several outputs the first with names of classes is the answer, else the first
  const answer = goals.find(({ output }) => targets[output.name]!.classes) ?? goals[0]!
  return {
    ...origin,
    ...answerOf(answer, targets),
    outputs: classesOf(goals.filter((goal) => goal !== answer), targets),
    normalize: normalization,
    picture: pictureSize && pictureRules(pictureSize, resize),
  }
}

/** Nothing where none has names: the key is for those that have. */
function classesOf(goals: readonly Goal[], targets: TrainingData['targets']): Metadata['outputs'] {
  const named = goals.flatMap((goal) => {
    const { output, classes, probabilities } = answerOf(goal, targets)
    return classes ? [[output, { classes, ...(probabilities && { probabilities }) }] as const] : []
  })
  return named.length > 0 ? Object.fromEntries(named) : undefined
}

/** What is said of an output. */
const answerOf = ({ output: { name, node }, loss }: Goal, targets: TrainingData['targets']) => ({
  output: name,
  classes: targets[name]!.classes,
  probabilities: probabilitiesOf(loss, logitsOf(node, loss) === node),
})

const pictureRules = (size: readonly [number, number], resize: boolean): PictureRules => ({
  size,
  resize: resize ? 'bilinear-antialias' : 'none',
  grey: standardGrey,
  alpha: 'white',
})

/** What the loss made of the output to compare it with the targets; nothing where it is no cross-entropy. */
function probabilitiesOf(loss: LossName, endsInLogits: boolean): Metadata['probabilities'] {
  if (loss === 'categorical_crossentropy') return endsInLogits ? 'softmax' : 'identity'
  if (loss === 'nll' || loss === 'binary_nll') return 'identity'
  if (loss === 'binary_crossentropy') return endsInLogits ? 'sigmoid' : 'identity'
  return undefined
}
