import { execFile, execFileSync } from 'node:child_process'
import { lstat, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny } from './models.ts'

const s = suite('fmw writes into a pipe')

const test = process.platform === 'win32' ? s.skip : s

const linear = 'model Linear {\n  input x: [2]\n  output y = dense(x, 1)\n}\n'

const files = {
  'tiny.fmw': tiny,
  'linear.fmw': linear,
  'x.npy': writeNpy({ shape: [4, 2], values: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]) }),
  'y.npy': writeNpy({ shape: [4, 1], values: Float32Array.from([1, 2, 3, 4]) }),
}

const run = ['run', 'tiny.fmw', '--input', 'image=ones', '--backend', 'cpu', '--output']
const train = ['train', 'linear.fmw', '--data', 'x.npy', '--labels', 'y.npy', '--epochs', '1', '--backend', 'cpu']

/** What a command writes, by the file and how it begins. */
const commands: Readonly<Record<string, readonly [args: readonly string[], file: string, start: RegExp]>> = {
  'fmw init': [['init', 'tiny.fmw', '-o', 'pipe'], 'pipe', /^[^]{8}\{"__metadata__"/],
  'fmw run, an array': [[...run, 'maps=pipe.npy'], 'pipe.npy', /^\x93NUMPY/],
  'fmw run, JSON': [[...run, 'maps=pipe.json'], 'pipe.json', /^\[\[\[/],
  'fmw show': [['show', 'tiny.fmw', 'x/conv/kernel', '-o', 'pipe.png'], 'pipe.png', /^\x89PNG/],
  'fmw show, a page': [['show', 'tiny.fmw', '--html', 'pipe.html', '--input', 'image=ones'], 'pipe.html', /^<!doctype html>/i],
  'fmw build': [['build', 'tiny.fmw', '--out', '.'], 'tiny.ts', /^\/\//],
  'fmw train': [[...train, '-o', 'pipe'], 'pipe', /^[^]{8}\{"__metadata__"/],
  'fmw train, the curve': [[...train, '--curve', 'pipe.png'], 'pipe.png', /^\x89PNG/],
  'fmw train, a checkpoint': [train, 'Linear.training/best.safetensors', /^[^]{8}\{"__metadata__":\{.*"y\/dense/],
}

for (const [name, [args, file, start]] of Object.entries(commands)) {
  test(name, () =>
    withFiles(files, async (folder) => {
      const pipe = path.join(folder, file)
      await mkdir(path.dirname(pipe), { recursive: true })
      execFileSync('mkfifo', [pipe])
      const [{ stdout: read }, { code, stderr }] = await Promise.all([
        promisify(execFile)('cat', [pipe], { encoding: 'latin1', timeout: 30_000 }),
        mainOf(args, folder),
      ])
      assert.is(code, 0, stderr)
      assert.match(read, start)
      assert.ok((await lstat(pipe)).isFIFO())
    }),
  )
}

test('fmw check --fix writes no fixed text into one, and does not wait for it', () =>
  withFiles({ 'model.fmw': tiny.replace('relu', 'rleu') }, async (folder) => {
    const before = await contentOf(folder)
    const pipe = path.join(folder, 'pipe.fmw')
    execFileSync('mkfifo', [pipe])
    execFile('sh', ['-c', 'cat model.fmw > pipe.fmw'], { cwd: folder, timeout: 30_000 })
    const { code, stdout, stderr } = await mainOf(['check', '--fix', 'pipe.fmw'], folder)
    assert.equal([code, stdout], [2, ''])
    assert.match(stderr, 'fmw: pipe.fmw is a pipe or a device, into which no text is written')
    assert.ok((await lstat(pipe)).isFIFO())
    await rm(pipe)
    assert.equal(await contentOf(folder), before)
  }),
)

s.run()
