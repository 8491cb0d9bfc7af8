import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { diverging, grey, inferno, viridis } from '../../../src/runtime/drawing/color-scale.ts'
import { colorAt, scaleOf, shareOf } from '../../../src/runtime/drawing/scale.ts'

const s = suite('colour scales')

const luma = ([red, green, blue]: readonly [number, number, number, number?]): number =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue

s('viridis and inferno begin, pass and end as published', () => {
  assert.equal([0, 0.5, 1].map(viridis), [[68, 1, 84], [33, 145, 140], [253, 231, 37]])
  assert.equal([0, 0.5, 1].map(inferno), [[0, 0, 4], [188, 55, 84], [252, 255, 164]])
})

s('grey, viridis and inferno grow lighter from step to step', () => {
  for (const scale of [grey, viridis, inferno]) {
    const lightness = Array.from({ length: 65 }, (_, i) => luma(scale(i / 64)))
    for (let i = 1; i < lightness.length; i++) assert.ok(lightness[i]! > lightness[i - 1]!, `step ${i}`)
  }
})

s('shares beyond 0 to 1 have the colours of the ends', () => {
  assert.equal([grey(-3), grey(7)], [[0, 0, 0], [255, 255, 255]])
})

s('values are spread from the smallest to the largest finite one', () => {
  const scale = scaleOf(Float32Array.from([2, 6, NaN, 4, Infinity]), 'grey')
  assert.equal([scale.min, scale.max, shareOf(scale, 3)], [2, 6, 0.25])
  assert.equal(colorAt(scale, 6), [255, 255, 255])
})

s('in a diverging scale zero is in the middle, whatever the values', () => {
  const scale = scaleOf(Float32Array.from([-1, 4]), 'diverging')
  assert.equal([scale.min, scale.max], [-4, 4])
  assert.equal([colorAt(scale, 0), colorAt(scale, 4), colorAt(scale, -4)], [diverging(0.5), diverging(1), diverging(0)])
})

s('where all values are one, the colour is that of the middle', () => {
  assert.equal(colorAt(scaleOf(Float32Array.from([3, 3]), 'grey'), 3), [128, 128, 128])
})

s.run()
