import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { anyPicture, tiny, twice } from './models.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('bad weights and inputs')

const zeros = (length: number): readonly number[] => Array.from({ length }, () => 0)

const kernel = [[3, 3, 3, 4], zeros(108)] as const
const bias = [[4], zeros(4)] as const
const good = weightsFile({ 'x/conv/bias': bias, 'x/conv/kernel': kernel })

/** A safetensors file whose header is this text. */
function headed(header: string, values = 0): Uint8Array {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(values)])
}

const badWeights: Readonly<Record<string, readonly [file: Uint8Array | string, ...said: string[]]>> = {
  'an empty file': ['', 'error[weights/format]: w: this is an empty file, and weights are read from safetensors files'],
  'a text file': ['These are my weights, I promise.', 'error[weights/malformed]'],
  'the model itself': [tiny, 'error[weights/malformed]'],
  'a picture': [PNG.sync.write(new PNG({ width: 2, height: 2 })), 'error[weights/malformed]'],
  'a file that was cut off': [good.subarray(0, good.length - 4), 'error[weights/malformed]', 'it is cut off: it has'],
  'a file that was cut off in its header': [
    good.subarray(0, 40),
    'error[weights/malformed]',
    'it ends at byte 40, within its header',
  ],
  'a header that is not JSON': [headed('{"x": '), 'error[weights/malformed]', 'its header is not JSON'],
  'a header that is a list': [headed('[]'), 'error[weights/malformed]', 'its header does not begin with {'],
  'a header of an impossible length': [
    Buffer.from('ffffffffffffffff00', 'hex'),
    'error[weights/malformed]',
    '18446744073709551615',
  ],
  'tensors that overlap': [
    headed('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}', 12),
    'error[weights/malformed]',
    '"b" begins at byte 4',
  ],
  'a size that is not that of the shape': [
    headed('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}', 8),
    'error[weights/malformed]',
    '12 bytes',
  ],
  integers: [
    headed('{"x/conv/bias":{"dtype":"I32","shape":[4],"data_offsets":[0,16]}}', 16),
    'error[weights/dtype]: w: the tensor x/conv/bias holds I32',
  ],
  'a missing weight': [
    weightsFile({ 'x/conv/bias': bias }),
    'error[weights/missing]: w: the weight x/conv/kernel [3, 3, 3, 4] of the model is not in the file',
  ],
  'an unexpected weight': [
    weightsFile({ 'x/conv/bias': bias, 'x/conv/kernel': kernel, extra: [[1], [0]] }),
    'error[weights/unexpected]: w: the file has a tensor extra [1], which is no weight of the model',
  ],
  'a misspelt weight': [
    weightsFile({ 'x/conv/biass': bias, 'x/conv/kernel': kernel }),
    'error[weights/missing]: w: the weight x/conv/bias [4]',
    'error[weights/unexpected]: w: the file has a tensor x/conv/biass',
    'did you mean x/conv/bias?',
  ],
  'another shape': [
    weightsFile({ 'x/conv/bias': bias, 'x/conv/kernel': [[4, 3, 3, 3], zeros(108)] }),
    'error[weights/shape]: w: the weight x/conv/kernel is [3, 3, 3, 4] in the model and [4, 3, 3, 3] in the file',
  ],
  'everything at once': [
    weightsFile({ 'x/conv/bias': [[5], zeros(5)], other: [[1], [0]] }),
    'error[weights/shape]',
    'error[weights/missing]',
    'error[weights/unexpected]',
  ],
}

for (const [what, [file, ...said]] of Object.entries(badWeights)) {
  s(`weights are refused before anything is computed or written: ${what}`, () =>
    withFiles({ 'tiny.fmw': tiny, w: file }, async (folder) => {
      const before = await contentOf(folder)
      const args = ['--weights', 'w', '--input', 'image=ones', '--output', 'maps=y.npy', '--backend', 'wasm']
      const { code, stdout, stderr } = await mainOf(['run', 'tiny.fmw', ...args], folder)
      assert.equal([code, stdout], [1, ''], stderr)
      for (const part of said) assert.ok(stderr.includes(part), stderr)
      assert.match(stderr, /= fmw explain weights\/\w+\n$/)
      assert.not.match(stderr, /^\s+at |backend:/m)
      assert.equal(await contentOf(folder), before)
    }))
}

const npy = (shape: readonly number[]): Uint8Array =>
  writeNpy({ shape, values: new Float32Array(shape.reduce((n, extent) => n * extent, 1)) })

const picture = (width: number, height: number): Uint8Array => PNG.sync.write(new PNG({ width, height }))

/** An array of another element type than any that is read: complex numbers. */
const complex = Buffer.from(Buffer.from(npy([2, 3])).toString('latin1').replace('<f4', '<c8'), 'latin1')

const badInputs: Readonly<Record<string, readonly [name: string, file: Uint8Array | string, ...said: string[]]>> = {
  'an array of another rank': [
    'x.npy',
    npy([2, 2, 2, 3]),
    'error[input/mismatch]: x must have the axes [batch, 2, 3], not [2, 2, 2, 3]',
  ],
  'an array of too few axes': ['x.npy', npy([5]), 'error[input/mismatch]: x must have the axes [batch, 2, 3], not [5]'],
  'an array of another size': ['x.npy', npy([1, 3, 2]), 'error[input/mismatch]', 'must be 2, not 3', 'must be 3, not 2'],
  'an array without samples': ['x.npy', npy([0, 2, 3]), 'error[input/mismatch]: x has no samples'],
  'an .npy that was cut off': [
    'x.npy',
    npy([2, 3]).subarray(0, 140),
    'error[input/npy]: x.npy: this is no valid .npy file',
    'takes 24 bytes',
  ],
  'a text called .npy': [
    'x.npy',
    'hello',
    'error[input/npy]: x.npy: this is no valid .npy file: it does not begin with the signature',
  ],
  'an empty .npy': ['x.npy', '', 'error[input/npy]'],
  'an array of complex numbers': ['x.npy', complex, 'error[input/dtype]: x.npy: the array holds elements of type <c8'],
  'a picture called .npy': ['x.npy', picture(3, 2), 'error[input/npy]'],
  'JSON of another shape': ['x.json', '[[1, 2], [3, 4]]', 'error[input/mismatch]', 'must be 3, not 2'],
  'ragged JSON': [
    'x.json',
    '[[1, 2, 3], [4, 5]]',
    'error[input/json]: x.json: this is no tensor in JSON: the lists of level 2 are not all of length 3',
  ],
  'JSON with a text in it': ['x.json', '[[1, 2, "3"], [4, 5, 6]]', 'error[input/json]', '"3" stands where a number is expected'],
  'JSON with a number beyond floating point': ['x.json', '[[1, 2, 1e999], [4, 5, 6]]', 'error[input/json]'],
  'JSON that is none': ['x.json', '[[1, 2', 'error[input/json]: x.json: this is no tensor in JSON'],
  'an empty .json': ['x.json', '', 'error[input/json]'],
  'JSON nested too deep': [
    'x.json',
    `${'['.repeat(50_000)}1${']'.repeat(50_000)}`,
    'error[input/json]',
    'its lists are nested 50000 deep',
  ],
  'JSON with a list nested too deep': [
    'x.json',
    `[[1, 2, ${'['.repeat(50_000)}1${']'.repeat(50_000)}], [4, 5, 6]]`,
    'error[input/json]',
    'a list stands where a number is expected',
  ],
}

for (const [what, [name, file, ...said]] of Object.entries(badInputs)) {
  s(`an input is refused, with the file and the reason, and nothing is written: ${what}`, () =>
    withFiles({ 'twice.fmw': twice, [name]: file }, async (folder) => {
      const before = await contentOf(folder)
      const args = ['--input', `x=${name}`, '--output', 'doubled=y.npy', '--backend', 'wasm']
      const { code, stdout, stderr } = await mainOf(['run', 'twice.fmw', ...args], folder)
      assert.equal([code, stdout], [1, ''], stderr)
      for (const part of said) assert.ok(stderr.includes(part), stderr)
      assert.not.match(stderr, /^\s+at /m)
      assert.equal(await contentOf(folder), before)
    }))
}

const badPictures: Readonly<Record<string, readonly [name: string, file: Uint8Array | string, ...said: string[]]>> = {
  'a text called .png': [
    'p.png',
    'hello',
    'error[input/picture]: p.png: this is no picture that can be read: it is neither PNG nor JPEG',
  ],
  'an empty .png': ['p.png', '', 'error[input/picture]: p.png: this is no picture that can be read: it is neither PNG nor JPEG'],
  'a .png that was cut off': [
    'p.png',
    picture(20, 20).subarray(0, 60),
    'error[input/picture]: p.png: this is no picture that can be read: its PNG data is',
  ],
  'a .jpg that was cut off': [
    'p.jpg',
    Buffer.from('ffd8ffe000104a464946', 'hex'),
    'error[input/picture]: p.jpg: this is no picture that can be read: its JPEG data is',
  ],
  'a picture of a size that the model excludes': [
    'p.png',
    picture(6, 5),
    'error[input/mismatch]: H must be a multiple of 2, not 5',
  ],
}

for (const [what, [name, file, ...said]] of Object.entries(badPictures)) {
  s(`a picture is refused, with the reason: ${what}`, () =>
    withFiles({ 'any.fmw': anyPicture, [name]: file }, async (folder) => {
      const before = await contentOf(folder)
      const { code, stdout, stderr } = await mainOf(
        ['run', 'any.fmw', '--input', `image=${name}`, '--output', 'small=y.npy', '--backend', 'wasm'],
        folder,
      )
      assert.equal([code, stdout], [1, ''], stderr)
      for (const part of said) assert.ok(stderr.includes(part), stderr)
      assert.not.match(stderr, /^\s+at /m)
      assert.equal(await contentOf(folder), before)
    }))
}

s('a picture of another size is not resized in silence', () =>
  withFiles({ 'tiny.fmw': tiny, 'p.png': picture(9, 8) }, async (folder) => {
    const { code, stderr } = await mainOf(['run', 'tiny.fmw', '--input', 'image=p.png', '--backend', 'wasm'], folder)
    assert.is(code, 1)
    assert.match(stderr, 'error[input/mismatch]: the width of image must be 8, not 9')
  }))

s('a picture for an input that is no picture is refused', () =>
  withFiles({ 'twice.fmw': twice, 'p.png': picture(3, 2) }, async (folder) => {
    const { code, stderr } = await mainOf(['run', 'twice.fmw', '--input', 'x=p.png'], folder)
    assert.is(code, 1)
    assert.match(stderr, 'error[input/picture]: p.png')
  }))

s('a file that is not there, or is a folder, is wrong usage, for weights and inputs alike', () =>
  withFiles({ 'twice.fmw': twice, 'tiny.fmw': tiny, 'folder.npy/x': '' }, async (folder) => {
    const said = async (...args: readonly string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await mainOf(['run', ...args], folder)
      return [code, stdout, stderr.split('\n')[0]]
    }
    const line = (file: string, reason: string): unknown => [
      2,
      '',
      `error[input/unreadable]: ${file}: the file cannot be read: ${reason}`,
    ]
    assert.equal(await said('twice.fmw', '--input', 'x=none.npy'), line('none.npy', 'there is no such file or folder'))
    assert.equal(await said('twice.fmw', '--input', 'x=folder.npy'), line('folder.npy', 'it is a folder'))
    assert.equal(
      await said('tiny.fmw', '--input', 'image=ones', '--weights', 'none.safetensors'),
      line('none.safetensors', 'there is no such file or folder'),
    )
    assert.equal(await said('tiny.fmw', '--input', 'image=ones', '--weights', 'folder.npy'), line('folder.npy', 'it is a folder'))
  }))

s('a model that does not fit into memory is said not to', () =>
  withFiles({ 'huge.fmw': 'model Huge {\n  input image: [100000, 100000, 3]\n  output y = image * 2\n}\n' }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['run', 'huge.fmw', '--input', 'image=ones'], folder)
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, /^fmw: this takes more memory than there is here \(.*\)\n$/)
  }))

s('the process ends with the same code and words', () =>
  withFiles({ 'tiny.fmw': tiny, w: 'no weights' }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['run', 'tiny.fmw', '--weights', 'w', '--input', 'image=ones'], { cwd: folder })
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, 'error[weights/malformed]: w: this is no valid safetensors file')
  }))

s.run()
