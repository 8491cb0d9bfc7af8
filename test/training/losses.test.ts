import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { meanOfAll } from '../../src/runtime/training/mean-of-all.ts'
import { isOfClasses, losses, lossNames, type LossName } from '../../src/runtime/training/losses.ts'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { near } from './near.ts'

const s = suite('losses')

interface Case {
  readonly loss: LossName
  readonly output: readonly number[]
  readonly shape: readonly number[]
  readonly targets: readonly number[]
  readonly targetShape: readonly number[]
}

const extreme = [100, -100, 0, 0, 0, 0, -100, -100, -100, 3.5, 100, 100, -88, 90, 0.25, 1e-3, -2, 7]

const cases: readonly Case[] = [
  { loss: 'categorical_crossentropy', output: extreme, shape: [6, 3], targets: [0, 1, 2, 0, 1, 2], targetShape: [6] },
  { loss: 'categorical_crossentropy', output: extreme, shape: [6, 3], targets: [1, 0, 0, 1, 2, 0], targetShape: [6] },
  {
    loss: 'categorical_crossentropy',
    output: extreme.slice(0, 12),
    shape: [2, 3, 2],
    targets: [1, 0, 1, 0, 0, 1],
    targetShape: [2, 3],
  },
  { loss: 'categorical_crossentropy', output: [2], shape: [1, 1], targets: [0], targetShape: [1] },
  {
    loss: 'binary_crossentropy',
    output: [100, -100, 0, 0.5, -3, 100, -100, 0],
    shape: [8, 1],
    targets: [1, 0, 1, 0, 1, 0, 1, 0],
    targetShape: [8],
  },
  {
    loss: 'binary_crossentropy',
    output: [100, -100, 0, 0.5, -3, 100, -100, 0],
    shape: [8],
    targets: [0, 1, 1, 0, 1, 1, 0, 0],
    targetShape: [8, 1],
  },
  {
    loss: 'binary_crossentropy',
    output: [100, -100, 0, 0.5, -3, 2],
    shape: [2, 3],
    targets: [1, 1, 0.5, 0, 1, 0.25],
    targetShape: [2, 3],
  },
  // probabilities as targets, and likelihoods of probabilities
  { loss: 'categorical_crossentropy', output: [1, 2, -3, 0.5, 0, 4], shape: [2, 3], targets: [0.2, 0.3, 0.5, 0, 1, 0], targetShape: [2, 3] },
  { loss: 'nll', output: [0.2, 0.3, 0.5, 0.9, 0.05, 0.05], shape: [2, 3], targets: [2, 0], targetShape: [2] },
  { loss: 'nll', output: [0.2, 0.3, 0.5, 0.9, 0.05, 0.05], shape: [2, 3], targets: [0.5, 0.5, 0, 0, 0.1, 0.9], targetShape: [2, 3] },
  { loss: 'binary_nll', output: [0.2, 0.9, 0.5, 0.25], shape: [4, 1], targets: [1, 0, 0.5, 0], targetShape: [4] },
  { loss: 'contrastive', output: [0, 0.25, 0.75, 1.5, 0, 0.25, 0.75, 1.5], shape: [8, 1], targets: [0, 0, 0, 0, 1, 1, 1, 1], targetShape: [8] },
  { loss: 'mse', output: [100, -100, 0, 1, 2, -3], shape: [2, 3], targets: [-100, -100, 0, 0.5, 4, 3], targetShape: [2, 3] },
  { loss: 'mse', output: [1, 2, 3], shape: [3, 1], targets: [3, 2, 5], targetShape: [3] },
  { loss: 'mae', output: [100, -100, 0, 1, 2, -3], shape: [2, 3], targets: [-100, -100, 0, 0.5, 4, 3], targetShape: [2, 3] },
  { loss: 'mae', output: [1, 2, 3], shape: [3], targets: [3, 2, 5], targetShape: [3, 1] },
]

interface Answer {
  readonly value: number
  readonly gradient: readonly number[]
}

/** From the definitions, in double precision: per element the loss and its derivative. */
const elementwise: Readonly<Record<Exclude<LossName, 'categorical_crossentropy' | 'nll'>, (y: number, t: number) => readonly [number, number]>> =
  {
    binary_crossentropy: (x, t) => [t * Math.log1p(Math.exp(-x)) + (1 - t) * Math.log1p(Math.exp(x)), 1 / (1 + Math.exp(-x)) - t],
    binary_nll: (p, t) => [-t * Math.log(p) - (1 - t) * Math.log(1 - p), (p - t) / (p * (1 - p))],
    contrastive: (d, t) => [((1 - t) * d * d + t * Math.max(0, 1 - d) ** 2) / 2, (1 - t) * d - t * Math.max(0, 1 - d)],
    mse: (y, t) => [(y - t) ** 2, 2 * (y - t)],
    mae: (y, t) => [Math.abs(y - t), Math.sign(y - t)],
  }

function answer({ loss, output, shape, targets }: Case): Answer {
  if (loss !== 'categorical_crossentropy' && loss !== 'nll') {
    const each = output.map((y, i) => elementwise[loss](y, targets[i]!))
    const value = each.reduce((sum, [part]) => sum + part, 0) / output.length
    return { value, gradient: each.map(([, slope]) => slope / output.length) }
  }
  const classes = shape.at(-1)!
  let value = 0
  const rows = output.length / classes
  const gradient = Array.from({ length: rows }, (_, i) => {
    const given = output.slice(i * classes, (i + 1) * classes)
    const wanted = given.map((_, k) => (targets.length === rows ? Number(targets[i] === k) : targets[i * classes + k]!))
    if (loss === 'nll') {
      value -= wanted.reduce((sum, t, k) => sum + (t === 0 ? 0 : t * Math.log(given[k]!)), 0) / rows
      return given.map((p, k) => -wanted[k]! / p / rows)
    }
    const total = (logit: number): number => given.reduce((sum, other) => sum + Math.exp(other - logit), 0)
    value += wanted.reduce((sum, t, k) => sum + (t === 0 ? 0 : t * Math.log(total(given[k]!))), 0) / rows
    return given.map((logit, k) => (1 / total(logit) - wanted[k]!) / rows)
  }).flat()
  return { value, gradient }
}

function computed(tf: Tfjs, { loss, output, shape, targets, targetShape }: Case): Answer {
  const constants = tf.tensor([...targets], [...targetShape], 'float32')
  const measured = tf.valueAndGrad((y: Tensor): Scalar => meanOfAll(tf, losses[loss](tf, y, constants)))
  const { value, grad } = measured(tf.tensor([...output], [...shape], 'float32'))
  assert.equal(value.shape, [])
  assert.equal(grad.shape, shape)
  return { value: value.dataSync()[0]!, gradient: [...grad.dataSync()] }
}

s(
  'losses and their gradients are those of the definitions, with logits of ±100 and with equal values too, on every backend',
  async () => {
    for (const backend of await availableBackends()) {
      await withBackend(backend, (tf) => {
        for (const example of cases) {
          const what = `${backend}: ${example.loss} of [${example.shape.join(', ')}]`
          const [actual, expected] = [computed(tf, example), answer(example)]
          near([actual.value], [expected.value], 1e-6, `${what}, value`)
          near(actual.gradient, expected.gradient, 1e-6, `${what}, gradient`)
        }
      })
    }
  },
)

s('an output of another size than the targets is refused and never broadcast', async () => {
  await withBackend('cpu', (tf) => {
    for (const loss of lossNames.filter((name) => !isOfClasses(name))) {
      assert.throws(() => losses[loss](tf, tf.zeros([4, 1]), tf.zeros([1, 4])), 'an output [4, 1] against targets [1, 4]')
      assert.throws(() => losses[loss](tf, tf.zeros([4]), tf.zeros([1])), 'an output [4] against targets [1]')
      assert.throws(
        () => losses[loss](tf, tf.zeros([2, 3, 4]), tf.zeros([2, 4, 3])),
        'an output [2, 3, 4] against targets [2, 4, 3]',
      )
    }
  })
})

s('a loss of NaN stays NaN on every backend', async () => {
  for (const backend of await availableBackends()) {
    await withBackend(backend, (tf) => {
      for (const loss of lossNames) {
        const output = isOfClasses(loss) ? tf.tensor2d([[NaN, 1]]) : tf.tensor1d([NaN])
        assert.ok(Number.isNaN(losses[loss](tf, output, tf.tensor1d([1])).dataSync()[0]), `${backend}: ${loss}`)
      }
    })
  }
})

s.run()
