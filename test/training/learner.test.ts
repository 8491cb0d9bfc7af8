import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Failure } from '../../src/runtime/failure/failure.ts'
import { createLearner } from '../../src/runtime/training/learner.ts'
import type { Totals } from '../../src/runtime/training/measured.ts'
import type { Batch } from '../../src/runtime/data/dataset.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { quadrants } from './datasets.ts'
import { near } from './near.ts'
import { taskOf } from './task.ts'

const s = suite('learning')

const batch: Batch = await quadrants(64).read(Array.from({ length: 64 }, (_, i) => i))

const settings = (step: number) => ({ step, rate: 0.01, seed: step, annealSteps: 4 })

const none = { slots: new Map() }

const network = graphOf(`model M {
  input x: [2]
  output logits = x |> dense(16, activation: tanh) |> dropout(0.1) |> dense(16) |> norm.batch |> relu |> dense(2)
}`)

for (const backend of await availableBackends()) {
  s(`a network learns what no linear model can, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      const task = taskOf(network, tf)
      const learner = createLearner(task, { ...none, weights: task.weights })
      const before = learner.evaluate(batch)
      let last: Totals = before
      for (let step = 1; step <= 150; step++) last = learner.step(batch, settings(step))
      const after = learner.evaluate(batch)
      assert.ok(last[0]!.loss.total < before[0]!.loss.total / 2, `${before[0]!.loss.total} → ${last[0]!.loss.total}`)
      const { total, count } = after[0]!.metrics[0]!
      assert.is(count, 64)
      assert.ok(total >= 58, `${total} of 64 right`)
      learner.dispose()
    }))

  s(`one step of gradient descent on ${backend} moves each weight by the rate times the slope of the loss`, () =>
    withBackend(backend, (tf) => {
      const graph = graphOf('model M {\n  input x: [2]\n  param w: [2] = [0.5, -0.25]\n  output y = reduce.sum(x * w)\n}')
      const task = taskOf(graph, tf, { loss: 'mse', optimizer: { name: 'sgd' } })
      const learner = createLearner(task, { ...none, weights: task.weights })
      const loss = learner.step(batch, settings(1))[0]!.loss.total
      const points = Array.from(
        { length: 64 },
        (_, i) => [batch.inputs['x']!.values[2 * i]!, batch.inputs['x']!.values[2 * i + 1]!] as const,
      )
      const errors = points.map(([a, b], i) => 0.5 * a - 0.25 * b - batch.targets['y']!.values[i]!)
      assert.ok(Math.abs(loss - errors.reduce((sum, e) => sum + e * e, 0)) < 1e-3, String(loss))
      for (const axis of [0, 1]) {
        const slope = errors.reduce((sum, e, i) => sum + (2 * e * points[i]![axis]!) / 64, 0)
        const wanted = [0.5, -0.25][axis]! - 0.01 * slope
        assert.ok(Math.abs(learner.weights().get('w')!.values[axis]! - wanted) < 1e-6, `w[${axis}]`)
      }
      learner.dispose()
    }))
}

s('a step leaves no tensor behind, and disposing leaves none at all', () =>
  withBackend('cpu', (tf) => {
    const task = taskOf(network, tf)
    const before = tf.memory().numTensors
    const learner = createLearner(task, { ...none, weights: task.weights })
    learner.step(batch, settings(1))
    const between = tf.memory().numTensors
    learner.step(batch, settings(2))
    assert.is(tf.memory().numTensors, between)
    learner.evaluate(batch)
    learner.dispose()
    assert.is(tf.memory().numTensors, before)
  }))

s('moving statistics move, and measuring uses them as they are', () =>
  withBackend('cpu', (tf) => {
    const task = taskOf(network, tf)
    const learner = createLearner(task, { ...none, weights: task.weights })
    const mean = () => [...[...learner.weights()].find(([path]) => path.endsWith('/mean'))![1].values]
    const first = mean()
    const measured = learner.evaluate(batch)
    assert.equal(mean(), first)
    learner.step(batch, settings(1))
    assert.not.equal(mean(), first)
    assert.not.equal(learner.evaluate(batch), measured)
    learner.dispose()
  }))

s('a weight with an interval stays in it', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf(
      'model M {\n  input x: [2]\n  param w: [2] = 0.5, within: [0.4375, 0.5625]\n  output y = reduce.sum(x * w) - 100\n}',
    )
    const task = taskOf(graph, tf, { loss: 'mse', optimizer: { name: 'sgd' } })
    const learner = createLearner(task, { ...none, weights: task.weights })
    for (let step = 1; step <= 20; step++) learner.step(batch, settings(step))
    const w = [...learner.weights().get('w')!.values]
    assert.ok(w.every((value) => value >= 0.4375 && value <= 0.5625), String(w))
    assert.ok(w.some((value) => value === 0.4375 || value === 0.5625), String(w))
    learner.dispose()
  }))

s('an annealed state falls from its first value to its last one in the steps it has', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf(
      'model M {\n  input x: [2]\n  state temperature: [] = 1, annealed: 31\n  output y = dense(x, 2) / temperature\n}',
    )
    const task = taskOf(graph, tf)
    const learner = createLearner(task, { ...none, weights: task.weights })
    const seen = [1, 2, 3, 4, 5].map((step) => {
      learner.step(batch, settings(step))
      return learner.weights().get('temperature')!.values[0]
    })
    assert.equal(seen, [31, 21, 11, 1, 1])
    learner.dispose()
  }))

s('frozen weights keep every bit', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf('model M {\n  input x: [2]\n  h = freeze dense(x, 4)\n  output y = dense(relu(h), 2)\n}')
    const task = taskOf(graph, tf)
    const learner = createLearner(task, { ...none, weights: task.weights })
    for (let step = 1; step <= 5; step++) learner.step(batch, settings(step))
    for (const [path, { values }] of learner.weights()) {
      const same = String([...values]) === String([...task.weights.get(path)!.values])
      assert.is(same, path.startsWith('h/'), path)
    }
    learner.dispose()
  }))

const failureOf = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error.problems.map(({ code, message, file }) => `${code} ${file}: ${message}`).join('\n')
    throw error
  }
  return 'nothing failed'
}

/** Parts that are computed together, and what must stay apart: random numbers, and states that are written. */
const branched = graphOf(`model M {
  input x: [2]
  a = fuse.concat(dense(x, 3), dense(x, 4), dense(x, 5)) |> tanh |> dropout(0.25)
  b = fuse.concat(...[for chosen in [[0, 1], [1], [0, 0]]: x |> gather.channels(chosen) |> dense(2, bias: false) as _]) |> norm.batch |> dropout(0.25)
  output logits = fuse.concat(a, b) |> dense(2)
}`)

for (const backend of await availableBackends())
  s(`a step comes to the numbers of the graph as it is written, within 1e-5, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      for (const name of ['sgd', 'adam'] as const) {
        const task = taskOf(branched, tf, { optimizer: { name } })
        const [written, rewritten] = [[], undefined].map((rules) =>
          createLearner({ ...task, clip: 1, ...(rules && { rules }) }, { ...none, weights: task.weights }),
        )
        for (let step = 1; step <= 3; step++) {
          const [wanted, found] = [written!.step(batch, settings(step)), rewritten!.step(batch, settings(step))]
          near([found[0]!.loss.total], [wanted[0]!.loss.total], 1e-5, `${name} ${step}: the loss`)
          const weights = rewritten!.weights()
          assert.equal([...weights.keys()], [...written!.weights().keys()])
          for (const [path, { values }] of written!.weights()) near(weights.get(path)!.values, values, 1e-5, `${name} ${step} ${path}`)
        }
        near([rewritten!.evaluate(batch)[0]!.loss.total], [written!.evaluate(batch)[0]!.loss.total], 1e-4, `${name}: the loss outside of training`)
        for (const learner of [written!, rewritten!]) learner.dispose()
      }
    }))

s('a value that is not finite is named as the text has it, also where others are computed together with it', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf('model M {\n  input x: [2]\n  a = dense(x, 1)\n  b = dense(x, 1)\n  output y = fuse.concat(log(a - 100), log(b + 100))\n}')
    const task = taskOf(graph, tf)
    const learner = createLearner(task, { ...none, weights: task.weights })
    assert.is(
      failureOf(() => learner.step(batch, settings(7))),
      'training/not-finite model.fmw:5:26: step 7: the value of y/log is not finite',
    )
    learner.dispose()
  }))

s('the first value that is not finite is named with its place and step, and no weight changes', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf('model M {\n  input x: [2]\n  h = dense(x, 2)\n  l = log(h - 100)\n  output y = softmax(l, 0)\n}')
    const task = taskOf(graph, tf)
    const learner = createLearner(task, { ...none, weights: task.weights })
    assert.is(
      failureOf(() => learner.step(batch, settings(7))),
      'training/not-finite model.fmw:4:7: step 7: the value of l/log is not finite',
    )
    assert.equal(learner.weights(), task.weights)
    learner.dispose()
  }))

s('inputs, weights and gradients that are not finite are told apart', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf('model M {\n  input x: [2]\n  param w: [2] = zeros\n  output y = sqrt(w * w) * x\n}')
    const task = taskOf(graph, tf)
    const learnerWith = (weights = task.weights) => createLearner(task, { ...none, weights })
    const nan: Batch = { ...batch, inputs: { x: { shape: [64, 2], values: new Float32Array(128).fill(NaN) } } }
    assert.match(failureOf(() => learnerWith().step(nan, settings(1))), 'step 1: the input x is not finite')
    const infinite = new Map([['w', { shape: [2], values: Float32Array.of(1, Infinity) }]])
    assert.match(failureOf(() => learnerWith(infinite).step(batch, settings(1))), 'step 1: the weight w is not finite')
    assert.match(failureOf(() => learnerWith().step(batch, settings(1))), 'step 1: the gradient of the weight w is not finite')
  }))

s('states and weights that would not be finite after the step are named', () =>
  withBackend('cpu', (tf) => {
    const graph = graphOf('model M {\n  input x: [2]\n  output y = x |> norm.batch |> dense(2)\n}')
    const task = taskOf(graph, tf, { optimizer: { name: 'sgd' } })
    const learner = createLearner(task, { ...none, weights: task.weights })
    const large: Batch = {
      ...batch,
      inputs: { x: { shape: [64, 2], values: batch.inputs['x']!.values.map((value) => value * 1e25) } },
    }
    assert.match(
      failureOf(() => learner.step(large, settings(1))),
      'model.fmw:3:19: step 1: the new value of the state y/norm/variance is not finite',
    )
    const steep = { ...settings(1), rate: 1e39 }
    assert.match(
      failureOf(() => learner.step(batch, steep)),
      /^training\/not-finite model\.fmw:3:\d+: step 1: the new value of the weight y\/norm\/\w+ is not finite$/,
    )
    assert.equal(learner.weights(), task.weights)
    learner.dispose()
  }))

s('a model in which nothing can learn is refused', () =>
  withBackend('cpu', (tf) => {
    const frozen = graphOf('model M {\n  input x: [2]\n  output y = freeze dense(x, 2)\n}')
    const task = taskOf(frozen, tf)
    assert.match(
      failureOf(() => void createLearner(task, { ...none, weights: task.weights })),
      'training/nothing-to-train undefined: M has no weight to train',
    )
  }))

s.run()
