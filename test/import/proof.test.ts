import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { contentOf, withFiles, type Files } from '../cli/folder.ts'
import { weightsFile, type Tensors } from '../cli/weights-file.ts'
import { halfFile } from './half-file.ts'
import { imported, proof } from './networks.ts'

const s = suite('weights import: a proof')

/** Rows of an array as a .npy file. */
const npy = (...rows: readonly (readonly number[])[]): Uint8Array => writeNpy({ shape: [rows.length, rows[0]!.length], values: Float32Array.from(rows.flat()) })

const dense = (outputs: number) => `model N {\n  input x: [2]\n  output y = x |> dense(${outputs}) as d\n}\n`

const weights = (kernel: readonly number[], bias: readonly number[]): Tensors => ({ 'd.weight': [[bias.length, 2], kernel], 'd.bias': [[bias.length], bias] })

const samples = [[1, 2], [-1, 0.5], [0.25, -2]] as const

/** What a dense layer whose kernel is [out, in] makes of the samples. */
const outputOf = (kernel: readonly number[], bias: readonly number[]): readonly (readonly number[])[] =>
  samples.map(([a, b]) => bias.map((add, o) => a * kernel[2 * o]! + b * kernel[2 * o + 1]! + add))

const net: Files = { 'n.fmw': dense(2), 'x.npy': npy(...samples) }

const said = async (files: Files, check: (stderr: string, code: number | null, folder: string) => void | Promise<void>, file = 't.safetensors'): Promise<void> =>
  withFiles({ ...net, ...files }, async (folder) => {
    const before = await contentOf(folder)
    const { code, stderr } = await imported(folder, file, 'n.fmw', '-o', 'w.safetensors', ...proof)
    if (code !== 0) assert.equal(await contentOf(folder), before)
    await check(stderr, code, folder)
  })

const [right, wrong] = [[0.01, 0.02, -0.03, 0.01], [0.02, 0.01, -0.03, 0.01]] as const

for (const [hidden, bias] of [['what a bias gives to all', [1000, 1000]], ['a bias of another channel', [1000, -1]]] as const)
  s(`${hidden} hides no wrong kernel`, async () => {
    const expected = { 'y.npy': npy(...outputOf(right, bias)) }
    await said({ ...expected, 't.safetensors': weightsFile(weights(right, bias)) }, (stderr, code) => assert.is(code, 0, stderr))
    await said({ ...expected, 't.safetensors': weightsFile(weights(wrong, bias)) }, (stderr, code) => {
      assert.is(code, 1)
      assert.match(stderr, /error\[weights\/unproven\]: the output y differs by \S+ of what it varies by, and at most 0\.0001 is allowed\n/)
    })
  })

s('a channel of small numbers counts beside one of large ones', async () => {
  const [kernel, off] = [[500, -300, 0.5, -0.3], [500, -300, 0.5, -0.31]]
  // 5e-3 of a channel that varies by 1, of an output of up to 700
  const many = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i)] as const)
  const expected = many.map(([a, b]) => [a * 500 - b * 300, a * 0.5 - b * 0.3])
  const files = { 'x.npy': npy(...many), 'y.npy': npy(...expected) }
  await said({ ...files, 't.safetensors': weightsFile(weights(kernel, [0, 0])) }, (stderr, code) => assert.is(code, 0, stderr))
  await said({ ...files, 't.safetensors': weightsFile(weights(off, [0, 0])) }, (stderr, code) => assert.is(code, 1, stderr))
})

s('two elements of a channel that are equal by chance ask for no more than 32 bits give', () => {
  const expected = outputOf([3, 1, 1, 6], [0, 0]).map((row) => [...row])
  const [first] = expected
  // of the second channel, 13, 2 and -11.75
  first![1]! += 2e-4
  return said({ 'y.npy': npy(...expected), 't.safetensors': weightsFile(weights([3, 1, 1, 6], [0, 0])) }, (stderr, code) => {
    assert.is(code, 0, stderr)
    assert.match(stderr, 'y: differs by at most 1.6e-5 of what it varies by')
  })
})

s('one sample of a vector is compared by what its elements vary by', () => {
  const one = { 'x.npy': npy([1, 2]), 'y.npy': npy([1000.05, 999.99]) }
  return said({ ...one, 't.safetensors': weightsFile(weights([0.02, 0.01, -0.03, 0.01], [1000, 1000])) }, (stderr, code) => {
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/unproven]')
  })
})

for (const [name, outputs, expected, reason] of [
  ['zeros', 2, [[0, 0], [0, 0], [0, 0]], 'it is 0 throughout'],
  ['one value', 2, [[2.5, 2.5], [2.5, 2.5], [2.5, 2.5]], 'it is 2.5 throughout'],
  ['a bias alone', 2, [[1, -3], [1, -3], [1, -3]], 'it is the same in all samples and places'],
  ['a bias beside which all else is rounded', 1, [[1e6], [1e6 + 0.5], [1e6]], 'it is the same in all samples and places'],
] as const)
  s(`an expectation of ${name} proves nothing, and is refused`, () => {
    const bias = expected[0]!.slice(0, outputs)
    const files = { 'n.fmw': dense(outputs), 'y.npy': npy(...expected), 't.safetensors': weightsFile(weights(bias.flatMap(() => [0, 0]), bias)) }
    return said(files, (stderr, code) => {
      assert.is(code, 1)
      assert.ok(stderr.includes(`error[weights/proof]: y.npy: this proves nothing: ${reason}\n`), stderr)
    })
  })

s('one number is no proof', () =>
  said({ 'n.fmw': dense(1), 'x.npy': npy([1, 2]), 'y.npy': npy([7]), 't.safetensors': weightsFile(weights([1, 3], [0])) }, (stderr, code) => {
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/proof]: y.npy: this proves nothing: it is one number, 7\n')
  }))

s('what is not finite is said with its file and place', async () => {
  const file = weightsFile(weights(right, [0, 0]))
  const y = outputOf(right, [0, 0])
  await said({ 't.safetensors': file, 'x.npy': npy([1, 2], [3, Number.NaN]), 'y.npy': npy(...y) }, (stderr, code) => {
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/proof]: x.npy: this proves nothing: NaN stands at [1, 1]\n')
  })
  await said({ 't.safetensors': file, 'y.npy': npy(y[0]!, y[1]!, [Number.NEGATIVE_INFINITY, 0]) }, (stderr, code) => {
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/proof]: y.npy: this proves nothing: -Infinity stands at [2, 0]\n')
  })
})

s('of numbers of 16 bits a proof allows what they were rounded by, and says so', async () => {
  const exact = [0.1001, -0.7003, 0.3337, 1.2345]
  const files = (off: number): Files => ({ 't.npz': halfFile({ 'd.weight': [[2, 2], exact], 'd.bias': [[2], [0, 0]] }), 'y.npy': npy(...outputOf(exact.map((value) => value * off), [0, 0])) })
  await said(files(1), (stderr, code) => {
    assert.is(code, 0, stderr)
    assert.match(stderr, 'its numbers have 16 bits (float16): a proof allows a difference of 0.02, where 32 bits would allow 0.0001')
  }, 't.npz')
  await said(files(1.05), (stderr, code) => {
    assert.is(code, 1)
    assert.match(stderr, 'and at most 0.02 is allowed')
  }, 't.npz')
})

s('an output that is not proved is said, and what only it reads by order alone is refused; a map decides it', () => {
  const text = 'model Two {\n  input x: [2]\n  output one = x |> dense(2, bias: false) as first\n  output two = x |> dense(2, bias: false) as second\n}\n'
  const array = (shape: readonly number[], values: readonly number[]): Uint8Array => writeNpy({ shape, values: Float32Array.from(values) })
  const files = {
    'two.fmw': text,
    'w.safetensors': weightsFile({ 'q.weight': [[2, 2], [1, 2, 3, 4]], 'p.weight': [[2, 2], [5, 6, 7, 9]] }),
    'x.npy': array([3, 2], [1, 0, 0, 1, 1, 1]),
    'one.npy': array([3, 2], [1, 3, 2, 4, 3, 7]),
    'two.npy': array([3, 2], [5, 7, 6, 9, 11, 16]),
    'names.map': 'q.weight -> first/kernel\np.weight -> second/kernel\n',
  }
  return withFiles(files, async (folder) => {
    const one = ['w.safetensors', 'two.fmw', '--input', 'x.npy', '--expect', 'one=one.npy']
    const refused = await imported(folder, ...one, '-o', 'r.safetensors')
    assert.is(refused.code, 1)
    assert.match(refused.stderr, 'not proven: two\n')
    assert.match(refused.stderr, 'error[weights/ambiguous]: w.safetensors: p.weight [2, 2] may be second/kernel [2, 2]: nothing says which is which\n')
    assert.match(refused.stderr, '--expect two=FILE.npy proves them, or lines of a map decide\n')
    assert.not.match(refused.stderr, '--input and --expect prove them')
    const both = await imported(folder, ...one, '--expect', 'two=two.npy')
    assert.is(both.code, 0, both.stderr)
    assert.not.match(both.stderr, 'not proven')
    const mapped = await imported(folder, ...one, '--map', 'names.map')
    assert.is(mapped.code, 0, mapped.stderr)
    assert.match(mapped.stderr, 'not proven: two\n')
  })
})

s.run()
