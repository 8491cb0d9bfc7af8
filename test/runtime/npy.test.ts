import { execFileSync, spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readNpy, readNpyOrTexts, writeNpy } from '../../src/runtime/files/npy.ts'
import { reported } from './problems-of.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

const s = suite('npy')

/** A file of a version with this header text and these bytes of values. */
function fileOf(header: string, values: ArrayLike<number>, version = 1): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0]
  return Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...length, ...text, ...Array.from(values)])
}

const literal = (descr: string, shape: string, fortran = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`

const complaints = (bytes: Uint8Array): Promise<readonly string[]> => reported(() => readNpy(bytes, 'x.npy'))

const invalid = (reason: string): string => `input/npy: this is no valid .npy file: ${reason}`

s('what is written is read back, whatever the rank', () => {
  for (const shape of [[], [3], [0], [2, 3], [1, 2, 2, 3], [2, 0, 5]]) {
    const values = Float32Array.from({ length: shape.reduce((n, extent) => n * extent, 1) }, (_, i) => Math.sin(i) * 10 ** i)
    const read = readNpy(writeNpy({ shape, values }), 'x.npy')
    assert.equal(read.shape, shape)
    assert.equal(read.values, values)
  }
})

s('the values of a written file begin at a multiple of 64', () => {
  for (const shape of [[], [1], [10, 100, 1000, 0], [123456, 0, 123456, 123456, 123456]]) {
    const bytes = writeNpy({ shape, values: new Float32Array(shape.reduce((n, extent) => n * extent, 1)) })
    const start = 10 + new DataView(bytes.buffer).getUint16(8, true)
    assert.is(start % 64, 0)
    assert.is(bytes[start - 1], 10)
  }
})

const one: readonly (readonly [descr: string, bytes: readonly number[], value: number])[] = [
  ['<f2', [0x00, 0xc1], -2.5],
  ['>f2', [0xc1, 0x00], -2.5],
  ['<f4', [0, 0, 0x20, 0xc0], -2.5],
  ['>f4', [0xc0, 0x20, 0, 0], -2.5],
  ['<f8', [0, 0, 0, 0, 0, 0, 0x04, 0xc0], -2.5],
  ['>f8', [0xc0, 0x04, 0, 0, 0, 0, 0, 0], -2.5],
  ['|u1', [200], 200],
  ['<u2', [0xfe, 0xff], 65534],
  ['>u2', [0xff, 0xfe], 65534],
  ['<u4', [0xfe, 0xff, 0xff, 0], 16777214],
  ['<u8', [0, 0, 0, 0, 0, 0, 0, 0x80], 2 ** 63],
  ['|i1', [0xfe], -2],
  ['<i2', [0xfe, 0xff], -2],
  ['>i2', [0xff, 0xfe], -2],
  ['<i4', [0xfe, 0xff, 0xff, 0xff], -2],
  ['>i4', [0xff, 0xff, 0xff, 0xfe], -2],
  ['<i8', [1, 1, 0, 0, 0, 0, 0, 0], 257],
  ['>i8', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -1],
  ['|b1', [1], 1],
]

for (const [descr, bytes, value] of one) {
  s(`${descr} is read`, () => {
    assert.equal([...readNpy(fileOf(literal(descr, '(1,)'), bytes), 'x.npy').values], [value])
  })
}

s('all three versions of the format are read, and keys in any order', () => {
  const header = `{"shape": ( 2 , ), 'fortran_order' : False,"descr":"|u1"}`
  for (const version of [1, 2, 3]) assert.equal([...readNpy(fileOf(header, [7, 9], version), 'x.npy').values], [7, 9])
})

s('an array with the first axis fastest is read row by row', () => {
  // numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)) as it lies in the file
  const stored = [0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23]
  const read = readNpy(fileOf(literal('|u1', '(2, 3, 4)', 'True'), stored), 'x.npy')
  assert.equal([...read.values], Array.from({ length: 24 }, (_, i) => i))
  assert.equal([...readNpy(fileOf(literal('|u1', '()', 'True'), [5]), 'x.npy').values], [5])
})

s('a header may be as long as its length can say, and end with the file', async () => {
  const longest = literal('<f4', '(0,)').padEnd(65_535)
  assert.equal(readNpy(fileOf(longest, []), 'x.npy'), { shape: [0], values: new Float32Array(0) })
  assert.equal(await complaints(fileOf(longest, []).subarray(0, -1)), [
    invalid('it ends at byte 65544, within its header of 65535 bytes'),
  ])
  const longer = literal('<f4', '(1,)').padEnd(65_536)
  const second = fileOf(longer, [0, 0, 128, 63], 2)
  second[10] = 1
  assert.equal([...readNpy(second, 'x.npy').values], [1])
})

s('a file that is cut off or goes on says where and what was expected', async () => {
  const whole = fileOf(literal('<f4', '(2,)'), new Uint8Array(8))
  assert.equal(await complaints(new Uint8Array(0)), [invalid('it does not begin with the signature \\x93NUMPY')])
  assert.equal(await complaints(whole.subarray(0, 6)), [invalid('it ends at byte 6, before its version')])
  assert.equal(await complaints(whole.subarray(0, 9)), [invalid('it ends at byte 9, before the length of its header')])
  assert.equal(await complaints(whole.subarray(0, 30)), [invalid('it ends at byte 30, within its header of 58 bytes')])
  assert.equal(await complaints(whole.subarray(0, -1)), [
    invalid('[2] of <f4 takes 8 bytes, and after the header, from byte 68 on, there are 7'),
  ])
  assert.equal(await complaints(Uint8Array.from([...whole, 0])), [
    invalid('[2] of <f4 takes 8 bytes, and after the header, from byte 68 on, there are 9'),
  ])
})

s('another kind of file and a later version are told', async () => {
  assert.equal(await complaints(new TextEncoder().encode('PK\x03\x04 an .npz')), [
    invalid('it does not begin with the signature \\x93NUMPY'),
  ])
  assert.equal(await complaints(fileOf(literal('<f4', '()'), [], 4)), [
    invalid('its format has version 4, and the versions are 1, 2 and 3'),
  ])
})

const broken: readonly (readonly [header: string, reason: string])[] = [
  ["'descr': '<f4'}", 'opening brace at column 1'],
  ["{'descr': '<f4', 'shape': (2,)}", "'fortran_order' at column 32"],
  ["{'descr': '<f4', 'fortran_order': false, 'shape': (2,)}", 'True or False at column 34'],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': [2]}", 'tuple at column 50'],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}", 'closing parenthesis at column 53'],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", 'extent at column 52'],
  ["{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,)}", 'element type that is one number at column 10'],
  ["{'descr': '<f4' 'fortran_order': False, 'shape': (2,)}", 'closing brace at column 16'],
  ["{'descr': '<f4', 'order': False, 'shape': (2,)}", "key 'descr', 'fortran_order' or 'shape' at column 17"],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x", 'end at column 56'],
]

for (const [header, reason] of broken) {
  s(`a header without ${reason} is reported there`, async () => {
    assert.equal(await complaints(fileOf(header, new Uint8Array(8))), [invalid(`its header has no ${reason}: ${header}`)])
  })
}

s('element types that are no numbers are refused by name', async () => {
  for (const dtype of ['<c8', '<U5', '|O', '<M8[ns]', '<f16', '']) {
    assert.equal(await complaints(fileOf(literal(dtype, '(0,)'), [])), [
      `input/dtype: the array holds elements of type ${dtype}, which cannot be read as numbers here`,
    ])
  }
})

s('texts are read where they may stand, in both forms, byte orders and orders of axes', async () => {
  const little = [...'ab'].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])
  const big = [...'ab'].flatMap((letter) => [0, 0, 0, letter.charCodeAt(0)])
  const texts = (descr: string, shape: string, bytes: readonly number[], fortran = 'False'): unknown => readNpyOrTexts(fileOf(literal(descr, shape, fortran), bytes), 'x.npy')
  assert.equal(texts('<U2', '(1,)', little), { shape: [1], texts: ['ab'] })
  assert.equal(texts('>U1', '(2,)', big), { shape: [2], texts: ['a', 'b'] })
  assert.equal(texts('|S3', '(2,)', [0xc3, 0xa4, 0, 98, 0, 0]), { shape: [2], texts: ['ä', 'b'] })
  assert.equal(texts('|S1', '(2, 2)', [97, 98, 99, 100], 'True'), { shape: [2, 2], texts: ['a', 'c', 'b', 'd'] })
  assert.equal(texts('|u1', '(2,)', [1, 2]), { shape: [2], values: Float32Array.of(1, 2) })
  const refused = async (descr: string, bytes: readonly number[]): Promise<string> => (await reported(() => texts(descr, '(1,)', bytes))).join()
  assert.is(await refused('|S1', [0xff]), invalid('its texts have bytes that are no characters'))
  assert.is(await refused('<U1', [0, 0, 0x11, 0]), invalid('its texts have bytes that are no characters'))
  assert.is(await refused('<U2', [97, 0, 0, 0]), invalid('[1] of <U2 takes 8 bytes, and after the header, from byte 68 on, there are 4'))
  assert.is(await refused('|O', []), 'input/dtype: the array holds elements of type |O, which cannot be read as numbers here')
})

const numpy = spawnSync('python3', ['-c', 'import numpy']).status === 0
if (!numpy) process.stderr.write('skipped: npy against NumPy (no python3 with numpy here)\n')

;(numpy ? s : s.skip)('NumPy writes what is read and reads what is written', () =>
  inTemporaryFolder(async (folder) => {
    const write = `
import numpy, sys
from numpy.lib import format
array = (numpy.arange(24).reshape(2, 3, 4) - 7) * 3
for dtype in ['<f2', '>f2', '<f4', '>f4', '<f8', '>f8', '<i4', '>i4', '<i8', '>i8']:
    for order in 'CF':
        for version in [(1, 0), (2, 0), (3, 0)]:
            with open(f'{sys.argv[1]}/{dtype[0] == ">"}{dtype[1:]}{order}{version[0]}.npy', 'wb') as file:
                format.write_array(file, numpy.asarray(array, dtype, order=order), version)
numpy.save(f'{sys.argv[1]}/bool.npy', array % 2 == 0)
numpy.save(f'{sys.argv[1]}/u1.npy', array.astype('u1'))
numpy.save(f'{sys.argv[1]}/scalar.npy', numpy.float32(2.5))`
    execFileSync('python3', ['-c', write, folder])
    const array = Array.from({ length: 24 }, (_, i) => (i - 7) * 3)
    const read = async (name: string) => readNpy(await readFile(join(folder, name)), name)
    for (const dtype of ['f2', 'f4', 'f8', 'i4', 'i8']) {
      for (const name of ['C1', 'C2', 'C3', 'F1', 'F2', 'F3'].flatMap((end) => [
        `False${dtype}${end}.npy`,
        `True${dtype}${end}.npy`,
      ])) {
        const { shape, values } = await read(name)
        assert.equal(shape, [2, 3, 4], name)
        assert.equal([...values], array, name)
      }
    }
    assert.equal([...(await read('bool.npy')).values], array.map((value) => (value % 2 === 0 ? 1 : 0)))
    assert.equal([...(await read('u1.npy')).values], array.map((value) => value & 255))
    assert.equal(await read('scalar.npy'), { shape: [], values: Float32Array.from([2.5]) })

    await writeFile(join(folder, 'ours.npy'), writeNpy({ shape: [2, 3, 4], values: Float32Array.from(array) }))
    const check = 'import numpy, sys; a = numpy.load(sys.argv[1]); print(a.dtype, a.shape, a.ravel().astype(int).tolist())'
    const printed = execFileSync('python3', ['-c', check, join(folder, 'ours.npy')], { encoding: 'utf8' }).trim()
    assert.is(printed, `float32 (2, 3, 4) [${array.join(', ')}]`)
  }),
)

s.run()
