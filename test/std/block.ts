import * as assert from 'uvu/assert'
import { bindInputs, type Extents } from '../../src/codegen/bind-inputs.ts'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import { weightsOf, type Graph, type Shape, type WeightNode } from '../../src/compiler/graph.ts'
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
  readonly tolerance?: number
}

/** What a sample of the output is, of the sample of each input and of the weights. */
type Formula<I extends Shapes, W extends Shapes> = (arrays: Readonly<Record<keyof I | keyof W, NdArray>>) => NdArray

const batches = [1, 3]

/**
 * Asserts that `y`, which the statements assign, has the weights that are listed and is what the formula says: for random weights and
 * inputs, one sample and several, on every backend of this machine.
 */
export async function computes<const I extends Shapes, const W extends Shapes = Record<never, never>>(
  statements: string,
  given: Case<I, W>,
  formula: Formula<I, W>,
): Promise<void> {
  const { inputs, weights: listed = {}, tolerance = 1e-5 } = given
  const graph = graphOf(modelOf(statements, given))
  const weights = Object.fromEntries(weightsOf(graph).map((weight) => [weight.path, randomWeight(weight)]))
  assert.equal(Object.fromEntries(Object.entries(weights).map(([path, { shape }]) => [path, shape])), { ...listed }, `${statements}: weights`)
  for (const batch of batches) {
    const samples = samplesOf(given, batch)
    // the formula's argument has the names of the inputs and of the weights, which were just compared
    const wanted = samples.map((sample) => formula({ ...weights, ...sample } as Parameters<typeof formula>[0]))
    const shape = [batch, ...numbers(graph.outputs[0]!.node.type.shape, extentsOf(graph, inputs))]
    for (const sample of wanted) assert.equal([batch, ...sample.shape], shape, `${statements}: the formula has another shape`)
    for (const backend of await availableBackends()) {
      const found = await withBackend(backend, (tf) => {
        const tensor = ({ data, shape }: NdArray) => tf.tensor([...data], [...shape], 'float32')
        const runner = runnerOf(graph, tf)
        runner.load(new Map(Object.entries(weights).map(([path, values]) => [path, tensor(values)])))
        const stacked = Object.keys(inputs).map((name) => [name, tf.stack(samples.map((sample) => tensor(sample[name]!)))])
        const { y } = runner.run(Object.fromEntries(stacked))
        const result = { shape: y!.shape, values: y!.dataSync() }
        runner.dispose()
        return result
      })
      assert.equal(found.shape, shape, `${statements} on ${backend}: shape`)
      assertClose(found.values, wanted.flatMap(({ data }) => [...data]), tolerance, `${statements} on ${backend}, batch ${batch}`)
    }
  }
}

/** Asserts that the statements are refused with this message. */
export function refuses<const I extends Shapes>(statements: string, given: Inputs<I>, code: string, message: string): void {
  const { diagnostics } = compileText(modelOf(statements, given))
  const said = diagnostics.map((one) => `${one.code}: ${one.message}`)
  assert.ok(said.includes(`${code}: ${message}`), `${statements}: ${said.join('; ') || 'accepted'}`)
}

/** The weights of a model before training, by path. */
export const weightsIn = <const I extends Shapes>(statements: string, given: Inputs<I>): Readonly<Record<string, WeightNode>> =>
  Object.fromEntries(weightsOf(graphOf(modelOf(statements, given))).map((weight) => [weight.path, weight]))

function modelOf(statements: string, { inputs, declared = {} }: Inputs<Shapes>): string {
  const declarations = Object.entries(inputs).map(([name, shape]) => `input ${name}: ${declared[name] ?? `[${shape.join(', ')}]`}`)
  return `model Test {\n${[...declarations, statements, 'output y'].join('\n')}\n}\n`
}

let seed = 1

// rounded to float32, so that backends and formula start from the same numbers
const randomArray = (shape: readonly number[], element: (uniform: number) => number): NdArray => {
  const next = randomNumbers(seed++)
  return fill(shape, () => Math.fround(element(next())))
}

const randomWeight = ({ path, type }: WeightNode): NdArray =>
  randomArray(numbers(type.shape, {}), (uniform) => (path.endsWith('variance') ? 1 + uniform / 2 : uniform))

function samplesOf({ inputs, element = (uniform) => uniform }: Case<Shapes, Shapes>, batch: number): readonly Readonly<Record<string, NdArray>>[] {
  return Array.from({ length: batch }, () =>
    Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, randomArray(shape, element)])),
  )
}

const numbers = (shape: Shape, extents: Extents): readonly number[] =>
  shape.map(({ dim }) => evaluate(dim, extents))

/** The sizes that these inputs give the symbolic extents. */
function extentsOf(graph: Graph, inputs: Shapes): Extents {
  const tensors = Object.entries(inputs).map(([name, shape]) => [name, { shape: [1, ...shape], dtype: 'float32' }])
  const bound = bindInputs(graph, Object.fromEntries(tensors))
  if ('mismatches' in bound) throw new Error(bound.mismatches.map(({ message }) => message).join('; '))
  return bound.extents
}

function assertClose(found: ArrayLike<number>, wanted: readonly number[], tolerance: number, what: string): void {
  const scale = wanted.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1)
  const wrong = wanted.findIndex((value, i) => !Object.is(value, found[i]) && !(Math.abs(value - found[i]!) <= tolerance * scale))
  assert.is(found.length, wanted.length, what)
  assert.ok(wrong < 0, `${what}: element ${wrong} is ${found[wrong]}, not ${wanted[wrong]}`)
}
