import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convolved } from '../primitives/convolved.ts'
import { samePads } from '../primitives/same-pads.ts'
import { biased } from './biased.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/conv')

type Pair = readonly [number, number]
type Pads = readonly [Pair, Pair]

const none: Pads = [[0, 0], [0, 0]]
const relu = (value: number): number => Math.max(value, 0)

s('conv: y[h, w, o] = Σ x[h·s + i·d, w·s + j·d, c] · kernel[i, j, c, o] + bias[o]; 3x3, stride 1, valid by default', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const weights = { 'y/conv/kernel': [3, 3, 3, 4], 'y/conv/bias': [4] }
    await computes('y = conv(x, 4)', { inputs: { x: [...size, 3] }, weights }, ({ x }, of) =>
      biased(convolved({})({ x, kernel: of['y/conv/kernel'] }, {}), of['y/conv/bias']),
    )
  }
})

s('conv: kernels, strides, dilations and every form of padding', async () => {
  const plain: Pair = [1, 1]
  for (const [written, size, kernel, stride, dilation, pads] of [
    ['1x1', [4, 5], [1, 1], plain, plain, none],
    ['2x3, stride: 2', [6, 7], [2, 3], [2, 2], plain, none],
    ['4, stride: [1, 3]', [5, 9], [4, 4], [1, 3], plain, none],
    ['3x3, padding: same', [5, 6], [3, 3], plain, plain, [[1, 1], [1, 1]]],
    ['3x3, padding: same, stride: 2', [6, 7], [3, 3], [2, 2], plain, [[0, 1], [1, 1]]],
    ['3x3, padding: half, stride: 2', [6, 7], [3, 3], [2, 2], plain, [[1, 1], [1, 1]]],
    ['3x5, padding: half', [4, 5], [3, 5], plain, plain, [[1, 1], [2, 2]]],
    ['2x2, padding: same', [4, 5], [2, 2], plain, plain, [[0, 1], [0, 1]]],
    ['3x3, padding: 2', [4, 5], [3, 3], plain, plain, [[2, 2], [2, 2]]],
    ['3x3, padding: [0, 2]', [4, 5], [3, 3], plain, plain, [[0, 0], [2, 2]]],
    ['3x3, padding: [[0, 1], [2, 3]], stride: 2', [5, 4], [3, 3], [2, 2], plain, [[0, 1], [2, 3]]],
    ['3x2, dilation: 2', [7, 6], [3, 2], plain, [2, 2], none],
    ['3x3, padding: half, dilation: [1, 2]', [5, 6], [3, 3], plain, [1, 2], [[1, 1], [2, 2]]],
  ] as const) {
    const given = { inputs: { x: [...size, 2] }, weights: { 'y/conv/kernel': [...kernel, 2, 3] } }
    await computes(`y = x |> conv(3, ${written}, bias: false)`, given, ({ x }, of) =>
      convolved({ stride, dilation, pads })({ x, kernel: of['y/conv/kernel'] }, {}),
    )
  }
})

s('conv: groups read runs of channels apart, each filter C / groups of them', async () => {
  for (const [channels, filters, groups] of [[4, 6, 2], [6, 3, 3], [3, 6, 3]] as const) {
    const given = { inputs: { x: [5, 4, channels] }, weights: { 'y/conv/kernel': [3, 3, channels / groups, filters] } }
    await computes(`y = x |> conv(${filters}, groups: ${groups}, bias: false)`, given, ({ x }, of) =>
      convolved({ groups })({ x, kernel: of['y/conv/kernel'] }, {}),
    )
  }
})

s('conv: the activation sees the bias', async () => {
  const weights = { 'y/conv/kernel': [1, 1, 2, 3], 'y/conv/bias': [3] }
  await computes('y = x |> conv(3, 1x1, activation: relu)', { inputs: { x: [3, 4, 2] }, weights }, ({ x }, of) =>
    biased(convolved({})({ x, kernel: of['y/conv/kernel'] }, {}), of['y/conv/bias'], relu),
  )
})

s('conv: runs at sizes that are known only then', async () => {
  for (const size of [[5, 6], [8, 7]] as const) {
    const given = { inputs: { x: [...size, 2] }, declared: { x: '[H, W, 2]' }, weights: { 'y/conv/kernel': [3, 3, 2, 3] } }
    await computes('y = x |> conv(3, padding: same, stride: 2, bias: false)', given, ({ x }, of) =>
      convolved({ stride: [2, 2], pads: samePads(size, [3, 3], [2, 2]) })({ x, kernel: of['y/conv/kernel'] }, {}),
    )
  }
})

s('conv: the kernel starts as glorot_uniform or as told, the bias at zero', () => {
  const inputs = { x: [5, 5, 3] }
  const { 'y/conv/kernel': kernel, 'y/conv/bias': bias } = weightsIn('y = x |> conv(4)', { inputs })
  assert.equal(kernel!.init, { kind: 'variance_scaling', scale: 1, fan: 'average', distribution: 'uniform' })
  assert.equal(bias!.init, { kind: 'constant', value: 0 })
  const told = weightsIn('y = x |> conv(4, init: constant(0.5))', { inputs })
  assert.equal(told['y/conv/kernel']!.init, { kind: 'constant', value: 0.5 })
})

s('conv: refuses groups that do not divide the channels', () => {
  const given = { inputs: { x: [5, 5, 4] } }
  refuses('y = x |> conv(6, groups: 3)', given, 'require/failed', '4 channels do not divide into 3 groups')
  refuses('y = x |> conv(6, groups: 0)', given, 'require/failed', 'groups must be at least 1, not 0')
})

s.run()
