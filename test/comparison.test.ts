import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from './cli/fmw.ts'
import { mainOf } from './cli/main-of.ts'
import { inTemporaryFolder } from './runtime/temporary-folder.ts'

const s = suite('docs/comparison.md')

const text = readFileSync(path.join(root, 'docs/comparison.md'), 'utf8')

/** The commands of its last paragraph. */
const [pictures, training] = text
  .slice(text.indexOf('One training of it'))
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.startsWith('    '))
  .map((line) => line.trim().split(/ +/))

s('fits 80 columns', () => {
  assert.equal(text.split('\n').filter((line) => line.length > 80), [])
})

s('one of its trainings is repeated by the commands that it names, from pictures as its network takes them', () =>
  inTemporaryFolder(async (folder) => {
    assert.equal([pictures!.slice(0, 2), training!.slice(0, 3)], [['node', 'scripts/mnist-pictures.mjs'], ['npx', 'fmw', 'train']])
    const [made, ...options] = pictures!.slice(2)
    execFileSync(process.execPath, [path.join(root, pictures![1]!), path.join(folder, 'all'), ...options])
    // a few of each class are enough to see that the options are taken and the sizes fit
    for (const part of ['train', 'held-out'])
      for (const digit of await readdir(path.join(folder, 'all', part))) {
        const place = path.join(folder, made!, part, digit)
        await mkdir(place, { recursive: true })
        for (const file of ['0000.png', '0001.png']) await cp(path.join(folder, 'all', part, digit, file), path.join(place, file))
      }
    await mkdir(path.join(folder, 'examples'))
    await cp(path.join(root, 'examples/comparison.fmw'), path.join(folder, 'examples/comparison.fmw'))
    const { code, stdout, stderr } = await mainOf([...training!.slice(2), '--backend', 'wasm'], folder)
    assert.is(code, 0, stderr)
    assert.match(stdout, /epoch 6\/6 .* validation loss .* accuracy/)
    assert.not.match(stderr, 'resized')
  }))

s.run()
