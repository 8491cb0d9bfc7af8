import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { WhyJson } from '../../src/compiler/facts/why-json.ts'
import { fmw } from './fmw.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny, wrong } from './models.ts'

const s = suite('fmw why')

s('shows for each extent of a node where it was decided and computed', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout, stderr } = await fmw(['why', 'tiny.fmw', 'maps/pool/max_pool'], { cwd: folder })
    assert.equal([code, stderr], [0, ''])
    const [title, ...extents] = stdout.trimEnd().split('\n\n')
    assert.is(title, 'maps/pool/max_pool: max_pool [3, 3, 4]')
    assert.equal(extents.map((text) => text.split('\n')[0]), ['height 3', 'width 3', 'channels 4'])
    assert.match(
      extents[0]!,
      /8 decided here[^]*8 - 3 \+ 1 = 6 \(x\/conv\/y\/conv2d\)[^]*floor\(\(6 - 2\) \/ 2\) \+ 1 = 3 \(maps\/pool\/max_pool\)$/,
    )
    assert.match(extents[0]!, /tiny\.fmw:\d+:\d+/)
  }))

s('takes the beginning of a path, an assigned name and an output', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const titleOf = async (name: string): Promise<string | undefined> =>
      (await mainOf(['why', 'tiny.fmw', name], folder)).stdout.split('\n')[0]
    assert.is(await titleOf('x/conv'), 'x/conv/add: add [6, 6, 4]')
    assert.is(await titleOf('x'), 'x/relu: relu [6, 6, 4]')
    assert.is(await titleOf('maps'), 'maps/pool/max_pool: max_pool [3, 3, 4]')
    assert.is(await titleOf('image'), 'image: input [8, 8, 3]')
    assert.is(await titleOf('x/conv/kernel'), 'x/conv/kernel: param [3, 3, 3, 4]')
  }))

s('--json is the same for scripts', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout } = await mainOf(['why', 'tiny.fmw', 'maps', '--json'], folder)
    assert.is(code, 0)
    const { model, node, shape, extents } = JSON.parse(stdout) as WhyJson
    assert.equal([model, node, shape], ['Tiny', 'maps/pool/max_pool', [3, 3, 4]])
    assert.equal(extents.map(({ axis, extent }) => [axis, extent]), [['height', 3], ['width', 3], ['channels', 4]])
    assert.equal(
      extents[0]!.steps.map((step) => [step.extent, step.how, step.node, step.file, step.chain]),
      [
        [8, null, 'image', 'tiny.fmw', []],
        [6, '8 - 3 + 1 = 6', 'x/conv/y/conv2d', 'tiny.fmw', []],
        [3, 'floor((6 - 2) / 2) + 1 = 3', 'maps/pool/max_pool', 'tiny.fmw', []],
      ],
    )
    const { start, end } = extents[0]!.steps[0]!.range
    assert.equal(tiny.split('\n')[start.line - 1]!.slice(start.column - 1, end.column - 1), '8')
  }))

s('a node that is not there is wrong usage, with the name that is meant', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['why', 'tiny.fmw', 'x/konv'], folder)
    assert.equal([code, stdout], [2, ''])
    assert.match(stderr, /Tiny has no node x\/konv \(did you mean x\/conv\?\); fmw show \S+\.fmw lists them\n$/)
  }))

s('the mistakes of a model go to stderr, and nothing to stdout', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { code, stdout, stderr } = await mainOf(['why', 'wrong.fmw', 'x'], folder)
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, 'error[shape/channel-mismatch]')
  }))

s.run()
