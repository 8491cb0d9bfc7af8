import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { OpNode } from '../../src/compiler/graph/graph.ts'
import { opNode } from '../../src/compiler/ir/op-node.ts'
import { primitives } from '../../src/compiler/primitives/index.ts'
import { buildGraph } from '../graphs.ts'

const s = suite('the result of a call')

const g = buildGraph()
const H = inputExtent('H')
const image = g.input('image', [H, 9, 2])
const table = g.param('table', [4, 4, 2])

const resultOf = (op: string, args: OpNode['args'], attributes: OpNode['attributes']): string => {
  const result = opNode(primitives.get(op)!, args, attributes)
  if ('problem' in result) return result.problem.code
  const required = result.requirements.map((dim) => ` where ${printDim(dim)} >= 1`).join('')
  return `[${result.shape.map(({ dim }) => printDim(dim)).join(', ')}] of ${result.depends}${required}`
}

const pool = { size: [3, 3], stride: [1, 1], padding: 'valid' }
const resized = (size: readonly (number | typeof H)[]) => ({ size, method: 'bilinear', corners: 'half' })

s('has the shape of its primitive’s rule, and requires of a run what is not known', () => {
  assert.is(resultOf('relu', { x: image }, {}), '[H, 9, 2] of inputs')
  assert.is(resultOf('max_pool', { x: image }, pool), '[H - 2, 7, 2] of inputs where H - 2 >= 1')
})

s('depends on the inputs as soon as an argument does, and on their extents as soon as an attribute does', () => {
  assert.is(resultOf('resize_map', { x: table }, resized([8, 8])), '[8, 8, 2] of weights')
  assert.is(resultOf('resize_map', { x: table }, resized([H, 8])), '[H, 8, 2] of extents')
  assert.is(resultOf('resize_map', { x: image }, resized([H, 8])), '[H, 8, 2] of inputs')
  assert.is(resultOf('add', { a: image, b: g.op('resize_map', { x: table }, resized([H, 9])) }, {}), '[H, 9, 2] of inputs')
  assert.is(resultOf('exp', { x: g.op('resize_map', { x: table }, resized([H, 9])) }, {}), '[H, 9, 2] of extents')
})

s('is refused as its primitive refuses it, and where an extent cannot be computed exactly', () => {
  assert.is(resultOf('max_pool', { x: table }, { ...pool, size: [5, 5] }), 'shape/window-too-large')
  const large = g.input('large', [H, 2 ** 30, 2 ** 30])
  assert.is(resultOf('reshape', { x: large }, { shape: [2 ** 30, 2 ** 30, H] }), 'value/too-large')
})

s.run()
