import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { resolvePads, windowOf, type PaddedWindow, type PaddingValue } from '../../src/compiler/primitives/shape/padding.ts'
import { typed } from './harness.ts'

const ofConvolution = { name: 'padding', kind: 'padding' } as const

const s = suite('padding')

const window = (size: PaddedWindow['size'], dilation: PaddedWindow['dilation'] = [1, 1]): PaddedWindow => ({
  size,
  dilation,
  extents: [],
})

const codeOf = (value: PaddingValue, of: PaddedWindow | undefined): string => {
  const found = resolvePads('conv', ofConvolution, value, of)
  return typeof found === 'object' && 'problem' in found ? found.problem.code : 'accepted'
}

s('leaves `same` and `valid` to the shape rules', () => {
  assert.is(resolvePads('conv', ofConvolution, 'same', window([3, 3])), 'same')
  assert.is(resolvePads('conv', ofConvolution, 'valid', window([3, 3])), 'valid')
})

s('takes one amount, one for each axis, or one for each side', () => {
  assert.equal(resolvePads('conv', ofConvolution, 3, window([3, 3])), [[3, 3], [3, 3]])
  assert.equal(resolvePads('conv', ofConvolution, [1, 2], window([3, 3])), [[1, 1], [2, 2]])
  assert.equal(resolvePads('conv', ofConvolution, [[0, 1], [2, 3]], window([3, 3])), [[0, 1], [2, 3]])
})

s('pads half of the dilated window on each side', () => {
  assert.equal(resolvePads('conv', ofConvolution, 'half', window([3, 7])), [[1, 1], [3, 3]])
  assert.equal(resolvePads('conv', ofConvolution, 'half', window([3, 5], [2, 3])), [[2, 2], [6, 6]])
  assert.equal(resolvePads('conv', ofConvolution, 'half', window([1, 1])), [[0, 0], [0, 0]])
})

s('refuses half of an even window, dilated or not, and of one that is not known', () => {
  assert.is(codeOf('half', window([2, 3])), 'shape/half-even-kernel')
  assert.is(codeOf('half', window([4, 3], [2, 1])), 'shape/half-even-kernel')
  assert.is(codeOf('half', window([inputExtent('K'), 3])), 'shape/half-even-kernel')
})

s('refuses amounts that are none', () => {
  for (const value of [
    'full',
    -1,
    0.5,
    [1],
    [1, 2, 3],
    [[1, 2], [3]],
    [
      [1, -1],
      [0, 0],
    ],
  ])
    assert.is(codeOf(value, window([3, 3])), 'shape/padding')
})

s('takes amounts only where there is no window', () => {
  for (const value of ['same', 'valid', 'half']) assert.is(codeOf(value, undefined), 'shape/padding')
  assert.is(codeOf(2, undefined), 'accepted')
})

s('finds the window of a call in its kernel or its size', () => {
  const kernel = typed([3, 5, 8, 8])
  assert.equal(windowOf({ kernel, dilation: [2, 1] }), { ...window([3, 5], [2, 1]), extents: kernel.shape.slice(0, 2) })
  assert.equal(windowOf({ size: [2, 3] }), window([2, 3]))
  assert.is(windowOf({}), undefined)
})

s.run()
