import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { classActivation } from '../../../src/runtime/drawing/class-activation.ts'
import { enlargeMap } from '../../../src/runtime/drawing/enlarge-map.ts'
import { randomStream } from '../../../src/codegen/tfjs/runtime/random.ts'

const s = suite('class activation')

const normal = (seed: number, count: number): Float32Array => {
  const stream = randomStream(seed, 'test')
  return Float32Array.from({ length: count }, () => stream.normal())
}

s('the map is the sum of the maps by the weights of the class, and its mean is the logit without bias', () => {
  const [height, width, channels, classes] = [3, 4, 5, 6]
  const maps = { shape: [height, width, channels], values: normal(1, height * width * channels) }
  const kernel = { shape: [channels, classes], values: normal(2, channels * classes) }
  for (let chosen = 0; chosen < classes; chosen++) {
    const map = classActivation(maps, kernel, chosen)
    let logit = 0
    for (let c = 0; c < channels; c++) {
      let mean = 0
      for (let place = 0; place < height * width; place++) mean += maps.values[place * channels + c]! / (height * width)
      logit += mean * kernel.values[c * classes + chosen]!
    }
    assert.ok(Math.abs(map.values.reduce((sum, value) => sum + value / (height * width), 0) - logit) < 1e-5)
    const at = (h: number, w: number): number =>
      Array.from(
        { length: channels },
        (_, c) => maps.values[(h * width + w) * channels + c]! * kernel.values[c * classes + chosen]!,
      ).reduce((sum, part) => sum + part)
    for (let h = 0; h < height; h++)
      for (let w = 0; w < width; w++) assert.ok(Math.abs(map.values[h * width + w]! - at(h, w)) < 1e-5)
  }
})

s('an enlarged map is bilinear between the centres of elements', () => {
  const { height, width, values } = enlargeMap({ height: 1, width: 2, values: Float32Array.from([0, 4]) }, 2, 4)
  assert.equal([height, width, [...values]], [2, 4, [0, 1, 3, 4, 0, 1, 3, 4]])
  const plane = Float32Array.from({ length: 12 }, (_, i) => 10 * Math.floor(i / 4) + (i % 4))
  const large = enlargeMap({ height: 3, width: 4, values: plane }, 15, 20)
  for (let row = 2; row < 13; row++) {
    // a plane stays one, but for the rim
    for (let column = 2; column < 18; column++) {
      assert.ok(Math.abs(large.values[row * 20 + column]! - (10 * ((row + 0.5) / 5 - 0.5) + ((column + 0.5) / 5 - 0.5))) < 1e-4)
    }
  }
  assert.is(large.values[0], 0)
  assert.is(large.values.at(-1), 23)
})

s('a map of the same size stays as it is', () => {
  const values = normal(3, 12)
  assert.equal(enlargeMap({ height: 3, width: 4, values }, 3, 4).values, values)
})

s.run()
