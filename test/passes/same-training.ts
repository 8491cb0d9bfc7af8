import type { Scalar } from '@tensorflow/tfjs-core'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { createRunner } from '../../src/codegen/tfjs/runner.ts'
import { createTrainingRunner } from '../../src/codegen/tfjs/training-runner.ts'
import { weightsOf, type Graph } from '../../src/compiler/graph/graph.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { optimize } from '../../src/compiler/passes/optimize.ts'
import type { Rule } from '../../src/compiler/passes/rule.ts'
import { scoped } from '../../src/runtime/training/scoped.ts'
import { inputsFor, weightsFor } from '../graph-tensors.ts'
import { randomNumbers, type Tensor } from '../primitives/harness.ts'

type Numbers = Readonly<Record<string, readonly number[]>>

/** All that a step of training takes from a graph, and what the graph gives outside of it. */
function computed(graph: Graph, text: Graph, tf: Tfjs): Readonly<Record<'values' | 'updates' | 'gradients' | 'measured', Numbers>> {
  const numbers = (tensors: Iterable<readonly [string, Tensor]>): Numbers =>
    Object.fromEntries([...tensors].map(([name, tensor]) => [name, [...tensor.dataSync()]]))
  return scoped(tf, () => {
    const created = createTrainingRunner(graph, graph.outputs.map(({ node }) => node), tf)
    const runner = createRunner(graph, tf)
    if ('unsupported' in created || 'unsupported' in runner) throw new Error('unsupported')
    // of the text, so that both graphs are given the same
    const all = new Map([...weightsFor(text, tf)].map(([path, value]) => [path, path.includes('variance') ? tf.abs(value) : value]))
    const inputs = inputsFor(text, tf, { batch: 3 })
    const names = [...weightsOf(text).filter(({ kind }) => kind === 'param').map(({ path }) => path), ...Object.keys(inputs)]
    let rest: Numbers[] = []
    const slopes = tf.grads((...given: Tensor[]) => {
      const tensors = new Map(names.map((name, i) => [name, given[i]!]))
      const weights = new Map([...all].map(([path, value]) => [path, tensors.get(path) ?? value]))
      const own = Object.fromEntries(Object.keys(inputs).map((name) => [name, tensors.get(name)!]))
      const { values, updates } = created.runner.forward({ weights, inputs: own, seed: 5 })
      rest = [numbers(values.map((value, i) => [text.outputs[i]!.name, value])), numbers(updates)]
      const losses = values.map((value, i) => tf.sum(tf.mul(value, noiseLike(value, i, tf))))
      // tf.grads refuses what the loss does not depend on
      const nothing = given.map((tensor) => tf.mul(0, tf.sum(tensor)))
      return tf.addN<Scalar>([...losses, ...nothing] as Scalar[])
    })(names.map((name) => all.get(name) ?? inputs[name]!))
    runner.runner.load(all)
    const measured = numbers(Object.entries(runner.runner.run(inputs)))
    runner.runner.dispose()
    return { values: rest[0]!, updates: rest[1]!, gradients: numbers(slopes.map((slope, i) => [names[i]!, slope] as const)), measured }
  })
}

const noiseLike = (value: Tensor, seed: number, tf: Tfjs): Tensor => {
  const next = randomNumbers(seed + 20)
  return tf.tensor(Float32Array.from({ length: value.size }, next), value.shape)
}

const norm = (numbers: readonly number[]): number => Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0))

/**
 * Asserts that a graph which these rules rewrite is one, and gives the same values, updates and gradients as that of the text, within 1e-5 of
 * all of them together, and of none differs by much more than that.
 *
 * @returns the rewritten graph
 */
export function trainsAlike(graph: Graph, rules: readonly Rule[], tf: Tfjs): Graph {
  const rewritten = optimize(graph, rules)
  assert.equal(verify(rewritten), [])
  if (rewritten === graph) return rewritten
  const [found, wanted] = [computed(rewritten, graph, tf), computed(graph, graph, tf)]
  for (const kind of ['values', 'updates', 'gradients', 'measured'] as const) {
    assert.equal(Object.keys(found[kind]), Object.keys(wanted[kind]))
    const whole = norm(Object.values(wanted[kind]).flat())
    const differences = Object.entries(wanted[kind]).map(([name, numbers]) => {
      const own = found[kind][name]!
      assert.is(own.length, numbers.length, `${kind} ${name}`)
      const difference = norm(numbers.map((value, i) => value - own[i]!))
      const bound = 1e-4 * Math.max(norm(numbers), 0.01 * whole, 1e-3)
      assert.ok(difference <= bound, `${kind} ${name}: ${own.slice(0, 4)} where ${numbers.slice(0, 4)} is expected (${difference})`)
      return difference
    })
    assert.ok(norm(differences) <= 1e-5 * Math.max(whole, 0.1), `${kind}: ${norm(differences)} of ${whole}`)
  }
  return rewritten
}
