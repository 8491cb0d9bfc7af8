import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { augment } from '../../src/runtime/data/augment.ts'
import { checkAugmentations } from '../../src/runtime/data/check-augmentations.ts'
import { checkNormalization, normalizeBatch, parseNormalization } from '../../src/runtime/data/normalize.ts'
import { parseAugmentation } from '../../src/runtime/data/parse-augmentation.ts'
import { randomStream, type RandomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import type { Batch } from '../../src/runtime/data/dataset.ts'
import { graphOf } from '../compile-text.ts'
import { reported } from '../runtime/problems-of.ts'
import { array, counting, sum, three } from './samples.ts'

const s = suite('augmentation and normalisation')

const shapes = fc.tuple(...[4, 7, 7, 3].map((max) => fc.integer({ min: 1, max })))

const batchOf = (image: TensorData): Batch => ({ inputs: { image }, targets: { y: counting([image.shape[0]!]) } })

/** A stream that gives these numbers, and fails where more are drawn. */
function drawing(...numbers: readonly number[]): RandomStream {
  const left = [...numbers]
  return { uniform: () => left.shift() ?? assert.unreachable('too many numbers are drawn') ?? 0, normal: () => 0 }
}

const at = ({ shape: [, height, width, channels], values }: TensorData, n: number, y: number, x: number, c: number): number =>
  values[((n * height! + y) * width! + x) * channels! + c]!

/** Compares every element of an augmented batch with what a function says of it. */
function expectEach({ shape, values }: TensorData, expected: (n: number, y: number, x: number, c: number) => number): void {
  const [batch, height, width, channels] = shape as readonly [number, number, number, number]
  let i = 0
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) assert.is(values[i++], expected(n, y, x, c), `${n}, ${y}, ${x}, ${c}`)
      }
    }
  }
}

s('flip mirrors the samples whose number is below one half', () => {
  fc.assert(
    fc.property(shapes, fc.array(fc.constantFrom(0, 0.49, 0.5, 0.99), { minLength: 4, maxLength: 4 }), (shape, numbers) => {
      const image = counting(shape)
      const flipped = augment(batchOf(image), [parseAugmentation('flip')], drawing(...numbers.slice(0, shape[0]))).inputs[
        'image'
      ]!
      expectEach(flipped, (n, y, x, c) => at(image, n, y, numbers[n]! < 0.5 ? shape[2]! - 1 - x : x, c))
    }),
  )
})

s('shift moves each sample by its own two numbers, and zeros come in', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 8 }), fc.integer(), (shape, most, seed) => {
      const image = counting(shape)
      const shifted = augment(batchOf(image), [parseAugmentation(`shift=${most}`)], randomStream(seed, 'step 1')).inputs['image']!
      const stream = randomStream(seed, 'step 1')
      const moves = Array.from({ length: shape[0]! }, () =>
        [stream.uniform(), stream.uniform()].map((u) => Math.floor(u * (2 * most + 1)) - most),
      )
      expectEach(shifted, (n, y, x, c) => {
        const [fromY, fromX] = [y - moves[n]![0]!, x - moves[n]![1]!]
        return fromY < 0 || fromX < 0 || fromY >= shape[1]! || fromX >= shape[2]! ? 0 : at(image, n, fromY, fromX, c)
      })
    }),
  )
})

s('crop pads with zeros and cuts the same size out', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 4 }), fc.nat(8), fc.nat(8), (shape, pad, down, right) => {
      const [top, left] = [down % (2 * pad + 1), right % (2 * pad + 1)]
      const image = counting([1, ...shape.slice(1)])
      const [height, width, channels] = shape.slice(1) as [number, number, number]
      const padded = Array.from({ length: height + 2 * pad }, (_, y) =>
        Array.from({ length: width + 2 * pad }, (_, x) =>
          Array.from({ length: channels }, (_, c) =>
            y < pad || x < pad || y >= height + pad || x >= width + pad ? 0 : at(image, 0, y - pad, x - pad, c),
          ),
        ),
      )
      // the place that is cut out counts from the top left, a shift goes the other way
      const numbers = [top, left].map((place) => (2 * pad - place + 0.5) / (2 * pad + 1))
      const cropped = augment(batchOf(image), [parseAugmentation(`crop=${pad}`)], drawing(...numbers)).inputs['image']!
      expectEach(cropped, (_, y, x, c) => padded[top + y]![left + x]![c]!)
    }),
  )
})

s('all shifts up to the largest are drawn, each way', () => {
  const image = array([1, 5, 5, 1], Array.from({ length: 25 }, (_, i) => (i === 12 ? 1 : 0)))
  const stream = randomStream(0, 'shifts')
  const seen = new Set<number>()
  for (let n = 0; n < 400; n++)
    seen.add(augment(batchOf(image), [parseAugmentation('shift=2')], stream).inputs['image']!.values.indexOf(1))
  assert.is(seen.size, 25)
})

s('augmentations follow each other; all maps of a sample change alike, and nothing else changes', () => {
  const [left, right] = [counting([2, 3, 3, 1]), counting([2, 5, 5, 2])]
  const batch: Batch = { inputs: { left, right, features: counting([2, 4]) }, targets: { y: counting([2]) } }
  // the first sample is flipped and stays, the second is moved down by one
  const { inputs, targets } = augment(
    batch,
    [parseAugmentation('flip'), parseAugmentation('shift=1')],
    drawing(0, 0.5, 0.5, 0.9, 0.9, 0.5),
  )
  assert.is(inputs['features'], batch.inputs['features'])
  assert.is(targets['y'], batch.targets['y'])
  for (const [name, before] of [['left', left], ['right', right]] as const) {
    expectEach(inputs[name]!, (n, y, x, c) =>
      n === 0 ? at(before, 0, y, before.shape[2]! - 1 - x, c) : y === 0 ? 0 : at(before, 1, y - 1, x, c),
    )
  }
})

s('masks and labels for places are flipped with their maps, sample by sample', () => {
  const image = counting([2, 3, 4, 1])
  for (const shape of [[2, 3, 4, 2], [2, 3, 4]]) {
    const batch: Batch = { inputs: { image }, targets: { mask: counting(shape), label: counting([2]) } }
    const { mask, label } = augment(batch, [parseAugmentation('flip')], drawing(0, 0.9), new Set(['mask'])).targets
    assert.equal(mask!.shape, shape)
    assert.is(label, batch.targets['label'])
    const whole = { ...batch.targets['mask']!, shape: [2, 3, 4, shape[3] ?? 1] }
    expectEach({ ...mask!, shape: whole.shape }, (n, y, x, c) => at(whole, n, y, n === 0 ? 3 - x : x, c))
  }
})

s('the same stream gives the same batch, and the batch that is given stays as it is', () => {
  const image = counting([3, 4, 4, 2])
  const plan = ['flip', 'shift=1'].map(parseAugmentation)
  const run = (seed: number) => augment(batchOf(image), plan, randomStream(seed, 'step 3')).inputs['image']!.values
  assert.equal(run(5), run(5))
  assert.equal(image, counting([3, 4, 4, 2]))
  const batch = batchOf(image)
  assert.is(augment(batch, [], drawing()), batch)
})

const refused = (reason: string): readonly string[] => [`data/augment: the samples cannot be changed at random: ${reason}`]

s('an augmentation that is none says which there are', async () => {
  const parse = (text: string) => reported(() => parseAugmentation(text))
  assert.equal(await parse('flop'), refused('flop: there are flip, shift, crop (did you mean flip?)'))
  assert.equal(await parse(''), refused(': there are flip, shift, crop'))
  assert.equal(await parse('toString=2'), refused('toString=2: there are flip, shift, crop'))
  assert.equal(await parse('flip=1'), refused('flip=1: flip takes no number'))
  for (const text of ['shift', 'shift=', 'shift=0', 'shift=-1', 'shift=1.5', 'shift=1=2']) {
    assert.equal(await parse(text), refused(`${text}: it needs a number of pixels from 1 on, such as shift=2`))
  }
})

s('a model whose samples cannot be moved is refused', async () => {
  const plan = ['flip', 'shift=2'].map(parseAugmentation)
  const vector = graphOf('model Vector {\n  input x: [4]\n  output y = x |> dense(3)\n}')
  const maps = graphOf('model Maps {\n  input x: [H, W, 1]\n  output y = x |> conv(2, 1x1)\n}')
  const check = (graph: typeof vector, output: string, given = plan, isOfValues = false, isOwn = false) =>
    reported(() => checkAugmentations(given, graph, [{ output, isOfValues, isOwn }]))
  assert.equal(await check(vector, 'y'), refused('it is for maps [height, width, channels], and no input of Vector is one'))
  assert.equal(await check(maps, 'y'), refused('the output y [H, W, 2] is a map, and nothing says what comes in at the edges of its targets'))
  assert.equal(
    await check(three, 'logits', plan.slice(0, 1), true),
    refused('what logits should be are values, which would be wrong for a moved map if they are places in it'),
  )
  assert.equal(await check(three, 'logits'), refused('a shift of 2 pixels may leave nothing of the input image [2, 3, 1]'))
  for (const isOfValues of [false, true]) {
    checkAugmentations([], vector, [{ output: 'y', isOfValues, isOwn: false }])
    checkAugmentations(plan.slice(0, 1), maps, [{ output: 'y', isOfValues, isOwn: false }])
  }
  checkAugmentations(plan.slice(0, 1), three, [{ output: 'logits', isOfValues: false, isOwn: false }])
  // what comes in at the edges of an input comes in at those of its own target
  checkAugmentations(plan, maps, [{ output: 'y', isOfValues: true, isOwn: true }])
  checkAugmentations(plan, sum, [{ output: 'y', isOfValues: false, isOwn: false }])
})

s('normalising subtracts the mean and divides by the deviation, channel by channel', () => {
  const image = counting([2, 2, 2, 3])
  const perChannel = normalizeBatch(batchOf(image), parseNormalization('0.5,1, 2/0.25,2,4')).inputs['image']!
  expectEach(perChannel, (n, y, x, c) => Math.fround((at(image, n, y, x, c) - [0.5, 1, 2][c]!) / [0.25, 2, 4][c]!))
  const one = normalizeBatch(batchOf(image), parseNormalization('-1e1/0.5')).inputs['image']!
  expectEach(one, (n, y, x, c) => (at(image, n, y, x, c) + 10) / 0.5)
})

s('a normalisation that is none says why', async () => {
  const parse = async (text: string) => (await reported(() => parseNormalization(text))).join()
  const start = 'data/normalize: the samples cannot be normalised: '
  assert.is(await parse('0.5'), `${start}0.5: it is the mean, a slash, and the standard deviation`)
  assert.is(await parse('1/2/3'), `${start}1/2/3: it is the mean, a slash, and the standard deviation`)
  assert.is(await parse('0.5,x/1,1'), `${start}0.5,x/1,1: "x" is no number`)
  assert.is(await parse('/1'), `${start}/1: "" is no number`)
  assert.is(await parse('1,2/1'), `${start}1,2/1: there are 2 means and 1 deviations`)
  assert.is(await parse('1/0'), `${start}1/0: a standard deviation is greater than 0`)
  const rgb = parseNormalization('1,2,3/1,1,1')
  assert.equal(await reported(() => checkNormalization(rgb, three)), [
    `${start}there are 3 means, one for each channel, and the input image is [2, 3, 1]`,
  ])
  checkNormalization(parseNormalization('1/1'), three)
})

s.run()
