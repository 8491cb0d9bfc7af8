import type { Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import {
  defaultRate,
  optimizerMistake,
  optimizerNames,
  optimizerOf,
  type OptimizerOptions,
} from '../../src/runtime/training/optimizer-of.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { near } from './near.ts'

const s = suite('optimizer-of')

const steps = 20
const size = 6

const drawn = (name: string, scale = 1): Float32Array => {
  const { normal } = randomStream(7, name)
  return Float32Array.from({ length: size }, () => scale * normal())
}

const start = drawn('weights')

/** Of very different magnitudes: the first element's gradients vanish, the last one's are large. */
const gradients = Array.from({ length: steps }, (_, t) =>
  drawn(`gradient ${t}`).map((g, i) => g * [0, 1e-6, 1e-3, 0.1, 1, 30][i]!),
)

const falling = (step: number): number => 0.05 / step

/** One element in double precision: what it remembers is its own affair. */
type Loop = (w: number, g: number, rate: number, step: number) => number

const sgdLoop = (decay: number) => (): Loop => (w, g, rate) => w - rate * (g + decay * w)

const momentumLoop = (mu: number, nesterov: boolean, decay: number) => (): Loop => {
  let v = 0
  return (w, g, rate) => {
    const slope = g + decay * w
    v = mu * v + slope
    return w - rate * (nesterov ? slope + mu * v : v)
  }
}

const adamLoop = (b1: number, b2: number, epsilon: number, decay: number) => (): Loop => {
  let [m, v] = [0, 0]
  return (w, g, rate, t) => {
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    return w - rate * decay * w - (rate * (m / (1 - b1 ** t))) / (Math.sqrt(v / (1 - b2 ** t)) + epsilon)
  }
}

const rmspropLoop = (rho: number, epsilon: number) => (): Loop => {
  let square = 0
  return (w, g, rate) => {
    square = rho * square + (1 - rho) * g * g
    return w - (rate * g) / Math.sqrt(square + epsilon)
  }
}

const cases: readonly (readonly [OptimizerOptions, () => Loop])[] = [
  [{ name: 'sgd' }, sgdLoop(0)],
  [{ name: 'sgd', weightDecay: 0.3 }, sgdLoop(0.3)],
  [{ name: 'momentum' }, momentumLoop(0.9, false, 0)],
  [{ name: 'momentum', momentum: 0.5, weightDecay: 0.2 }, momentumLoop(0.5, false, 0.2)],
  [{ name: 'momentum', momentum: 0, weightDecay: 0.2 }, sgdLoop(0.2)],
  [{ name: 'momentum', nesterov: true, weightDecay: 0.1 }, momentumLoop(0.9, true, 0.1)],
  [{ name: 'adam' }, adamLoop(0.9, 0.999, 1e-7, 0)],
  [{ name: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 0.01 }, adamLoop(0.5, 0.9, 0.01, 0)],
  [{ name: 'adamw' }, adamLoop(0.9, 0.999, 1e-7, 0.01)],
  [{ name: 'adamw', weightDecay: 0.5 }, adamLoop(0.9, 0.999, 1e-7, 0.5)],
  [{ name: 'rmsprop' }, rmspropLoop(0.9, 1e-7)],
  [{ name: 'rmsprop', rho: 0.5, epsilon: 0.1 }, rmspropLoop(0.5, 0.1)],
]

const looped = (loop: () => Loop): readonly number[] =>
  Array.from(start, (first, i) => {
    const next = loop()
    return gradients.reduce((w, gradient, t) => next(w, gradient[i]!, falling(t + 1), t + 1), first)
  })

interface State {
  readonly weight: Float32Array
  readonly slots: readonly Float32Array[]
}

/** Runs steps `from` to `to` on a state that is plain data before and after, as a checkpoint keeps it. */
function optimized(tf: Tfjs, options: OptimizerOptions, state: State, from: number, to: number, rateOf = falling): State {
  const { update } = optimizerOf(options)
  let weight: Tensor = tf.tensor2d(state.weight, [2, 3])
  let slots: readonly Tensor[] = state.slots.map((slot) => tf.tensor2d(slot, [2, 3]))
  for (let step = from; step <= to; step++) {
    const gradient = tf.tensor2d(gradients[step - 1]!, [2, 3])
    ;({ weight, slots } = update(tf, { weight, gradient, slots, rate: rateOf(step), step }))
  }
  assert.equal(weight.shape, [2, 3])
  return { weight: weight.dataSync<'float32'>(), slots: slots.map((slot) => slot.dataSync<'float32'>()) }
}

const fresh = (options: OptimizerOptions): State => ({
  weight: start,
  slots: optimizerOf(options).slots.map(() => new Float32Array(size)),
})

s('20 steps with a falling rate give the weights of the published formula in double precision, on every backend', async () => {
  for (const backend of await availableBackends()) {
    await withBackend(backend, (tf) => {
      for (const [options, loop] of cases) {
        const { weight } = optimized(tf, options, fresh(options), 1, steps)
        near(weight, looped(loop), 1e-5, `${backend}: ${JSON.stringify(options)}`)
      }
    })
  }
})

s('20 steps give the weights of the optimisers of TensorFlow.js', async () => {
  const rate = 0.02
  await withBackend('cpu', (tf) => {
    for (const [options, theirs] of [
      [{ name: 'sgd' }, tf.train.sgd(rate)],
      [{ name: 'momentum', momentum: 0.8 }, tf.train.momentum(rate, 0.8)],
      [{ name: 'momentum', momentum: 0.8, nesterov: true }, tf.train.momentum(rate, 0.8, true)],
      [{ name: 'adam' }, tf.train.adam(rate, 0.9, 0.999, 1e-7)],
      [{ name: 'rmsprop' }, tf.train.rmsprop(rate, 0.9, 0, 1e-7)],
    ] as const) {
      const name = `weight of ${JSON.stringify(options)}`
      const variable = tf.variable(tf.tensor2d(start, [2, 3]), true, name)
      for (const gradient of gradients) theirs.applyGradients([{ name, tensor: tf.tensor2d(gradient, [2, 3]) }])
      near(optimized(tf, options, fresh(options), 1, steps, () => rate).weight, variable.dataSync(), 1e-6, name)
    }
  })
})

s('going on from a saved state gives the same bits as not having stopped', async () => {
  for (const backend of await availableBackends()) {
    await withBackend(backend, (tf) => {
      for (const [options] of cases) {
        for (const stop of [1, 7, 19]) {
          const saved = optimized(tf, options, fresh(options), 1, stop)
          const resumed = optimized(tf, options, saved, stop + 1, steps)
          assert.equal(
            resumed,
            optimized(tf, options, fresh(options), 1, steps),
            `${backend}: ${JSON.stringify(options)} after ${stop}`,
          )
        }
      }
    })
  }
})

s('every optimiser takes a weight that is one number', async () => {
  for (const backend of await availableBackends()) {
    await withBackend(backend, (tf) => {
      for (const name of optimizerNames) {
        const { slots, update } = optimizerOf({ name })
        const zeros = slots.map(() => tf.scalar(0))
        const { weight } = update(tf, { weight: tf.scalar(1), gradient: tf.scalar(2), slots: zeros, rate: 0.1, step: 1 })
        assert.equal(weight.shape, [])
        assert.ok(weight.dataSync()[0]! < 1, `${backend}: ${name}`)
      }
    })
  }
})

s('an update disposes nothing of what it is given', async () => {
  await withBackend('cpu', (tf) => {
    for (const name of optimizerNames) {
      const { slots, update } = optimizerOf({ name })
      const state = { weight: tf.scalar(1), gradient: tf.scalar(2), slots: slots.map(() => tf.scalar(0)), rate: 0.1, step: 1 }
      tf.tidy(() => void update(tf, state))
      assert.ok([state.weight, state.gradient, ...state.slots].every(({ isDisposed }) => !isDisposed), name)
    }
  })
})

s('a setting that an optimiser does not read is refused by name, with those that read it', () => {
  assert.is(optimizerMistake({ name: 'adam', weightDecay: 0.1 }), 'adam takes no weight decay (sgd, momentum and adamw do)')
  assert.is(optimizerMistake({ name: 'sgd', momentum: 0.9 }), 'sgd takes no momentum (only momentum does)')
  assert.is(optimizerMistake({ name: 'rmsprop', nesterov: true }), "rmsprop takes no Nesterov's form (only momentum does)")
  assert.is(optimizerMistake({ name: 'momentum', beta1: 0.9 }), 'momentum takes no beta1 (adam and adamw do)')
  assert.is(optimizerMistake({ name: 'adamw', rho: 0.9 }), 'adamw takes no rho (only rmsprop does)')
  assert.is(optimizerMistake({ name: 'sgd', epsilon: 1 }), 'sgd takes no epsilon (adam, adamw and rmsprop do)')
  assert.throws(() => optimizerOf({ name: 'sgd', momentum: 0.9 }), 'sgd takes no momentum (only momentum does)')
})

s('a setting out of its range is refused', () => {
  assert.is(optimizerMistake({ name: 'momentum', momentum: 1 }), 'momentum is at least 0 and below 1, not 1')
  for (const allowed of [{ momentum: 0 }, { weightDecay: 0 }]) {
    assert.is(optimizerMistake({ name: 'momentum', ...allowed }), undefined)
  }
  assert.is(optimizerMistake({ name: 'adam', beta1: 0, beta2: 0 }), undefined)
  assert.is(optimizerMistake({ name: 'rmsprop', rho: 0 }), undefined)
  assert.is(optimizerMistake({ name: 'adam', beta2: -0.1 }), 'beta2 is at least 0 and below 1, not -0.1')
  assert.is(optimizerMistake({ name: 'adamw', weightDecay: NaN }), 'weight decay is at least 0, not NaN')
  assert.is(optimizerMistake({ name: 'rmsprop', epsilon: 0 }), 'epsilon is above 0, not 0')
  for (const [options] of cases) assert.is(optimizerMistake(options), undefined)
})

s('every optimiser has a learning rate of its own', () => {
  assert.equal(Object.fromEntries(optimizerNames.map((name) => [name, defaultRate(name)])), {
    sgd: 0.01,
    momentum: 0.01,
    adam: 0.001,
    adamw: 0.001,
    rmsprop: 0.001,
  })
})

s.run()
