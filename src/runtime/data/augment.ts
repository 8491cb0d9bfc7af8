import type { RandomStream } from '../../codegen/tfjs/runtime/random.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Batch } from './dataset.ts'
import type { Augmentation } from './augmentation.ts'

/**
 * A batch with all maps [batch, height, width, channels] among its inputs changed, sample by sample, by each augmentation in
 * turn; the maps of one sample in the same way, and its targets where they are a map or a label for each place. A plan without augmentations
 * changes nothing.
 *
 * @param maps the outputs whose targets are [batch, height, width, ...]
 * @param stream named by the step, so that a resumed run draws the same
 */
export function augment(batch: Batch, plan: readonly Augmentation[], stream: RandomStream, maps: ReadonlySet<string> = new Set()): Batch {
  if (plan.length === 0) return batch
  const size = Object.values(batch.inputs)[0]!.shape[0]!
  const changes = Array.from({ length: size }, () => plan.map(({ draw }) => draw(stream)))
  const changed = (data: TensorData, extents = data.shape): TensorData => {
    const { shape, values } = data
    const [, height, width, channels, ...more] = extents
    if (height === undefined || width === undefined || channels === undefined || more.length > 0) return data
    const result = new Float32Array(values.length)
    const length = height * width * channels
    for (const [sample, steps] of changes.entries()) {
      const map = { shape: [height, width, channels] as const, values: values.subarray(sample * length, (sample + 1) * length) }
      result.set(steps.reduce((moved, change) => change(moved), map).values, sample * length)
    }
    return { shape, values: result }
  }
  const ofPlaces = (targets: TensorData): TensorData => changed(targets, targets.shape.length === 3 ? [...targets.shape, 1] : targets.shape)
  return {
    inputs: Object.fromEntries(Object.entries(batch.inputs).map(([name, data]) => [name, changed(data)])),
    targets: Object.fromEntries(Object.entries(batch.targets).map(([name, data]) => [name, maps.has(name) ? ofPlaces(data) : data])),
  }
}
