import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { version } from '../../src/cli/version.ts'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { readSafetensorsMetadata } from '../../src/runtime/weights/safetensors-header.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'
import { weightsFile } from './weights-file.ts'

const s = suite('fmw weights describe')

const net = 'model Net {\n  input image: [4, 6, 3]\n  output scores = image |> pool.global |> dense(2)\n}\n'
const tensors = { 'scores/dense/kernel': [[3, 2], [1, 2, 3, 4, 5, 6]], 'scores/dense/bias': [[2], [7, 8]] } as const

const files: Files = { 'net.fmw': net, w: weightsFile(tensors), 'names.txt': 'cat\r\na dog, or a wolf\r\n' }

const describe = (folder: string, ...args: readonly string[]) =>
  mainOf(['weights', 'describe', 'w', 'net.fmw', '-o', 'out', ...args], folder)

async function textsOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const { source, graph, ...texts } = readSafetensorsMetadata(await readFile(path.join(folder, 'out')))
  assert.match(`${source} ${graph}`, /^[0-9a-f]{64} [0-9a-f]{64}$/)
  return texts
}

s('writes the weights with what is said of them, which run goes by', () =>
  withFiles(files, async (folder) => {
    const said = ['--classes', 'cat, dog', '--probabilities', 'softmax', '--normalize', '1,2,3/1,1,2', '--resize']
    const { code, stdout, stderr } = await describe(folder, ...said)
    assert.equal([code, stdout], [0, ''])
    assert.is(stderr, 'wrote out: classes cat, dog; inputs normalised by 1,2,3/1,1,2; pictures of 4x6, others resized\n')
    assert.equal(await textsOf(folder), {
      fmw: version,
      model: 'Net',
      output: 'scores',
      classes: '["cat","dog"]',
      probabilities: 'softmax',
      normalize: '{"mean":[1,2,3],"deviation":[1,1,2]}',
      picture: '{"size":[4,6],"resize":"bilinear-antialias","grey":[299,587,114],"alpha":"white"}',
    })
    const [before, after] = [readSafetensors(weightsFile(tensors), 'w'), readSafetensors(await readFile(path.join(folder, 'out')), 'out')]
    assert.equal([...after.keys()].sort(), [...before.keys()].sort())
    for (const [name, tensor] of before) assert.equal(after.get(name), tensor)
    const run = await mainOf(['run', 'net.fmw', '--weights', 'out', '--input', 'image=ones', '--top', '1', '--backend', 'cpu'], folder)
    assert.match(run.stdout, /^scores \[1, 2\]: logits, whose softmax gives the probabilities \(out says so\)\n {2}\d {2}(cat|dog) /)
    assert.not.match(run.stderr, 'computes something else')
  }))

s('what is not said stays as it was, and nothing is said of what is not known', () =>
  withFiles(files, async (folder) => {
    await describe(folder, '--classes', 'names.txt', '--no-resize')
    const { picture, ...first } = await textsOf(folder)
    assert.equal(first, { fmw: version, model: 'Net', output: 'scores', classes: '["cat","a dog, or a wolf"]' })
    assert.match(picture!, '"resize":"none"')
    const again = await mainOf(['weights', 'describe', 'out', 'net.fmw', '-o', 'out', '--normalize', '0/1'], folder)
    assert.is(again.code, 0, again.stderr)
    assert.equal(await textsOf(folder), { ...first, picture, normalize: '{"mean":[0],"deviation":[1]}' })
  }))

const any = 'model Net {\n  input image: [H, W, 3]\n  output scores = image |> pool.global |> dense(2)\n}\n'

const mistakes: Readonly<Record<string, readonly [args: readonly string[], said: string, text?: string]>> = {
  'another number of names': [['--classes', 'cat'], 'fmw: w: with these options it names 1 class, and the output scores tells 2 apart'],
  'another number of channels': [
    ['--normalize', '1,2/1,1'],
    'fmw: w: with these options there are 2 means, one for each channel, and the input image is [4, 6, 3]',
  ],
  'a normalisation that is none': [['--normalize', '1'], 'error[data/normalize]'],
  'a file of names that is not there': [['--classes', 'none.txt'], 'fmw: cannot read none.txt: there is no such file or folder'],
  'an output that is not there': [['--target', 'score'], 'fmw: Net has no output score (did you mean scores?); it has scores'],
  'pictures of no fixed size': [
    ['--resize'],
    'fmw: --resize and --no-resize are for a model whose one input is a picture of a fixed size, and Net has image [H, W, 3]',
    any,
  ],
  'weights of another model': [[], 'error[weights/shape]', net.replace('dense(2)', 'dense(3)')],
}

for (const [what, [args, said, text = net]] of Object.entries(mistakes)) {
  s(`${what}: nothing is written`, () =>
    withFiles({ ...files, 'net.fmw': text }, async (folder) => {
      const { code, stdout, stderr } = await describe(folder, ...args)
      assert.ok(code === 1 || code === 2)
      assert.is(stdout, '')
      assert.match(stderr, said)
      assert.is(await readFile(path.join(folder, 'out')).catch(() => 'none'), 'none')
    }))
}

s('what a file says already, and does not fit or cannot be read, is said, and is mended by saying it anew', () => {
  const wrong = (texts: Readonly<Record<string, string>>): Files => ({
    ...files,
    w: writeSafetensors(readSafetensors(weightsFile(tensors), 'w'), { fmw: '0.1.0', output: 'scores', ...texts }),
  })
  const attempt = (texts: Readonly<Record<string, string>>, said: string): Promise<void> =>
    withFiles(wrong(texts), async (folder) => {
      const { code, stderr } = await describe(folder, '--normalize', '0/1')
      assert.equal([code, stderr], [2, `fmw: w: with these options ${said}\n`])
      assert.is((await describe(folder, '--classes', 'cat,dog')).code, 0)
    })
  return attempt({ classes: '["cat"]' }, 'it names 1 class, and the output scores tells 2 apart').then(() =>
    attempt({ classes: 'cat' }, 'classes must be a list of names as JSON, and is cat'),
  )
})

s.run()
