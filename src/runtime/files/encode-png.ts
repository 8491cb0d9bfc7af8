import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { Failure, problem } from '../failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/**
 * A map [height, width], [height, width, 1] or [height, width, 3] as an 8-bit PNG: `range` (without it, the smallest and the
 * largest value) is spread over 0 to 255, values beyond it are cut off. A constant map without a range is black.
 *
 * @throws Failure `output/picture`
 */
export function encodePng({ shape, values }: TensorData, file: string, range?: readonly [min: number, max: number]): Uint8Array {
  const fail = (reason: string): never => {
    throw new Failure([problem('output/picture', { reason }, { file })])
  }
  const [height = 0, width = 0, channels = 1] = shape
  if (shape.length < 2 || shape.length > 3 || (channels !== 1 && channels !== 3)) {
    fail(`a picture is [height, width], [height, width, 1] or [height, width, 3], and this is [${shape.join(', ')}]`)
  }
  if (height === 0 || width === 0) fail(`[${shape.join(', ')}] has no pixels`)
  const bad = values.find((value) => !Number.isFinite(value))
  if (bad !== undefined) fail(`it contains ${bad}`)

  const [min, max] = range ?? extremes(values)
  const scale = max > min ? 255 / (max - min) : 0
  const png = new PNG({ width, height })
  // it rounds, and cuts off below 0 and above 255
  const samples = new Uint8ClampedArray(values.length)
  for (let i = 0; i < values.length; i++) samples[i] = (values[i]! - min) * scale
  png.data = Buffer.from(samples.buffer)
  const colorType = channels === 3 ? 2 : 0
  return PNG.sync.write(png, { colorType, inputColorType: colorType, inputHasAlpha: false })
}

function extremes(values: Float32Array): readonly [number, number] {
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  return [min, max]
}
