import type { Tensor } from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { MismatchError } from '../../src/codegen/mismatch.ts'
import { createRunner } from '../../src/codegen/tfjs/runner.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { bitsOf, evaluateNaively, inputsFor, weightsFor } from '../graph-tensors.ts'
import { buildGraph } from '../graphs.ts'
import { sampleGraph, unsupportedGraph } from './graphs.ts'
import { runnerOf } from './runner-of.ts'

const s = suite('the runner')

const sample = sampleGraph()
const extents = { H: 6, W: 5 }

for (const backend of await availableBackends()) {
  s(`gives the bits that computing node by node gives, on ${backend}`, () =>
    withBackend(backend, (tf) => {
      const weights = weightsFor(sample, tf)
      const inputs = inputsFor(sample, tf, { extents })
      const runner = runnerOf(sample, tf)
      runner.load(weights)
      assert.equal(bitsOf(runner.run(inputs)), bitsOf(evaluateNaively(sample, tf, weights, inputs, extents)))
    }))
}

s('follows the extents of each run’s inputs', () =>
  withBackend('cpu', (tf) => {
    const weights = weightsFor(sample, tf)
    const runner = runnerOf(sample, tf)
    runner.load(weights)
    for (const size of [{ H: 4, W: 1 }, { H: 8, W: 7 }, { H: 4, W: 1 }]) {
      const inputs = inputsFor(sample, tf, { extents: size, batch: 1 })
      assert.equal(bitsOf(runner.run(inputs)), bitsOf(evaluateNaively(sample, tf, weights, inputs, size)))
    }
  }))

s('checks the element type of each run’s inputs, also after a run with the same extents', () =>
  withBackend('cpu', (tf) => {
    const runner = runnerOf(sample, tf)
    runner.load(weightsFor(sample, tf))
    const inputs = inputsFor(sample, tf, { extents })
    tf.dispose(runner.run(inputs))
    const [[name, tensor]] = Object.entries(inputs) as [[string, Tensor]]
    assert.throws(
      () => runner.run({ ...inputs, [name]: tf.cast(tensor, 'int32') }),
      (error: unknown) => error instanceof MismatchError && error.message.includes(`${name} must be float32, not int32`),
    )
  }))

s('leaks nothing: a run leaves its outputs, loading what it prepared, disposing nothing', () =>
  withBackend('cpu', (tf) => {
    const weights = weightsFor(sample, tf)
    const inputs = inputsFor(sample, tf, { extents })
    const runner = runnerOf(sample, tf)
    const before = tf.memory()
    // the constants and stem/kernel/tanh
    for (const again of [0, 1]) {
      runner.load(weights)
      assert.is(tf.memory().numTensors - before.numTensors, 3, `load ${again}`)
    }
    for (const again of [0, 1]) {
      const outputs = runner.run(inputs)
      assert.is(tf.memory().numTensors - before.numTensors, 3 + 5, `run ${again}`)
      tf.dispose(outputs)
      assert.is(tf.memory().numTensors - before.numTensors, 3, `run ${again}`)
    }
    runner.dispose()
    assert.is(tf.memory().numTensors, before.numTensors)
    assert.is(tf.memory().numBytes, before.numBytes)
  }))

s('hands out tensors that are the caller’s alone: disposing them harms no later run', () =>
  withBackend('cpu', (tf) => {
    const runner = runnerOf(sample, tf)
    runner.load(weightsFor(sample, tf))
    const inputs = inputsFor(sample, tf, { extents })
    const first = runner.run(inputs)
    const bits = bitsOf(first)
    first['y']!.dispose()
    assert.is(first['same']!.isDisposed, false)
    tf.dispose(first)
    assert.equal(bitsOf(runner.run(inputs)), bits)
  }))

s('keeps no intermediate longer than its last reader needs it', () =>
  withBackend('cpu', (tf) => {
    const g = buildGraph()
    const x = g.input('x', [64])
    let y = g.op('relu', { x })
    for (let i = 0; i < 50; i++) y = g.op('tanh', { x: y })
    g.output('y', y)
    let most = 0
    const counting: Tfjs = { ...tf, tanh: (value: Parameters<Tfjs['tanh']>[0]) => {
      most = Math.max(most, tf.memory().numTensors)
      return tf.tanh(value)
    } } as Tfjs
    const inputs = inputsFor(g.graph(), tf, { batch: 1 })
    const before = tf.memory().numTensors
    runnerOf(g.graph(), counting).run(inputs)
    assert.is(most - before, 1)
  }))

s('computes what weights alone decide once per load, not per run', () =>
  withBackend('cpu', (tf) => {
    const g = buildGraph()
    const x = g.input('x', [4])
    const scale = g.op('softplus', { x: g.op('softplus', { x: g.param('scale', [4]) }) })
    g.output('y', g.op('mul', { a: x, b: scale }))
    let calls = 0
    const counting = { ...tf, softplus: (value: Parameters<Tfjs['softplus']>[0]) => (calls++, tf.softplus(value)) } as Tfjs
    const runner = runnerOf(g.graph(), counting)
    const weights = weightsFor(g.graph(), tf)
    const inputs = inputsFor(g.graph(), tf)
    runner.load(weights)
    runner.run(inputs)
    runner.run(inputs)
    assert.is(calls, 2)
    const other = weightsFor(g.graph(), tf, 9)
    runner.load(other)
    assert.is(calls, 4)
    assert.equal(bitsOf(runner.run(inputs)), bitsOf(evaluateNaively(g.graph(), tf, other, inputs)))
  }))

s('runs a graph without weights unloaded, and any other says which weights it misses', () =>
  withBackend('cpu', (tf) => {
    const g = buildGraph()
    g.output('y', g.op('relu', { x: g.input('x', [2]) }))
    assert.equal(runnerOf(g.graph(), tf).run({ x: tf.tensor2d([[-1, 2]]) })['y']!.arraySync(), [[0, 2]])
    assert.throws(
      () => runnerOf(sample, tf).run(inputsFor(sample, tf, { extents })),
      (error: unknown) =>
        error instanceof MismatchError &&
        error.message === 'the weight stem/kernel [3, 3, 3, 4] is missing\nthe weight stem/bias [4] is missing',
    )
  }))

s('refuses weights of another shape or type, all at once, and ignores what it does not read', () =>
  withBackend('cpu', (tf) => {
    const weights = weightsFor(sample, tf)
    weights.delete('unread')
    weights.set('another model’s', tf.scalar(1))
    const runner = runnerOf(sample, tf)
    runner.load(weights)
    weights.set('stem/bias', tf.zeros([4], 'int32')).set('stem/kernel', tf.zeros([3, 3, 4, 3]))
    assert.throws(
      () => runner.load(weights),
      (error: unknown) => {
        assert.instance(error, MismatchError)
        assert.equal((error as MismatchError).mismatches, [
          { subject: 'stem/kernel', message: 'the weight stem/kernel must have the shape [3, 3, 3, 4], not [3, 3, 4, 3]' },
          { subject: 'stem/bias', message: 'the weight stem/bias must be float32, not int32' },
        ])
        return true
      },
    )
  }))

s('refuses inputs that do not fit before it computes anything, and runs on', () =>
  withBackend('cpu', (tf) => {
    const runner = runnerOf(sample, tf)
    runner.load(weightsFor(sample, tf))
    const before = tf.memory().numTensors
    const wrong = tf.zeros([1, 5, 5, 2])
    assert.throws(
      () => runner.run({ image: wrong }),
      (error: unknown) =>
        error instanceof MismatchError &&
        error.message === 'H must be a multiple of 2, not 5\nthe channels of image must be 3, not 2',
    )
    assert.is(tf.memory().numTensors, before + 1)
    assert.is(runner.run(inputsFor(sample, tf, { extents }))['y']!.shape[1], 3)
  }))

s('leaves nothing behind when TensorFlow.js throws in the middle', () =>
  withBackend('cpu', (tf) => {
    const failing = { ...tf, maxPool: () => { throw new Error('no kernel') } } as unknown as Tfjs
    const runner = runnerOf(sample, failing)
    runner.load(weightsFor(sample, tf))
    const inputs = inputsFor(sample, tf, { extents })
    const before = tf.memory().numTensors
    assert.throws(() => runner.run(inputs), 'no kernel')
    assert.is(tf.memory().numTensors, before)
  }))

s('can be differentiated through: what it disposes, the gradient has kept', () =>
  withBackend('cpu', (tf) => {
    const runner = runnerOf(sample, tf)
    const weights = weightsFor(sample, tf)
    runner.load(weights)
    const { image } = inputsFor(sample, tf, { extents })
    const gradient = tf.grad((x) => tf.sum(runner.run({ image: x })['y']!))(image!)
    const expected = tf.grad((x) => tf.sum(evaluateNaively(sample, tf, weights, { image: x }, extents)['y']!))(image!)
    assert.equal(bitsOf({ gradient }), bitsOf({ gradient: expected }))
  }))

s('can be trained through: loading inside the gradient, what weights alone decide is part of it', () =>
  withBackend('cpu', (tf) => {
    const runner = runnerOf(sample, tf)
    const weights = weightsFor(sample, tf)
    const inputs = inputsFor(sample, tf, { extents })
    const gradientOf = (y: (weights: Map<string, Tensor>) => Tensor) =>
      tf.grad((kernel) => tf.sum(y(new Map(weights).set('stem/kernel', kernel))))(weights.get('stem/kernel')!)
    const gradient = gradientOf((changed) => {
      runner.load(changed)
      return runner.run(inputs)['y']!
    })
    const expected = gradientOf((changed) => evaluateNaively(sample, tf, changed, inputs, extents)['y']!)
    assert.equal(bitsOf({ gradient }), bitsOf({ gradient: expected }))
  }))

s('says which nodes TensorFlow.js cannot compute', () =>
  withBackend('cpu', (tf) => {
    const made = createRunner(unsupportedGraph(), tf)
    assert.ok('unsupported' in made)
    assert.equal(made.unsupported.map(({ node, reason }) => [node.path, reason]), [
      ['norm/whiten', 'there is no primitive whiten'],
    ])
  }))

s.run()
