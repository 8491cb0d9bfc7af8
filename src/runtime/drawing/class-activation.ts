import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { DrawnMap } from './map-panel.ts'

/**
 * The class activation map of Zhou et al. (2016), section 2: `M[h, w] = Σ kernel[c, class] · maps[h, w, c]`. Its mean over all
 * places is the class's logit without the bias.
 *
 * @param maps [H, W, C], what the global average is taken of
 * @param kernel [C, classes], the dense layer's; of averages side by side, that of all
 * @param first the row of the kernel that weighs the first channel
 */
export function classActivation(maps: TensorData, kernel: TensorData, chosen: number, first = 0): DrawnMap {
  const [height = 0, width = 0, channels = 0] = maps.shape
  const classes = kernel.shape[1] ?? 0
  const values = new Float32Array(height * width)
  for (let place = 0; place < values.length; place++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += kernel.values[(first + c) * classes + chosen]! * maps.values[place * channels + c]!
    values[place] = sum
  }
  return { height, width, values }
}

/**
 * Grad-CAM of Selvaraju et al. (2017), section 3: `M[h, w] = max(0, Σ α[c] · maps[h, w, c])`, where α[c] is the mean over all places
 * of the gradient of the class's logit. On maps that are averaged and weighed it is what is positive of the class activation map, by
 * the number of places.
 *
 * @param maps [H, W, C]
 * @param gradient [H, W, C], of the logit with respect to them
 */
export function gradientActivation(maps: TensorData, gradient: TensorData): DrawnMap {
  const [height = 0, width = 0, channels = 0] = maps.shape
  const places = height * width
  const weights = new Float64Array(channels)
  for (let i = 0; i < gradient.values.length; i++) weights[i % channels]! += gradient.values[i]! / places
  const values = new Float32Array(places)
  for (let place = 0; place < places; place++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += weights[c]! * maps.values[place * channels + c]!
    values[place] = sum < 0 ? 0 : sum
  }
  return { height, width, values }
}
