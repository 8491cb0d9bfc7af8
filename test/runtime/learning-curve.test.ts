import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawLearningCurve } from '../../src/runtime/drawing/learning-curve.ts'
import type { EpochReport } from '../../src/runtime/training/reports.ts'

const s = suite('learning curve')

const report = (epoch: number, own: Partial<EpochReport>): EpochReport => ({
  kind: 'epoch',
  epoch,
  step: epoch,
  rate: 1,
  seconds: 1,
  best: false,
  loss: 1,
  metrics: {},
  ...own,
})

interface Picture {
  readonly width: number
  /** The centres of the pixels of a colour, as [x, y]. */
  readonly of: (red: number, green: number, blue: number) => readonly (readonly [number, number])[]
}

function pictureOf(epochs: readonly EpochReport[]): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(drawLearningCurve('Net', epochs)))
  const places = Array.from({ length: width * height }, (_, i) => [i % width, Math.floor(i / width)] as const)
  return { width, of: (...color) => places.filter((_, i) => color.every((value, c) => data[4 * i + c] === value)) }
}

const training = [31, 98, 184] as const
const validation = [214, 96, 20] as const

/** The curve itself, without the legend below it. */
const curve = (places: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] =>
  places.filter(([, y]) => y < 360)

s('a falling loss is drawn from the upper left to the lower right, and a rising one upwards', () => {
  const picture = pictureOf([4, 3, 2, 1].map((loss, i) => report(i + 1, { loss, validation: { loss: 5 - loss, metrics: {} } })))
  for (const [[red, green, blue], falls] of [[training, true], [validation, false]] as const) {
    const places = curve(picture.of(red, green, blue))
    const left = places.reduce((a, b) => (b[0] < a[0] ? b : a))
    const right = places.reduce((a, b) => (b[0] > a[0] ? b : a))
    assert.ok(right[0] - left[0] > 300)
    assert.is(left[1] < right[1], falls)
    assert.ok(Math.abs(left[1] - right[1]) > 150)
  }
})

s('values that are equal are equally high, between the neighbours they lie between', () => {
  const places = curve(pictureOf([1, 0.5, 0].map((loss, i) => report(i + 1, { loss }))).of(...training))
  const middle = (from: number, to: number): number => {
    const ys = places.filter(([x]) => x >= from && x <= to).map(([, y]) => y)
    return ys.reduce((sum, y) => sum + y, 0) / ys.length
  }
  const [left, right] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([x]) => x))]
  const centre = (left + right) / 2
  assert.ok(Math.abs(middle(centre - 3, centre + 3) - (middle(left, left + 5) + middle(right - 5, right)) / 2) < 4)
})

s('the first metric has a panel of its own beside the loss; without one there is none', () => {
  const [one, two] = [pictureOf([report(1, {})]), pictureOf([report(1, { metrics: { accuracy: 0.5, other: 1 } })])]
  assert.is(two.width, 2 * one.width)
  assert.ok(two.of(...training).some(([x, y]) => x > one.width && y < 360))
})

s('without validation there is no second curve and no second name in the legend', () => {
  assert.is(pictureOf([report(1, {}), report(2, {})]).of(...validation).length, 0)
})

s('one epoch, equal values, no epoch, values that are not finite and huge ranges are drawn too', () => {
  assert.ok(curve(pictureOf([report(1, {})]).of(...training)).length > 10)
  assert.ok(curve(pictureOf([report(1, { loss: 0 }), report(2, { loss: 0 })]).of(...training)).length > 300)
  assert.is(curve(pictureOf([]).of(...training)).length, 0)
  assert.ok(
    curve(pictureOf([report(1, { loss: NaN }), report(2, { loss: 1 }), report(3, { loss: Infinity })]).of(...training)).length >
      10,
  )
  assert.ok(curve(pictureOf([report(1, { loss: 1e30 }), report(2, { loss: 1e-30 })]).of(...training)).length > 300)
})

s('a loss that falls by orders of magnitude is drawn on a logarithmic axis: equal factors are equal distances', () => {
  const places = curve(pictureOf([1000, 1, 0.001].map((loss, i) => report(i + 1, { loss }))).of(...training))
  const ys = places.map(([, y]) => y)
  const xs = places.map(([x]) => x)
  const centre = (Math.min(...xs) + Math.max(...xs)) / 2
  const there = places.filter(([x]) => Math.abs(x - centre) < 2).map(([, y]) => y)
  const height = there.reduce((sum, y) => sum + y, 0) / there.length
  assert.ok(Math.abs(height - (Math.min(...ys) + Math.max(...ys)) / 2) < 4)
})

s('the same reports give the same bytes', () => {
  const epochs = [report(1, { loss: 2 }), report(2, { loss: 1 })]
  assert.equal(drawLearningCurve('Net', epochs), drawLearningCurve('Net', epochs))
})

s.run()
