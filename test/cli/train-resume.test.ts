import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { greyPng } from '../data/samples.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: a training goes on only with the data it began with')

const npy = (shape: readonly number[], values: readonly number[]): Uint8Array => writeNpy({ shape, values: Float32Array.from(values) })

const values = Array.from({ length: 48 }, (_, i) => Math.sin(i))
const labels = Array.from({ length: 12 }, (_, i) => i % 2)

const arrays: Files = {
  'm.fmw': 'model M {\n  input x: [4]\n  output y = dense(x, 2)\n}\n',
  'x.npy': npy([12, 4], values),
  't.npy': npy([12], labels),
}

const picture = (shade: number): Uint8Array => greyPng(4, 4, Array.from({ length: 16 }, (_, i) => (shade + i) % 256))

const pictures: Files = {
  'm.fmw': 'model M {\n  input x: [4, 4, 1]\n  output y = x |> flatten |> dense(2)\n}\n',
  ...Object.fromEntries(
    ['ant', 'bee'].flatMap((name, label) => [0, 1, 2, 3].map((n) => [`data/${name}/${n}.png`, picture(100 * label + n)] as const)),
  ),
}

const train = (folder: string, ...args: readonly string[]): ReturnType<typeof mainOf> => mainOf(['train', 'm.fmw', ...args], folder)
const ofArrays = ['--data', 'x.npy', '--labels', 't.npy', '--backend', 'cpu'] as const
const ofPictures = ['--data', 'data', '--backend', 'cpu'] as const

interface Change {
  readonly files: Files
  readonly begun: readonly string[]
  readonly change: (folder: string) => Promise<void>
  readonly said: RegExp
}

const changes: Readonly<Record<string, Change>> = {
  'another value of a sample': {
    files: arrays,
    begun: ofArrays,
    change: (folder) => writeFile(path.join(folder, 'x.npy'), npy([12, 4], [0.5, ...values.slice(1)])),
    said: /the digest of the samples was [0-9a-f]{16} and is [0-9a-f]{16}/,
  },
  'two labels in another order': {
    files: arrays,
    begun: ofArrays,
    change: (folder) => writeFile(path.join(folder, 't.npy'), npy([12], [1, 0, ...labels.slice(2)])),
    said: /the digest of the samples was/,
  },
  'a class with another name, which changes the order of the classes': {
    files: pictures,
    begun: ofPictures,
    change: (folder) => rename(path.join(folder, 'data/ant'), path.join(folder, 'data/cat')),
    said: /the classes was ant, bee and is bee, cat[^]*the digest of the samples was/,
  },
  'a picture that was edited': {
    files: pictures,
    begun: ofPictures,
    change: (folder) => writeFile(path.join(folder, 'data/ant/2.png'), picture(50)),
    said: /the digest of the samples was/,
  },
}

for (const [what, { files, begun, change, said }] of Object.entries(changes)) {
  s(`${what} is refused, and named`, () =>
    withFiles(files, async (folder) => {
      assert.is((await train(folder, ...begun, '--epochs', '1')).code, 0)
      assert.is((await train(folder, '--resume', '--epochs', '2')).code, 0)
      await change(folder)
      const { code, stderr } = await train(folder, '--resume', '--epochs', '3')
      assert.is(code, 2)
      assert.match(stderr, said)
    }),
  )
}

s('a training goes on on the backend it began on, and another one is refused', () =>
  withFiles(arrays, async (folder) => {
    assert.is((await train(folder, ...ofArrays, '--epochs', '1')).code, 0)
    assert.match((await train(folder, '--resume', '--epochs', '2')).stderr, /backend cpu$/m)
    const { code, stderr } = await train(folder, '--resume', '--epochs', '3', '--backend', 'wasm')
    assert.is(code, 2)
    assert.match(stderr, /the backend was cpu and is wasm/)
  }),
)

s.run()
