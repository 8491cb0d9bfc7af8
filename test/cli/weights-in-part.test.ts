import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: weights in part')

const npy = (shape: readonly number[], values: readonly number[]): Uint8Array => writeNpy({ shape, values: Float32Array.from(values) })
const filled = (shape: readonly number[], value: number) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) })

/** A network of three classes, and the weights of one of five. */
const files: Files = {
  'm.fmw': 'model M(classes: int = 3) {\n  input x: [4]\n  body = x |> dense(2)\n  output head = body |> dense(classes)\n}\n',
  'five.safetensors': writeSafetensors(
    new Map([
      ['body/dense/kernel', filled([4, 2], 1)],
      ['body/dense/bias', filled([2], 2)],
      ['head/dense/kernel', filled([2, 5], 3)],
      ['head/dense/bias', filled([5], 4)],
    ]),
    {},
  ),
  'joined.safetensors': writeSafetensors(
    new Map([
      ['colour/kernel', filled([4, 2], 5)],
      ['colour/bias', filled([2], 6)],
      ['depth/kernel', filled([9, 9], 7)],
    ]),
    {},
  ),
  'x.npy': npy([6, 4], Array.from({ length: 24 }, (_, i) => Math.cos(i))),
  't.npy': npy([6], [0, 1, 2, 0, 1, 2]),
}

/** The weights after an epoch in which nothing that is frozen moves. */
async function trained(folder: string, ...args: readonly string[]) {
  const words = ['train', 'm.fmw', '--data', 'x.npy', '--labels', 't.npy', '--validation', '0', '--epochs', '1', '--backend', 'cpu', '--fresh']
  const { code, stderr } = await mainOf([...words, ...args], folder)
  const file = path.join(folder, 'M.training/best.safetensors')
  return { code, stderr, weights: code === 0 ? readSafetensors(await readFile(file), file) : new Map<string, { values: Float32Array }>() }
}

s('--skip begins with fresh weights where the number of classes is another one, and names them', () =>
  withFiles(files, async (folder) => {
    const { code, stderr, weights } = await trained(folder, '--weights', 'five.safetensors', '--skip', 'head/**', '--freeze', 'body/**')
    assert.is(code, 0, stderr)
    assert.match(stderr, 'weights: freshly initialised, seed 0: head/dense/kernel, head/dense/bias')
    assert.equal([...weights.get('body/dense/kernel')!.values], Array.from({ length: 8 }, () => 1))
    assert.is(weights.get('head/dense/kernel')!.values.length, 6)
  }))

s('without it the shapes that differ are refused', () =>
  withFiles(files, async (folder) => {
    const { code, stderr } = await trained(folder, '--weights', 'five.safetensors')
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/shape]: five.safetensors: the weight head/dense/kernel is [2, 3] in the model and [2, 5] in the file')
  }))

s('a pattern that names nothing, or without weights, is refused with what may be meant', () =>
  withFiles(files, async (folder) => {
    assert.match((await trained(folder, '--weights', 'five.safetensors', '--skip', 'haed/**')).stderr, /^fmw: --skip haed\/\*\*: no weight of M has such a path \(did you mean head\/\*\*\?\)/m)
    assert.match((await trained(folder, '--skip', 'head/**')).stderr, /^fmw: --skip leaves out some of the weights that --weights gives, and none are given/m)
  }))

s('file:scope takes one scope of a file, for a scope of the model', () =>
  withFiles(files, async (folder) => {
    const { code, stderr, weights } = await trained(folder, '--weights', 'body/dense=joined.safetensors:colour', '--freeze', 'body/**')
    assert.is(code, 0, stderr)
    assert.equal([...weights.get('body/dense/bias')!.values], [6, 6])
  }))

s('a scope that a file does not have is refused with what it has', () =>
  withFiles(files, async (folder) => {
    const { code, stderr } = await trained(folder, '--weights', 'body/dense=joined.safetensors:color')
    assert.is(code, 1)
    assert.match(stderr, /error\[weights\/scope\]: joined\.safetensors: the file has no tensors under color[^]*it has colour\/\w+, colour\/\w+, depth\/kernel/)
  }))

const pair = `block Net(x: [C]) -> [_] { return x |> dense(4) as a |> relu |> dense(5) as b }
model Pair(classes: int = 3) {
  input x: [4]
  input y: [2]
  colour = Net(x) as _
  right = Net(y) as _
  output logits = fuse.concat(colour, right) |> dense(classes) as head
}
`

const net = (scope: string, inner: number, value: number) =>
  [
    [`${scope}a/kernel`, filled([inner, 4], value)],
    [`${scope}a/bias`, filled([4], value)],
    [`${scope}b/kernel`, filled([4, 5], value)],
    [`${scope}b/bias`, filled([5], value)],
  ] as const

const wholeHead = [
  ['head/kernel', filled([10, 3], 0.5)],
  ['head/bias', filled([3], 0.25)],
] as const

const fileOf = (...parts: readonly (readonly (readonly [string, ReturnType<typeof filled>])[])[]): Uint8Array => writeSafetensors(new Map(parts.flat()), {})

/** What a run says, and gives. */
async function ran(folder: string, text: string, ...args: readonly string[]): Promise<{ readonly stderr: string; readonly stdout: string }> {
  const inputs = text === 'pair.fmw' ? ['--input', 'x=ones', '--input', 'y=ones'] : ['--input', 'x=ones']
  return mainOf(['run', text, ...inputs, '--backend', 'cpu', ...args], folder)
}

/** The options that a note proposes. */
const proposed = (stderr: string): readonly string[] => /((?:--weights \S+ ?)+)fits/.exec(stderr)?.[1]?.trim().split(' ') ?? []

const partFiles: Files = {
  'pair.fmw': pair,
  'net.fmw': 'model Only {\n  input x: [4]\n  output y = x |> dense(4) as a |> relu |> dense(5) as b\n}\n',
  // colour was called left when it was trained
  'renamed.safetensors': fileOf(net('left/', 4, 1), net('right/', 2, 2), wholeHead),
  'whole.safetensors': fileOf(net('colour/', 4, 1), net('right/', 2, 2), wholeHead),
  'net.safetensors': fileOf(net('', 4, 1)),
  'less.safetensors': fileOf(net('colour/', 4, 1), net('right/', 2, 2)),
}

s('a scope that was renamed is said, and the options that are proposed fit: the file, and its scope for that of the model', () =>
  withFiles(partFiles, async (folder) => {
    const { stderr } = await ran(folder, 'pair.fmw', '--weights', 'renamed.safetensors')
    const options = proposed(stderr)
    assert.equal(options, ['--weights', 'renamed.safetensors', '--weights', 'colour=renamed.safetensors:left'])
    const whole = await ran(folder, 'pair.fmw', '--weights', 'whole.safetensors')
    assert.match(whole.stdout, 'logits [1, 3]')
    assert.is((await ran(folder, 'pair.fmw', ...options)).stdout, whole.stdout)
  }))

s('a file of which one scope is the model, and one that is for a scope of it, are said to be', () =>
  withFiles(partFiles, async (folder) => {
    const inFile = proposed((await ran(folder, 'net.fmw', '--weights', 'renamed.safetensors')).stderr)
    assert.equal(inFile, ['--weights', 'renamed.safetensors:left'])
    assert.is((await ran(folder, 'net.fmw', ...inFile)).stdout, (await ran(folder, 'net.fmw', '--weights', 'net.safetensors')).stdout)
    const { stderr } = await ran(folder, 'pair.fmw', '--weights', 'net.safetensors')
    assert.match(stderr, 'it is for one scope of the model: --weights colour=net.safetensors fits')
  }))

s('a file that lacks a part, or has it for other classes, is said to be one to train from', () =>
  withFiles(partFiles, async (folder) => {
    const less = (await ran(folder, 'pair.fmw', '--weights', 'less.safetensors')).stderr
    assert.match(less, 'what it has fits: fmw train --weights less.safetensors begins with fresh weights for head/**')
    const other = (await ran(folder, 'pair.fmw', '--weights', 'whole.safetensors', '--set', 'classes=4')).stderr
    assert.match(other, "the rest of it fits: fmw train --weights whole.safetensors --skip 'head/**' begins with fresh weights there")
  }))

s.run()
