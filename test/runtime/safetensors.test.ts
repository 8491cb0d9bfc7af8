import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { problemsOf, reported } from './problems-of.ts'

const s = suite('safetensors')

/** A file with this header, written as it stands, and so many bytes of values. */
function fileOf(header: unknown, values: number | Uint8Array = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const data = typeof values === 'number' ? new Uint8Array(values) : values
  const bytes = new Uint8Array(8 + text.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  bytes.set(data, 8 + text.length)
  return bytes
}

const complaints = (bytes: Uint8Array): Promise<readonly string[]> => reported(() => readSafetensors(bytes, 'w.safetensors'))

const malformed = (reason: string): string => `weights/malformed: this is no valid safetensors file: ${reason}`

const f32 = (shape: readonly number[], begin: number, end: number): unknown => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
})

s('what is written is read back, whatever the names and shapes', () => {
  const tensors = new Map<string, TensorData>([
    ['stem/conv/kernel', { shape: [1, 2, 1, 2], values: Float32Array.from([1.5, -0, 3e38, 1e-45]) }],
    ['10', { shape: [], values: Float32Array.from([NaN]) }],
    ['__proto__', { shape: [2], values: Float32Array.from([-Infinity, Infinity]) }],
    ['größe "x"\n', { shape: [0, 3], values: new Float32Array(0) }],
  ])
  const read = readSafetensors(writeSafetensors(tensors, { format: 'fmw' }), 'w.safetensors')
  assert.equal([...read.keys()].sort(), [...tensors.keys()].sort())
  for (const [name, { shape, values }] of tensors) {
    assert.equal(read.get(name)!.shape, shape)
    assert.equal(new Uint8Array(read.get(name)!.values.buffer), new Uint8Array(values.buffer), name)
  }
})

s('the same tensors give the same bytes in whatever order they come, padded to 8', () => {
  const a: TensorData = { shape: [1], values: Float32Array.from([1]) }
  const b: TensorData = { shape: [1], values: Float32Array.from([2]) }
  const bytes = writeSafetensors(new Map([['b', b], ['a', a]]))
  assert.equal(bytes, writeSafetensors(new Map([['a', a], ['b', b]])))
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  assert.is(length % 8, 0)
  assert.equal(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))), { a: f32([1], 0, 4), b: f32([1], 4, 8) })
  assert.equal(bytes.slice(8 + length), Uint8Array.from([0, 0, 128, 63, 0, 0, 0, 64]))
})

s('a file without tensors is valid', () => {
  assert.is(readSafetensors(fileOf('{}'), 'w.safetensors').size, 0)
  assert.is(readSafetensors(fileOf({ __metadata__: { format: 'pt' } }), 'w.safetensors').size, 0)
})

s('half precision is widened exactly: all kinds of binary16 and bfloat16', () => {
  const f16 = [0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x7c00, 0xfc00, 0x3555]
  const bf16 = [0x0000, 0x3f80, 0xc000, 0x7f7f, 0x0080, 0x0001, 0x7f80, 0xff80, 0x4049]
  const values = new Uint8Array(Uint16Array.from([...f16, ...bf16]).buffer)
  const header = {
    h: { dtype: 'F16', shape: [f16.length], data_offsets: [0, 2 * f16.length] },
    b: { dtype: 'BF16', shape: [bf16.length], data_offsets: [2 * f16.length, 2 * (f16.length + bf16.length)] },
  }
  const read = readSafetensors(fileOf(header, values), 'w.safetensors')
  assert.equal(
    [...read.get('h')!.values],
    [0, -0, 1, -2, 65504, 2 ** -14, 1023 * 2 ** -24, 2 ** -24, Infinity, -Infinity, 0.333251953125],
  )
  assert.equal([...read.get('b')!.values], [0, 1, -2, 255 * 2 ** 120, 2 ** -126, 2 ** -133, Infinity, -Infinity, 3.140625])
  const nan = readSafetensors(fileOf({ n: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }, Uint8Array.from([1, 0x7e])), 'w')
  assert.ok(Number.isNaN(nan.get('n')!.values[0]))
})

s('tensors are read where the header is no multiple of 4 long and the bytes are part of a larger buffer', () => {
  const whole = fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} ', Uint8Array.from([0, 0, 128, 63]))
  const larger = new Uint8Array(whole.length + 3)
  larger.set(whole, 3)
  assert.equal([...readSafetensors(larger.subarray(3), 'w').get('a')!.values], [1])
})

s('other element types are refused, each tensor by name', async () => {
  const header = {
    steps: { dtype: 'I64', shape: [1], data_offsets: [0, 8] },
    table: { dtype: 'F64', shape: [2], data_offsets: [8, 24] },
    fine: f32([1], 24, 28),
  }
  assert.equal(await complaints(fileOf(header, 28)), [
    'weights/dtype: the tensor steps holds I64, and weights are read from F32, F16 and BF16',
    'weights/dtype: the tensor table holds F64, and weights are read from F32, F16 and BF16',
  ])
})

s('a file that is cut off says where', async () => {
  assert.equal(await complaints(new Uint8Array(5)), [malformed('it has 5 bytes, and the length of the header alone takes 8')])
  const whole = fileOf({ a: f32([2], 0, 8) }, 8)
  assert.equal(await complaints(whole.subarray(0, 20)), [malformed('it ends at byte 20, within its header of 54 bytes')])
  assert.equal(await complaints(whole.subarray(0, -3)), [
    malformed('it is cut off: it has 5 bytes of values, and its header announces 8'),
  ])
})

s('another kind of file is told from a header that is too long', async () => {
  const text = new TextEncoder().encode('What somebody has written about weights')
  assert.match((await complaints(text))[0]!, /its first 8 bytes announce a header of \d+ bytes, more than any has/)
  // the largest header that the format allows, and one more: only the larger is refused for its size
  const announcing = (length: bigint): Uint8Array => {
    const bytes = new Uint8Array(9)
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    return bytes
  }
  assert.equal(await complaints(announcing(100_000_000n)), [malformed('it ends at byte 9, within its header of 100000000 bytes')])
  assert.equal(await complaints(announcing(100_000_001n)), [
    malformed('its first 8 bytes announce a header of 100000001 bytes, more than any has'),
  ])
  assert.equal(await complaints(fileOf('[1]')), [malformed('its header does not begin with {')])
})

s('a header that is no JSON or no UTF-8 is reported with the reason', async () => {
  assert.match((await complaints(fileOf('{"a": }')))[0]!, /its header is not JSON in UTF-8: Unexpected token/)
  const bytes = fileOf('{"a": 1}')
  bytes[10] = 0xff
  assert.match((await complaints(bytes))[0]!, /its header is not JSON in UTF-8/)
})

s('every rule of the header that is broken is reported, tensor by tensor, with the file', async () => {
  const header = {
    __metadata__: { format: 1 },
    a: 3,
    b: { dtype: 'Q4', shape: [1], data_offsets: [0, 4] },
    c: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] },
    d: { dtype: 'F32', shape: [1.5], data_offsets: [0, 4] },
    e: { dtype: 'F32', shape: [1], data_offsets: [0] },
    f: f32([1], 4, 0),
    g: f32([1], 96, 100),
    h: f32([2, 3], 0, 4),
    i: { dtype: 'F32', data_offsets: [0, 4] },
    j: { dtype: 'constructor', shape: [1], data_offsets: [0, 4] },
  }
  const problems = await problemsOf(() => readSafetensors(fileOf(header, 8), 'w.safetensors'))
  assert.ok(problems.every(({ code, file }) => code === 'weights/malformed' && file === 'w.safetensors'))
  assert.equal(
    problems.map(({ message }) => message.replace('this is no valid safetensors file: ', '')),
    [
      'it is cut off: it has 8 bytes of values, and its header announces 100',
      '__metadata__ is not an object of texts',
      '"a": it has no dtype',
      '"b": "Q4" is not a dtype of the format',
      '"c": its shape is not a list of extents',
      '"d": its shape is not a list of extents',
      '"e": its data_offsets are not two positions',
      '"f": its data_offsets [4, 0] run backwards',
      '"h": [2, 3] of F32 takes 24 bytes, its data_offsets give 4',
      '"i": its shape is not a list of extents',
      '"j": "constructor" is not a dtype of the format',
    ],
  )
})

s('values that belong to no tensor or to two are reported', async () => {
  const header = { a: f32([2], 4, 12), b: f32([2], 8, 16), c: f32([1], 20, 24) }
  assert.equal(await complaints(fileOf(header, 28)), [
    malformed('bytes 0 to 4 of the values, before "a", belong to no tensor'),
    malformed('"b" begins at byte 8 of the values, where "a" still goes on to 12'),
    malformed('bytes 16 to 20 of the values, before "c", belong to no tensor'),
    malformed('bytes 24 to 28 of the values, at the end, belong to no tensor'),
  ])
})

s('a name that occurs twice is reported, also when it is written differently', async () => {
  const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}'
  const header = String.raw`{"x/a": ${entry}, "b": {"x/a": "{\"b\":", "b": 1}, "x\u002fa" : ${entry}}`
  const problems = await complaints(fileOf(header, 4))
  assert.is(problems[0], malformed('"x/a" occurs twice in the header'))
  assert.is(problems.filter((text) => text.includes('twice')).length, 1)
})

s.run()
