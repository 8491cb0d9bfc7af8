import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bindInputs, type TensorFacts } from '../../src/codegen/bind-inputs.ts'
import { divide, floor, subtract, type Dim } from '../../src/compiler/dim/expr.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { buildGraph } from '../graphs.ts'

const s = suite('what a run asks of its inputs')

function graphOf(inputs: Readonly<Record<string, readonly Dim[]>>, required?: Dim): Graph {
  const g = buildGraph('Net')
  for (const [name, dims] of Object.entries(inputs)) g.output(name, g.input(name, dims))
  if (required !== undefined) g.require(required, 'stage3/pool')
  return g.graph()
}

const floats = (...shape: readonly number[]): TensorFacts => ({ shape, dtype: 'float32' })

function messages(graph: Graph, given: Readonly<Record<string, TensorFacts>>): readonly string[] {
  const bound = bindInputs(graph, given)
  return 'mismatches' in bound ? bound.mismatches.map(({ message }) => message) : []
}

const H = inputExtent('H', { modulus: 32, remainder: 0, min: 64, max: 512 })
const W = inputExtent('W')
const two = graphOf({ left: [H, W, 3], right: [divide(H, 2)!, W, 1] })

s('gives the extents of inputs that fit', () => {
  assert.equal(bindInputs(two, { left: floats(2, 128, 50, 3), right: floats(2, 64, 50, 1) }), { extents: { H: 128, W: 50 } })
})

s('finds an extent on whichever input has it', () => {
  const graph = graphOf({ half: [divide(H, 2)!, 1, 1], whole: [H, 1, 1] })
  assert.equal(bindInputs(graph, { half: floats(1, 48, 1, 1), whole: floats(1, 96, 1, 1) }), { extents: { H: 96 } })
})

s('says every input that is missing or unknown', () => {
  assert.equal(messages(two, { letf: floats(1, 64, 64, 3) }), [
    'Net has no input letf (did you mean left?)',
    'the input left [batch, H, W, 3] is missing',
    'the input right [batch, H / 2, W, 1] is missing',
  ])
})

s('says another number of axes and another type', () => {
  assert.equal(messages(two, { left: floats(64, 64, 3), right: { shape: [1, 32, 64, 1], dtype: 'int32' } }), [
    'left must have the axes [batch, H, W, 3], not [64, 64, 3]',
    'right must be float32, not int32',
  ])
})

s('says all extents that differ, with their arithmetic', () => {
  assert.equal(messages(two, { left: floats(2, 128, 50, 4), right: floats(2, 60, 51, 1) }), [
    'the channels of left must be 3, not 4',
    'the height of right must be H / 2 = 64, not 60',
    'the width of right must be W = 50, not 51',
  ])
})

s('says what a `where` rules out, and leaves the extents that follow from it alone', () => {
  const wrong = (height: number): readonly string[] =>
    messages(two, { left: floats(1, height, 9, 3), right: floats(1, 32, 9, 1) })
  assert.equal(wrong(100), ['H must be a multiple of 32, not 100'])
  assert.equal(wrong(32), ['H must be at least 64, not 32'])
  assert.equal(wrong(544), ['H must be at most 512, not 544'])
  const odd = graphOf({ x: [inputExtent('N', { modulus: 16, remainder: 3, min: 3, max: Infinity })] })
  assert.equal(messages(odd, { x: floats(1, 20) }), ['N must leave 3 when divided by 16; 20 leaves 4'])
})

s('says which of two related extents is too small', () => {
  const relations = [{ kind: 'least', other: 'h', by: 2 }] as const
  const picture = inputExtent('H', { modulus: 1, remainder: 0, min: 1, max: Infinity, relations })
  const cut = graphOf({ picture: [picture, 1, 1], mask: [inputExtent('h'), 1, 1] })
  assert.equal(messages(cut, { picture: floats(1, 9, 1, 1), mask: floats(1, 8, 1, 1) }), ['H must be at least h + 2 = 10, not 9'])
  assert.equal(messages(cut, { picture: floats(1, 10, 1, 1), mask: floats(1, 8, 1, 1) }), [])
})

s('says batches that differ or are empty', () => {
  assert.equal(messages(two, { left: floats(2, 64, 9, 3), right: floats(3, 32, 9, 1) }), ['right has 3 samples, left has 2'])
  assert.equal(messages(two, { left: floats(0, 64, 9, 3), right: floats(0, 32, 9, 1) }), ['left has no samples'])
})

s('says what would be empty', () => {
  const graph = graphOf({ x: [W, 1, 1] }, subtract(floor(divide(W, 3)!), 1))
  assert.equal(messages(graph, { x: floats(1, 6, 1, 1) }), [])
  assert.equal(messages(graph, { x: floats(1, 5, 1, 1) }), ['stage3/pool would be empty: floor(W / 3) - 1 is 0 for W = 5'])
})

s.run()
