import { Buffer } from 'node:buffer'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync, zipSync } from 'fflate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { withFiles, type Files } from '../cli/folder.ts'
import { mainOf } from '../cli/main-of.ts'
import { weightsFile } from '../cli/weights-file.ts'
import { keras2, single } from './h5-files.ts'
import { imported } from './networks.ts'

const s = suite('weights import: formats')

const one = 'model One {\n  input x: [2]\n  output y = x |> dense(2, bias: false) as a\n}\n'

const text = (content: string): Uint8Array => Uint8Array.from(Buffer.from(content))

/** An array of NumPy of any type. */
function npy(descr: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const literal = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = Buffer.from(`${literal.padEnd(128 - 11)}\n`)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([header.length, 0]), header, bytes])
}

const bytesOf = (array: Float64Array | BigInt64Array | Float32Array): Uint8Array => new Uint8Array(array.buffer)

/** A safetensors file with one tensor of any type. */
function tensorFile(name: string, dtype: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = Buffer.from(JSON.stringify({ [name]: { dtype, shape, data_offsets: [0, bytes.length] } }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, bytes])
}

const npz = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, array])))

const matrix = { shape: [2, 2], values: Float32Array.from([1, 2, 3, 4]) }

/** Files of other programs by their names, what each is said to be, and what is to be done with it. */
const others: Readonly<Record<string, readonly [bytes: () => Uint8Array | Promise<Uint8Array>, name: string, mend: RegExp]>> = {
  'net.pt': [() => zipSync({ 'net/data.pkl': text('\x80\x02'), 'net/version': text('3') }), 'a checkpoint of PyTorch, which only Python can read', /import torch\n.*from safetensors\.torch import save_file\n.*save_file\(torch\.load\("net\.pt", map_location="cpu"\), "weights\.safetensors"\)/],
  'old.pth': [() => Buffer.from('\x80\x02\x8a\x0al\xfc\x9c\x46\xf9 j\xa8P\x19.', 'latin1'), 'a checkpoint of PyTorch, which only Python can read', /save_file\(torch\.load\("old\.pth"/],
  'net.npz': [() => npz({ 'a.weight': writeNpy(matrix) }), 'an .npz file of NumPy', /fmw weights import net\.npz <model>\.fmw -o weights\.safetensors/],
  'net.h5': [() => keras2([['a/kernel', matrix]]), 'an HDF5 file, as Keras writes them', /fmw weights import net\.h5 <model>\.fmw -o weights\.safetensors/],
  'net.keras': [() => zipSync({ 'metadata.json': text('{}'), 'model.weights.h5': text('') }), 'a .keras archive', /unzip net\.keras model\.weights\.h5/],
  'model.json': [() => text(JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: [] }] })), 'a model.json of TensorFlow.js', /fmw weights import model\.json <model>\.fmw -o weights\.safetensors/],
  'net.onnx': [() => Buffer.from([0x08, 0x07, 0x12, 0x07, ...Buffer.from('pytorch')]), 'an ONNX model', /onnx\.load\("net\.onnx"\)\.graph\.initializer/],
  'net.zip': [() => zipSync({ 'readme.txt': text('weights') }), 'a zip archive', /fmw weights import reads \.npz, \.h5 and model\.json too/],
}

for (const [file, [bytes, name, mend]] of Object.entries(others))
  s(`${name} given as weights is recognised, with what to do instead`, async () => {
    const files: Files = { 'one.fmw': one, [file]: await bytes() }
    await withFiles(files, async (folder) => {
      for (const args of [['run', 'one.fmw', '--weights', file, '--input', 'x=ones'], ['weights', 'diff', file, 'one.fmw'], ['weights', 'describe', file, 'one.fmw', '-o', 'd.safetensors']]) {
        const { code, stderr } = await mainOf(args, folder)
        assert.is(code, 1)
        assert.match(stderr, `error[weights/format]: ${file}: this is ${name}, and weights are read from safetensors files\n`)
        assert.match(stderr, mend)
      }
      const { code, stderr } = await imported(folder, file, 'one.fmw')
      if (/npz|h5/.test(file)) assert.is(code, 0, stderr)
      else if (file === 'model.json') assert.match(stderr, /error\[input\/unreadable\]: \S*group1-shard1of1\.bin: /)
      else assert.match(stderr, `this is ${name}`)
    })
  })

s('a safetensors file is one whatever the length of its header begins like', () =>
  withFiles({ 'one.fmw': one }, async (folder) => {
    const readable = async (length: number): Promise<void> => {
      const header = JSON.stringify({ __metadata__: { fmw: '' }, 'a/kernel': { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } }).replace('""', `"${'x'.repeat(length)}"`)
      const padded = header.padEnd(Math.ceil(header.length / 8) * 8)
      const size = Buffer.alloc(8)
      size.writeBigUInt64LE(BigInt(padded.length))
      await writeFile(path.join(folder, 'w.safetensors'), Buffer.concat([size, Buffer.from(padded), Buffer.from(Float32Array.from([1, 2, 3, 4]).buffer)]))
      const { code, stderr } = await mainOf(['weights', 'ls', 'w.safetensors'], folder)
      assert.is(code, 0, `${padded.length}: ${stderr}`)
    }
    // 640, 896, 1152 and 1408 begin like a pickle, 2824 and 4620 like an ONNX model
    for (const size of [...Array.from({ length: 200 }, (_, i) => 8 * i), 2700, 4500]) await readable(size)
  }))

s("a safetensors file of PyTorch's names given as weights is told to be imported, with a counter in it too", () =>
  withFiles({ 'one.fmw': one, 'torch.safetensors': weightsFile({ 'a.weight': [[2, 2], [1, 2, 3, 4]] }), 'counted.safetensors': tensorFile('bn.num_batches_tracked', 'I64', [], bytesOf(BigInt64Array.from([5n]))) }, async (folder) => {
    for (const file of ['torch.safetensors', 'counted.safetensors']) {
      const { code, stderr } = await mainOf(['run', 'one.fmw', '--weights', file, '--input', 'x=ones'], folder)
      assert.is(code, 1)
      assert.match(stderr, `its names are those of PyTorch: fmw weights import ${file} <model>.fmw -o weights.safetensors writes them as fmw reads them`)
    }
  }))

s('32, 64 and 16 bits are read; what holds no floating-point numbers is refused by name', () => {
  const halves = Uint8Array.from([0x00, 0x3c, 0x00, 0x40, 0x00, 0x42, 0x00, 0x44])
  const brains = Uint8Array.from([0x80, 0x3f, 0x00, 0x40, 0x40, 0x40, 0x80, 0x40])
  const doubles = bytesOf(Float64Array.from([1, 2, 3, 4]))
  const integers = bytesOf(BigInt64Array.from([1n, 2n, 3n, 4n]))
  const files: Files = {
    'one.fmw': one,
    'f16.safetensors': tensorFile('a.weight', 'F16', [2, 2], halves),
    'bf16.safetensors': tensorFile('a.weight', 'BF16', [2, 2], brains),
    'f64.safetensors': tensorFile('a.weight', 'F64', [2, 2], doubles),
    'i64.safetensors': tensorFile('a.weight', 'I64', [2, 2], integers),
    'f16.npz': npz({ 'a.weight': npy('<f2', [2, 2], halves) }),
    'f64.npz': npz({ 'a.weight': npy('<f8', [2, 2], doubles) }),
    'i64.npz': npz({ 'a.weight': npy('<i8', [2, 2], integers) }),
  }
  return withFiles(files, async (folder) => {
    for (const file of ['f16.safetensors', 'bf16.safetensors', 'f64.safetensors', 'f16.npz', 'f64.npz']) {
      const { code, stderr } = await imported(folder, file, 'one.fmw', '-o', 'w.safetensors')
      assert.is(code, 0, stderr)
      assert.equal([...readSafetensors(await readFile(path.join(folder, 'w.safetensors')), 'w').get('a/kernel')!.values], [1, 3, 2, 4], file)
      assert.is(stderr.includes('rounded from 64 bits to 32: 1 of its tensors'), file.startsWith('f64'))
    }
    for (const [file, dtype] of [['i64.safetensors', 'I64'], ['i64.npz', '<i8']] as const) {
      const { code, stderr } = await imported(folder, file, 'one.fmw')
      assert.is(code, 1)
      assert.match(stderr, `error[weights/dtype]: ${file}: the tensor a.weight holds ${dtype}, and weights are read from F32, F16 and BF16`)
    }
  })
})

/** An HDF5 file of h5py with a dataset `a` of float16, [1, 0.5, -3]. */
const halvesOfHdf5 = 'H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwrYOFD5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPHgAVCczCMgpEIPFwdA0B0BJQPS6UnmFDVJaKlRw8K7WVkYIWYxQjjQ1IyIyNEgBmqDkFLgJUKKvAzMEFdysXKwMUPlWcFpmCQPBMTEyMkPUPMY2aEJW02NBd0DKp4CPbzdwHlaFg+VGAeTZujYBQMWWDDYMFwCABPJUCKBggAAA=='

s('of HDF5 too', async () => {
  const files: Files = { 'one.fmw': 'model One {\n  input x: [1]\n  param a: [3] = ones\n  output y = x + a\n}\n', 'f64.h5': await single(Float64Array.from([1, 2, 3]), 'a'), 'i64.h5': await single(BigInt64Array.from([1n, 2n, 3n]), 'a') }
  await withFiles({ ...files, 'f16.h5': gunzipSync(Buffer.from(halvesOfHdf5, 'base64')) }, async (folder) => {
    assert.match((await imported(folder, 'f64.h5', 'one.fmw')).stderr, 'rounded from 64 bits to 32')
    const half = await imported(folder, 'f16.h5', 'one.fmw', '-o', 'w.safetensors')
    assert.is(half.code, 0, half.stderr)
    assert.match(half.stderr, 'its numbers have 16 bits (float16)')
    assert.equal([...readSafetensors(await readFile(path.join(folder, 'w.safetensors')), 'w').get('a')!.values], [1, 0.5, -3])
    const { code, stderr } = await imported(folder, 'i64.h5', 'one.fmw')
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/dtype]: i64.h5: the tensor a holds <q')
  })
})

s('a model of TensorFlow.js is read from all of its files, quantised or not', () => {
  const json = (manifest: unknown): string => JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: manifest })
  const affine = (dtype: string, scale: number, min: number) => ({ dtype, scale, min })
  const weights = [
    { name: 'dense_Dense1/kernel', shape: [2, 2], dtype: 'float32' },
    { name: 'dense_Dense1/bias', shape: [2], dtype: 'float32', quantization: affine('uint8', 0.5, -1) },
    { name: 'dense_Dense2/kernel', shape: [2, 3], dtype: 'float32', quantization: affine('uint16', 0.25, 1) },
    { name: 'dense_Dense2/bias', shape: [3], dtype: 'float32', quantization: { dtype: 'float16' } },
  ]
  const bytes = Buffer.concat([
    bytesOf(Float32Array.from([1, 2, 3, 4])),
    Uint8Array.from([0, 3]),
    new Uint8Array(Uint16Array.from([0, 1, 2, 3, 4, 400]).buffer),
    Uint8Array.from([0x00, 0x3c, 0x00, 0x40, 0x00, 0x42]),
  ])
  const files: Files = {
    'two.fmw': 'model Two {\n  input x: [2]\n  output y = x |> dense(2, activation: tanh) as a |> dense(3) as b\n}\n',
    'model.json': json([{ paths: ['one.bin', 'two.bin'], weights }]),
    'one.bin': bytes.subarray(0, 7),
    'two.bin': bytes.subarray(7),
    'short.json': json([{ paths: ['one.bin'], weights }]),
    'long.json': json([{ paths: ['one.bin', 'two.bin'], weights: weights.slice(0, 3) }]),
    'wrong.json': json([{ paths: 'one.bin', weights }]),
    'odd.json': json([{ paths: ['one.bin'], weights: [{ name: 'a', shape: [1], dtype: 'complex64' }] }]),
    'cut.json': json([{ paths: ['one.bin', 'two.bin'], weights }]).slice(0, -4),
  }
  return withFiles(files, async (folder) => {
    const { code, stderr } = await imported(folder, 'model.json', 'two.fmw', '-o', 'w.safetensors')
    assert.is(code, 0, stderr)
    const written = readSafetensors(await readFile(path.join(folder, 'w.safetensors')), 'w')
    assert.equal(['a/kernel', 'a/bias', 'b/kernel', 'b/bias'].map((name) => [...written.get(name)!.values]), [[1, 2, 3, 4], [-1, 0.5], [1, 1.25, 1.5, 1.75, 2, 101], [1, 2, 3]])
    for (const [file, reason] of [
      ['short.json', 'dense_Dense1/kernel ends at byte 16 of one.bin, which have 7'],
      ['long.json', 'one.bin, two.bin have 36 bytes, and the weights take 30'],
      ['wrong.json', 'its weightsManifest does not list files and weights'],
      ['odd.json', 'a is stored as complex64'],
      ['cut.json', 'it is not JSON in UTF-8'],
    ] as const) {
      const refused = await imported(folder, file, 'two.fmw')
      assert.is(refused.code, 1)
      assert.match(refused.stderr, `error[weights/unreadable]: ${file}: this TensorFlow.js file cannot be read: ${reason}`)
    }
  })
})

s('the converter of TensorFlow.js sorts layers by their names, which is no order: their numbers are', () => {
  const weights = ['dense_1', 'dense_10', 'dense_2'].map((name) => ({ name: `${name}/kernel`, shape: [2, 2], dtype: 'float32' }))
  const files: Files = {
    'three.fmw': 'model Three {\n  input x: [2]\n  output y = x |> dense(2, bias: false) as a |> tanh |> dense(2, bias: false) as b |> tanh |> dense(2, bias: false) as c\n}\n',
    'model.json': JSON.stringify({ format: 'layers-model', modelTopology: {}, weightsManifest: [{ paths: ['w.bin'], weights }] }),
    'w.bin': bytesOf(new Float32Array(12)),
  }
  return withFiles(files, async (folder) => {
    const { code, stderr, pairs } = await imported(folder, 'model.json', 'three.fmw')
    assert.is(code, 0, stderr)
    assert.equal(pairs.map(({ from, to }) => `${from} ${to}`), ['dense_1/kernel a/kernel', 'dense_2/kernel b/kernel', 'dense_10/kernel c/kernel'])
  })
})

s('a file that is cut off is said to be, of each format', async () => {
  const h5 = await keras2([['a/kernel', matrix]])
  const archive = npz({ 'a.weight': writeNpy({ shape: [30, 30], values: new Float32Array(900) }) })
  const files: Files = {
    'one.fmw': one,
    'cut.h5': h5.subarray(0, h5.length - 200),
    'begun.h5': h5.subarray(0, 20),
    'cut.npz': archive.subarray(0, archive.length - 30),
    'cut.safetensors': weightsFile({ 'a.weight': [[2, 2], [1, 2, 3, 4]] }).subarray(0, -4),
    'empty.npz': new Uint8Array(),
    'nothing.npz': zipSync({}),
  }
  await withFiles(files, async (folder) => {
    for (const [file, said] of [
      ['cut.h5', 'error[weights/unreadable]: cut.h5: this HDF5 file cannot be read: truncated file'],
      ['begun.h5', 'error[weights/unreadable]: begun.h5: this HDF5 file cannot be read: '],
      ['cut.npz', 'error[data/archive]: cut.npz: '],
      ['cut.safetensors', 'error[weights/malformed]: cut.safetensors: this is no valid safetensors file: it is cut off'],
      ['empty.npz', 'error[weights/format]: empty.npz: this is an empty file, and '],
      ['nothing.npz', 'error[weights/format]: nothing.npz: this is an empty zip archive, such as an .npz of no arrays, and '],
    ] as const) {
      const { code, stderr } = await imported(folder, file, 'one.fmw')
      assert.is(code, 1, file)
      assert.ok(stderr.includes(said), stderr)
      assert.not.match(stderr, /^ {4}at /m)
    }
    assert.is((await imported(folder, 'none.h5', 'one.fmw')).code, 2)
  })
})

s.run()
