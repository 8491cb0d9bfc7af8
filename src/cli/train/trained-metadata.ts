import { standardGrey, type Metadata, type PictureRules } from '../../codegen/tfjs/runtime/metadata.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import type { LossName } from '../../runtime/training/losses.ts'
import { logitsOf } from '../../runtime/training/logits-of.ts'
import type { TrainingData } from './data.ts'
import type { TrainSettings } from './settings.ts'

/** What trained weights say of themselves: where they come from, and how inputs were prepared and the output is read. */
export const trainedMetadata = (
  origin: Metadata,
  { name, node }: Graph['outputs'][number],
  { training, normalization, pictureSize, loss }: TrainingData,
  { resize }: TrainSettings,
): Metadata => ({
  ...origin,
  output: name,
  classes: training.classes,
  probabilities: probabilitiesOf(loss, logitsOf(node, loss) === node),
  normalize: normalization,
  picture: pictureSize && pictureRules(pictureSize, resize),
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
