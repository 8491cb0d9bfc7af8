import { Buffer } from 'node:buffer'
import { cp, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
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

/** Twelve names of one letter as NumPy stores bytes. */
const texts = Buffer.from(Buffer.from(npy([3], [0, 0, 0])).toString('latin1').replace("'<f4'", "'|S1'").replace('(3,), ', '(12,),').slice(0, -12) + 'abababababab', 'latin1')

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

/** A table of what is learned and one to measure with, in folders of their own. */
const apart: Files = {
  'models/m.fmw': 'model M {\n  input x: [2]\n  output kind = dense(x, 2)\n  output size = dense(x, 1)\n}\n',
  'data/x.csv': 'a,b,the kind,"its size, in cm"\n1,2,ant,3\n2,1,bee,4\n0,1,ant,5\n3,0,bee,6\n',
  'data/v.csv': 'a,b,the kind,"its size, in cm"\n1,1,bee,3\n',
  'data/w.json': '{"ant": 1, "bee": 3}',
  'runs/keep': '',
  'other/keep': '',
}

const ofApart =
  "--data data/x.csv --validation ./data/v.csv --class-weights data/w.json --checkpoint runs/m -o runs/w.safetensors --curve runs/c.png --target 'kind:the kind' --target 'size=mse*0.5:its size, in cm' --freeze kind/dense/bias --unfreeze size/*/bias@2 --unfreeze kind/*/kernel@2 --rate size/**=0.5 --rate 'kind/**= 2' --backend cpu"
    .match(/'[^']+'|[^ ]+/g)!
    .map((word) => word.replaceAll("'", ''))

s('a training goes on from any folder, and after it was moved together with its data: targets, globs and rates are as they were', () =>
  withFiles(apart, async (folder) => {
    const begun = await mainOf(['train', 'models/m.fmw', ...ofApart, '--epochs', '1'], folder)
    assert.is(begun.code, 0, begun.stderr)
    const resume = ['--resume', '--epochs', '2', '--checkpoint']
    await cp(path.join(folder, 'runs'), path.join(folder, 'whole'), { recursive: true })
    const here = await mainOf(['train', 'models/m.fmw', ...resume, 'whole/m'], folder)
    assert.is(here.code, 0, here.stderr)
    const there = await mainOf(['train', '../models/m.fmw', ...resume, '../runs/m'], path.join(folder, 'other'))
    assert.is(there.code, 0, there.stderr)
    const whole = await readFile(path.join(folder, 'whole/w.safetensors'))
    assert.equal(await readFile(path.join(folder, 'runs/w.safetensors')), whole)
    await mkdir(path.join(folder, 'moved'))
    for (const name of ['data', 'models', 'runs']) await rename(path.join(folder, name), path.join(folder, 'moved', name))
    const moved = await mainOf(['train', 'moved/models/m.fmw', '--resume', '--epochs', '3', '--checkpoint', path.join(folder, 'moved/runs/m')], folder)
    assert.is(moved.code, 0, moved.stderr)
    assert.match(moved.stdout, /^weights {5}moved.runs.w\.safetensors$/m)
  }))

for (const [what, begun] of [
  ['arrays of texts', ['--data', 'x.npy', '--labels', 'texts.npy', '--validation', '0']],
  ['arrays', ['--data', 'x.npy', '--labels', 't.npy', '--validation', 'x.npy', '--validation-labels', 't.npy']],
  ['pictures in folders', ['--data', 'data', '--validation', 'data']],
  ['pictures in a table', ['--data', 'data', '--labels', 'data.csv']],
] as const) {
  s(`${what} are the same from wherever they are seen`, () =>
    withFiles({ ...(what.startsWith('arrays') ? arrays : pictures), 'texts.npy': texts, 'other/keep': '', 'data.csv': 'file,label\nant/0.png,ant\nbee/1.png,bee\nbee/2.png,bee\n' }, async (folder) => {
      assert.is((await train(folder, ...begun, '--backend', 'cpu', '--epochs', '1')).code, 0)
      const { code, stderr } = await mainOf(['train', '../m.fmw', '--resume', '--epochs', '2', '--checkpoint', '../M.training'], path.join(folder, 'other'))
      assert.is(code, 0, stderr)
    }))
}

s('where no training is, it is said where one was looked for', () =>
  withFiles(arrays, async (folder) => {
    const { code, stderr } = await train(folder, '--resume')
    assert.is(code, 2)
    assert.match(stderr, `there is no training to go on with in ${path.join(await realpath(folder), 'M.training')}: --checkpoint names the folder of one`)
  }))

s('data that is no longer where it was is looked for where the options say, and has to be the same', () =>
  withFiles(apart, async (folder) => {
    assert.is((await mainOf(['train', 'models/m.fmw', ...ofApart, '--epochs', '1'], folder)).code, 0)
    await rename(path.join(folder, 'data'), path.join(folder, 'old'))
    const resume = (...args: readonly string[]) => mainOf(['train', 'models/m.fmw', '--resume', '--epochs', '2', '--checkpoint', 'runs/m', ...args], folder)
    const lost = await resume()
    assert.is(lost.code, 2)
    const place = path.join(await realpath(folder), 'data', 'x.csv')
    assert.match(lost.stderr, `the training in runs/m reads --data ../../data/x.csv, as seen from runs/m, and there is nothing at ${place}: say with --data where it is now`)
    const said = ['--data', 'old/x.csv', '--validation', 'old/v.csv', '--class-weights', 'old/w.json'] as const
    const part = await resume('--data', 'old/x.csv', '--validation', '0.25', '--class-weights', 'old/w.json')
    assert.is(part.code, 2)
    assert.match(part.stderr, '--validation was ../../data/v.csv and is 0.25')
    await writeFile(path.join(folder, 'old/w.json'), '{"ant": 1, "bee": 2}')
    assert.match((await resume(...said)).stderr, 'the weights of the classes was 1, 3 and is 1, 2')
    await cp(path.join(folder, 'old/x.csv'), path.join(folder, 'old/y.csv'))
    await writeFile(path.join(folder, 'old/w.json'), '{"ant": 1, "bee": 3}')
    await writeFile(path.join(folder, 'old/v.csv'), 'a,b,the kind,"its size, in cm"\n1,1,bee,4\n')
    assert.match((await resume(...said)).stderr, 'the digest of the samples was')
    await writeFile(path.join(folder, 'old/v.csv'), apart['data/v.csv']!)
    assert.is((await resume('--data', 'old/y.csv', ...said.slice(2))).code, 0)
    await rm(path.join(folder, 'old/x.csv'))
    assert.is((await resume()).code, 0)
  }))

s.run()
