import { pictureValues } from '../../codegen/tfjs/runtime/picture.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** Maps [..., height, width, channels] in another size, each channel as a picture is resized; values of any range stay in it. */
export function resizeMaps({ shape, values }: TensorData, size: readonly [number, number]): TensorData {
  const [height = 1, width = 1, channels = 1] = shape.slice(-3)
  const before = shape.slice(0, -3)
  const [from, to] = [height * width * channels, size[0] * size[1] * channels]
  const resized = new Float32Array(sizeOf(before) * to)
  for (let map = 0; map < sizeOf(before); map++) {
    const own = values.subarray(map * from, (map + 1) * from)
    for (let first = 0; first < channels; first += 3) {
      const three = pictureValues({ height, width, data: opaque(own, channels, first), maximum: 1 }, { channels: 3, size, grey: [1, 1, 1] })
      for (let i = 0; i < three.length; i++) {
        const channel = first + (i % 3)
        if (channel < channels) resized[map * to + Math.floor(i / 3) * channels + channel] = three[i]!
      }
    }
  }
  return { shape: [...before, ...size, channels], values: resized }
}

/** Three channels as the colours of pixels without transparency, which alone would change them. */
function opaque(values: Float32Array, channels: number, first: number): Float32Array {
  const pixels = new Float32Array((4 * values.length) / channels)
  for (let i = 0; i < pixels.length; i++) {
    const channel = first + (i % 4)
    pixels[i] = i % 4 === 3 ? 1 : channel < channels ? values[Math.floor(i / 4) * channels + channel]! : 0
  }
  return pixels
}
