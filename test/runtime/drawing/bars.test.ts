import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { barChart, type Bar, type Reach } from '../../../src/runtime/drawing/bars.ts'
import { pictureOf } from '../../../src/runtime/drawing/panel.ts'
import { light } from '../../../src/runtime/drawing/theme.ts'
import { pixelsOf, runsOf, type Pixels } from './pixels.ts'

const s = suite('bars')

const bars = (values: readonly number[]): readonly Bar[] => values.map((value, i) => ({ label: String(i), value }))

const draw = (values: readonly number[], reach?: Reach): Pixels =>
  pixelsOf(pictureOf(barChart(bars(values), light, reach), light))

/** The longest bar of each of several, from above; the line at zero covers one pixel. */
const lengths = (pixels: Pixels, color: readonly (number | undefined)[]): readonly number[] => {
  const rows = runsOf(pixels, color).map((runs) => runs[0]!)
  return rows.filter((length, i) => length !== rows[i - 1])
}

s('the length of a bar is its value: 200 pixels are what the largest and the smallest are apart', () => {
  const pixels = draw([1, 2, -0.5, 0.25])
  assert.equal(lengths(pixels, light.positive), [79, 159, 19])
  assert.equal(lengths(pixels, light.negative), [40])
})

s('bars of one sign begin at zero', () => {
  assert.equal(lengths(draw([0.5, 1]), light.positive), [99, 199])
  assert.equal(lengths(draw([-0.5, -1]), light.negative), [100, 200])
})

s('charts that are compared share a reach', () => {
  assert.equal(lengths(draw([0.5], [0, 2]), light.positive), [49])
})

s('a value that is not finite has no bar, and spoils no other', () => {
  assert.equal(lengths(draw([NaN, 1, Infinity]), light.positive), [199])
})

s('many bars stand in four columns at most', () => {
  const pixels = draw(Array.from({ length: 256 }, () => 1))
  assert.is(runsOf(pixels, light.positive)[0]!.length, 4)
  assert.ok(pixels.width < 1400 && pixels.height < 1000, `${pixels.width} by ${pixels.height}`)
})

s('zeros alone are drawn without bars', () => {
  assert.equal(runsOf(draw([0, 0]), light.positive), [])
})

s.run()
