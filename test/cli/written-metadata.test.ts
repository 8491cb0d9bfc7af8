import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { version } from '../../src/cli/version.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { readSafetensorsMetadata } from '../../src/runtime/weights/safetensors-header.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny } from './models.ts'

const s = suite('what commands write into files of weights about them')

type Texts = Readonly<Record<string, string>>

const textsOf = async (...file: readonly string[]): Promise<Texts> =>
  readSafetensorsMetadata(await readFile(path.join(...file)))

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const net = (output: string, input = '[6, 6, 1]'): string =>
  `model Net {\n  input x: ${input}\n  output scores = x |> flatten |> ${output}\n}\n`

function grey(height: number, width: number, value: number): Uint8Array {
  const png = new PNG({ width, height })
  png.data.fill(value)
  return PNG.sync.write(png)
}

/** Four pictures for each class. */
const folderOf = (classes: readonly string[], height: number, width: number): Files =>
  Object.fromEntries(
    classes.flatMap((name, label) =>
      [0, 1, 2, 3].map((n) => [`d/${name}/${n}.png`, grey(height, width, 40 * label + 10 * n)] as const),
    ),
  )

/** What a training writes with -o, and that the best weights in its folder say the same. */
async function trained(files: Files, ...args: readonly string[]): Promise<Texts> {
  let texts: Texts = {}
  await withFiles(files, async (folder) => {
    const ran = await mainOf(['train', 'net.fmw', '--epochs', '1', '--backend', 'cpu', '-o', 'w', ...args], folder)
    assert.is(ran.code, 0, ran.stderr)
    texts = await textsOf(folder, 'w')
    assert.equal(await textsOf(folder, 'Net.training/best.safetensors'), texts)
  })
  return texts
}

const colours = { 'net.fmw': net('dense(3)'), ...folderOf(['ant', 'bee', 'cat'], 6, 6) }
const plain = { mean: [0], deviation: [1] }

s('train from a folder of pictures: where they come from, classes, normalisation, how pictures are read', async () => {
  const { graph, ...texts } = await trained(colours, '--data', 'd', '--normalize', '0.5/0.25')
  assert.match(graph!, /^[0-9a-f]{64}$/)
  assert.equal(texts, {
    fmw: version,
    model: 'Net',
    source: sha256(colours['net.fmw']),
    output: 'scores',
    classes: '["ant","bee","cat"]',
    probabilities: 'softmax',
    normalize: '{"mean":[0.5],"deviation":[0.25]}',
    picture: '{"size":[6,6],"resize":"none","grey":[299,587,114],"alpha":"white"}',
  })
})

s('train --resize is the rule for pictures of other sizes; without --normalize nothing is done, and said', async () => {
  const files = { 'net.fmw': net('dense(3)'), ...folderOf(['ant', 'bee', 'cat'], 4, 9) }
  const { normalize, picture } = await trained(files, '--data', 'd', '--resize')
  assert.equal(JSON.parse(normalize!), plain)
  assert.equal(JSON.parse(picture!), { size: [6, 6], resize: 'bilinear-antialias', grey: [299, 587, 114], alpha: 'white' })
})

s('where the model takes any size, the size is that of the pictures', async () => {
  const any = 'model Net {\n  input x: [H, W, 1]\n  output scores = x |> conv(3, 1x1) |> reduce.mean(axis: [0, 1])\n}\n'
  const { picture } = await trained({ 'net.fmw': any, ...folderOf(['ant', 'bee', 'cat'], 4, 9) }, '--data', 'd')
  assert.equal((JSON.parse(picture!) as { size: unknown }).size, [4, 9])
})

const arrays = (labels: readonly number[], width = 1): Files => ({
  'x.npy': writeNpy({ shape: [4, 2], values: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]) }),
  'y.npy': writeNpy({ shape: width === 1 ? [4] : [4, width], values: Float32Array.from(labels) }),
})
const fromArrays = ['--data', 'x.npy', '--labels', 'y.npy', '--validation', '0']

s('arrays have no names of classes and do not say how pictures become arrays', async () => {
  const texts = await trained({ 'net.fmw': net('dense(3)', '[2]'), ...arrays([0, 1, 2, 0]) }, ...fromArrays)
  assert.equal(Object.keys(texts).sort(), ['fmw', 'graph', 'model', 'normalize', 'output', 'probabilities', 'source'])
  assert.is(texts['probabilities'], 'softmax')
})

s('what makes probabilities follows from the loss and from how the model ends', async () => {
  const probabilities = async (output: string, labels: readonly number[], width: number, ...args: readonly string[]) =>
    (await trained({ 'net.fmw': net(output, '[2]'), ...arrays(labels, width) }, ...fromArrays, ...args))['probabilities']
  assert.is(await probabilities('dense(3) |> softmax', [0, 1, 2, 0], 1), 'identity')
  assert.is(await probabilities('dense(1)', [0, 1, 1, 0], 1), 'sigmoid')
  assert.is(await probabilities('dense(1) |> sigmoid', [0, 1, 1, 0], 1), 'identity')
  assert.is(await probabilities('dense(2)', [0, 1, 1, 0, 0, 0, 1, 1], 2, '--loss', 'binary_crossentropy'), 'sigmoid')
  assert.is(await probabilities('dense(1)', [0.5, 3, 1, 0], 1), undefined)
  assert.is(await probabilities('dense(1)', [0.5, 3, 1, 0], 1, '--loss', 'mae'), undefined)
})

s('names in a column of labels are the classes', async () => {
  const table = { 'net.fmw': net('dense(1)', '[2]'), 'd.csv': 'a,b,label\n1,2,yes\n3,4,no\n' }
  const { classes, probabilities } = await trained(table, '--data', 'd.csv', '--validation', '0')
  assert.equal([classes, probabilities], ['["no","yes"]', 'sigmoid'])
})

s('a resumed training writes the same', () =>
  withFiles(colours, async (folder) => {
    const train = (...args: readonly string[]) => mainOf(['train', 'net.fmw', '--backend', 'cpu', '-o', 'w', ...args], folder)
    assert.is((await train('--data', 'd', '--epochs', '1', '--normalize', '0.5/0.25', '--resize')).code, 0)
    const before = await textsOf(folder, 'w')
    assert.is((await train('--resume', '--epochs', '2')).code, 0)
    assert.equal(await textsOf(folder, 'w'), before)
  }))

s('init writes where the weights come from, and the seed', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    assert.is((await mainOf(['init', 'tiny.fmw', '-o', 'w', '--seed', '7'], folder)).code, 0)
    const { graph, ...texts } = await textsOf(folder, 'w')
    assert.match(graph!, /^[0-9a-f]{64}$/)
    assert.equal(texts, { fmw: version, model: 'Tiny', source: sha256(tiny), seed: '7' })
  }))

s('the hash of what is computed stays with another layout of the text, and changes with what it computes or imports', () =>
  withFiles({ 'rate.fmw': 'const RATE = 2\n' }, async (folder) => {
    const hashes = async (text: string, ...args: readonly string[]): Promise<readonly string[]> => {
      await writeFile(path.join(folder, 'net.fmw'), text)
      const ran = await mainOf(['init', 'net.fmw', '-o', 'w', ...args], folder)
      assert.is(ran.code, 0, ran.stderr)
      const { source, graph } = await textsOf(folder, 'w')
      return [source!, graph!]
    }
    const text =
      'import { RATE } from "./rate.fmw"\n\nmodel Net(by: int = 1) {\n  input x: [4]\n  a = dense(x, 3)\n  b = x * by\n' +
      '  output y = RATE * a\n  output z = b\n}\n'
    const [source, graph] = await hashes(text)
    const moved = text.replace('  a = dense(x, 3)\n  b = x * by\n', '  // first\n  b = x * by\n\n  a = dense(x, 3)\n')
    const [otherSource, sameGraph] = await hashes(moved)
    assert.is.not(otherSource, source)
    assert.is(sameGraph, graph)
    assert.is.not((await hashes(text.replace('dense(x, 3)', 'dense(x, 3, activation: relu)')))[1], graph)
    const [sameSource, setGraph] = await hashes(text, '--set', 'by=2')
    assert.is(sameSource, source)
    assert.is.not(setGraph, graph)
    await writeFile(path.join(folder, 'rate.fmw'), 'const RATE = 3\n')
    const [again, imported] = await hashes(text)
    assert.is(again, source)
    assert.is.not(imported, graph)
  }))

s('rename keeps what was learned, and says where the changed text is and what it calls the output', () =>
  withFiles(colours, async (folder) => {
    const changed = net('dense(3) as last').replace('scores', 'classes')
    await writeFile(path.join(folder, 'new.fmw'), changed)
    await mainOf(['train', 'net.fmw', '--data', 'd', '--epochs', '1', '--backend', 'cpu', '-o', 'w'], folder)
    const ran = await mainOf(['weights', 'rename', 'w', 'net.fmw', 'new.fmw', '-o', 'r'], folder)
    assert.is(ran.code, 0, ran.stderr)
    const [{ source: _, graph, output, ...before }, { source, graph: newGraph, output: renamed, ...after }] = [
      await textsOf(folder, 'w'),
      await textsOf(folder, 'r'),
    ]
    assert.equal(after, before)
    assert.is(source, sha256(changed))
    assert.is.not(newGraph, graph)
    assert.equal([output, renamed], ['scores', 'classes'])
  }))

s('ls prints all of it, the beginning of what is long, and what is at fault', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    await mainOf(['init', 'tiny.fmw', '-o', 'w'], folder)
    const file = path.join(folder, 'w')
    const bytes = await readFile(file)
    const classes = JSON.stringify(Array.from({ length: 200 }, (_, n) => `class ${n}`))
    const texts = { ...readSafetensorsMetadata(bytes), classes, normalize: '0.5/0.5' }
    await writeFile(file, writeSafetensors(readSafetensors(bytes, 'w'), texts))
    const { code, stdout, stderr } = await mainOf(['weights', 'ls', 'w'], folder)
    assert.is(code, 0)
    assert.match(stdout, `\nfmw: ${version}\nmodel: Tiny\nsource: ${sha256(tiny)}\n`)
    assert.match(stdout, `\nseed: 0\nclasses: ${classes.slice(0, 200)}... (${classes.length} characters)\nnormalize: 0.5/0.5\n`)
    assert.is(
      stderr,
      'w: normalize must be {"mean": [numbers], "deviation": [as many above 0]}, and is 0.5/0.5\n',
    )
    assert.equal((JSON.parse((await mainOf(['weights', 'ls', 'w', '--json'], folder)).stdout) as { metadata: Texts }).metadata, texts)
  }))

s.run()
