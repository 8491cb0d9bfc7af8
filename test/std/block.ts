import * as assert from 'uvu/assert'
import { bindInputs, type Extents } from '../../src/codegen/bind-inputs.ts'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { weightsOf, type Graph, type Shape, type WeightNode } from '../../src/compiler/graph/graph.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { runnerOf } from '../codegen/runner-of.ts'
import { compileText, graphOf } from '../compile-text.ts'
import { randomNumbers } from '../primitives/harness.ts'
import { fill, type NdArray } from '../primitives/nd-array.ts'

type Shapes = Readonly<Record<string, readonly number[]>>

/** The inputs of a model: their sizes, without the batch, and how they are declared where that is not the sizes themselves. */
interface Inputs<I extends Shapes> {
  readonly inputs: I
  readonly declared?: Readonly<Record<string, string>>
}

interface Case<I extends Shapes, W extends Shapes> extends Inputs<I> {
  /** Every weight the model has, by path, with its shape; none if left out. */
  readonly weights?: W
  /** Makes the elements of the inputs of numbers between -1 and 1. */
  readonly element?: (uniform: number) => number
  /**
   * Makes the elements of the weights of such numbers; left out, they stay what they are, but for those that must be positive.
   */
  readonly weight?: (uniform: number) => number
}

type Arrays<S extends Shapes> = Readonly<Record<keyof S, NdArray>>

/** What a sample of the output is, of the sample of each input and of the weights by path. */
type Formula<I extends Shapes, W extends Shapes> = (inputs: Arrays<I>, weights: Arrays<W>) => NdArray

/**
 * Asserts that `y`, which the statements assign, has the weights that are listed and is what the formula says: for random weights
 * and inputs, one sample and several, on every backend of this machine.
 */
export async function computes<const I extends Shapes, const W extends Shapes = Record<never, never>>(
  statements: string,
  given: Case<I, W>,
  formula: Formula<I, W>,
): Promise<void> {
  const graph = graphOf(modelOf(statements, given))
  const found = weightsOf(graph).map(({ path, type }) => [path, numbers(type.shape, {})])
  assert.equal(Object.fromEntries(found), { ...given.weights }, `${statements}: weights`)
  // the same numbers in every run, whatever else is tested
  const uniform = randomNumbers(1)
  const weights = randomWeights(given, uniform)
  const batches = [1, 2, 5].map((batch) => Array.from({ length: batch }, () => randomInputs(given, uniform)))
  const wanted = batches.map((samples) => samples.map((sample) => formula(sample, weights)))
  const shape = numbers(graph.outputs[0]!.node.type.shape, extentsOf(graph, given.inputs))
  for (const sample of wanted.flat()) assert.equal([...sample.shape], shape, `${statements}: the formula has another shape`)
  for (const backend of await availableBackends()) {
    const results = await withBackend(backend, (tf) => run(graph, weights, batches, tf))
    for (const [i, y] of results.entries()) {
      const what = `${statements} on ${backend}, batch ${wanted[i]!.length}`
      assert.equal(y.shape, [wanted[i]!.length, ...shape], `${what}: shape`)
      assertClose(y.data, wanted[i]!.flatMap(({ data }) => [...data]), what)
    }
  }
}

function run(graph: Graph, weights: Arrays<Shapes>, batches: readonly (readonly Arrays<Shapes>[])[], tf: Tfjs) {
  const tensor = ({ data, shape }: NdArray) => tf.tensor(Float32Array.from(data), [...shape])
  const runner = runnerOf(graph, tf)
  runner.load(new Map(Object.entries(weights).map(([path, array]) => [path, tensor(array)])))
  const results = batches.map((samples) => {
    const stacked = graph.inputs.map(({ name }) => [name, tf.stack(samples.map((sample) => tensor(sample[name]!)))])
    const { y } = runner.run(Object.fromEntries(stacked))
    return { shape: y!.shape, data: y!.dataSync() }
  })
  runner.dispose()
  return results
}

/**
 * Asserts that the statements are refused for this reason and no other; with the message, where the block itself has written it.
 */
export function refuses<const I extends Shapes>(statements: string, given: Inputs<I>, code: string, message?: string): void {
  const { diagnostics } = compileText(modelOf(statements, given))
  const said = diagnostics.map((one) => (message === undefined ? one.code : `${one.code}: ${one.message}`))
  assert.equal(said, [message === undefined ? code : `${code}: ${message}`], statements)
}

/** The weights of a model before training, by path. */
export const weightsIn = <const I extends Shapes>(statements: string, given: Inputs<I>): Readonly<Record<string, WeightNode>> =>
  Object.fromEntries(weightsOf(graphOf(modelOf(statements, given))).map((weight) => [weight.path, weight]))

function modelOf(statements: string, { inputs, declared = {} }: Inputs<Shapes>): string {
  const declarations = Object.entries(inputs).map(
    ([name, shape]) => `input ${name}: ${declared[name] ?? `[${shape.join(', ')}]`}`,
  )
  return `model Test {\n${[...declarations, statements, 'output y'].join('\n')}\n}\n`
}

// rounded to float32, so that backends and formula start from the same numbers
const randomArray = (shape: readonly number[], uniform: () => number, element: (uniform: number) => number): NdArray =>
  fill(shape, () => Math.fround(element(uniform())))

/** An array for each shape, under the same name. */
const arraysOf = <S extends Shapes>(
  shapes: S | undefined,
  array: (shape: readonly number[], name: string) => NdArray,
): Arrays<S> =>
  // the entries of an object lose the names of its keys, which stay as they are; S without shapes has no keys
  Object.fromEntries(Object.entries(shapes ?? {}).map(([name, shape]) => [name, array(shape, name)])) as Arrays<S>

const randomInputs = <I extends Shapes>({ inputs, element = (one) => one }: Case<I, Shapes>, uniform: () => number): Arrays<I> =>
  arraysOf(inputs, (shape) => randomArray(shape, uniform, element))

const randomWeights = <W extends Shapes>({ weights, weight }: Case<Shapes, W>, uniform: () => number): Arrays<W> =>
  arraysOf(weights, (shape, path) =>
    randomArray(shape, uniform, weight ?? (mustBePositive(path) ? (one) => 1 + one / 2 : (one) => one)),
  )

const mustBePositive = (path: string): boolean => ['variance', 'temperature'].includes(path.split('/').at(-1)!)

const numbers = (shape: Shape, extents: Extents): readonly number[] =>
  shape.map(({ dim }) => evaluate(dim, extents))

/** The sizes that these inputs give the symbolic extents. */
function extentsOf(graph: Graph, inputs: Shapes): Extents {
  const tensors = Object.entries(inputs).map(([name, shape]) => [name, { shape: [1, ...shape], dtype: 'float32' }])
  const bound = bindInputs(graph, Object.fromEntries(tensors))
  if ('mismatches' in bound) throw new Error(bound.mismatches.map(({ message }) => message).join('; '))
  return bound.extents
}

/** How far an element may be from the formula's, for a largest element of 1: float32 has steps of 6e-8 there. */
const tolerance = 2e-6

function assertClose(found: ArrayLike<number>, wanted: readonly number[], what: string): void {
  const scale = wanted.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1)
  const wrong = wanted.findIndex((value, i) => !Object.is(value, found[i]) && !(Math.abs(value - found[i]!) <= tolerance * scale))
  assert.is(found.length, wanted.length, what)
  assert.ok(wrong < 0, `${what}: element ${wrong} is ${found[wrong]}, not ${wanted[wrong]}`)
}
