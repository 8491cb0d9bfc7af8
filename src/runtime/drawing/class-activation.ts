import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { DrawnMap } from './map-panel.ts'

/**
 * The class activation map of Zhou et al. (2016), section 2: `M[h, w] = Σ kernel[c, class] · maps[h, w, c]`. Its mean over all
 * places is the class's logit without the bias.
 *
 * @param maps [H, W, C], what the global average is taken of
 * @param kernel [C, classes], the dense layer's
 */
export function classActivation(maps: TensorData, kernel: TensorData, chosen: number): DrawnMap {
  const [height = 0, width = 0, channels = 0] = maps.shape
  const classes = kernel.shape[1] ?? 0
  const values = new Float32Array(height * width)
  for (let place = 0; place < values.length; place++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += kernel.values[c * classes + chosen]! * maps.values[place * channels + c]!
    values[place] = sum
  }
  return { height, width, values }
}
