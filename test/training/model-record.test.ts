import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { modelRecord } from '../../src/runtime/training/model-record.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('model record')

const text = `model M(width: int = 3) {
  input x: [4, 4, 2]
  h = x |> conv(width, 3x3) |> relu |> gather.channels([2, 0])
  output y = h |> norm.batch |> weight.static([1, 2])
}`

/** The names of the texts in which a changed model differs. */
function changed(from: string, to: string): readonly string[] {
  assert.ok(text.includes(from), from)
  const [before, after] = [modelRecord(graphOf(text)), modelRecord(graphOf(text.replace(from, to)))]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name])
}

s('an op is written with what it reads, its settings and its shape', () => {
  const record = modelRecord(graphOf('model M {\n  input x: [4]\n  output y = softmax(x)\n}'))
  assert.equal(record, { 'the input x': '[4]', 'the op y/softmax': 'softmax(x, axis: [-1]) [4]', 'the output y': 'y/softmax' })
})

s('comments and spaces change nothing', () => {
  assert.equal(changed('  output', '  // the end\n\n  output'), [])
})

s('another activation, other settings and other given numbers are seen where they stand', () => {
  assert.equal(changed('relu', 'tanh'), ['the op h/relu', 'the op h/gather/take', 'the op h/tanh'])
  assert.equal(changed('[2, 0]', '[2, 1]'), ['the op h/gather/take'])
  assert.equal(changed('[1, 2]', '[1, 3]'), ['the op y/weight/mul'])
})

s('what is frozen is seen', () => {
  assert.ok(changed('h |> norm', 'h |> freeze norm').includes('the op y/norm/batch_norm'))
})

s('long constants differ by one number', () => {
  const listed = (last: number): string =>
    `model M {\n  input x: [1, 1, 9]\n  output y = weight.static(x, [1, 1, 1, 1, 1, 1, 1, 1, ${last}])\n}`
  assert.not.equal(modelRecord(graphOf(listed(1))), modelRecord(graphOf(listed(2))))
})

s.run()
