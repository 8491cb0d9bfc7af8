import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { weightUses } from '../../src/runtime/weights/import/weight-uses.ts'
import { withFiles } from '../cli/folder.ts'
import { weightsFile } from '../cli/weights-file.ts'
import { imported } from './networks.ts'

const s = suite('weights import: the orders of maps')

/** What is known of the order of each weight of a model: rows and columns as places with the channels outermost, or where it is lost. */
function ordersOf(body: string): Readonly<Record<string, string>> {
  const { graphs: [graph], diagnostics } = compile('m.fmw', `model M {\n${body}\n}\n`, nodeHost, { set: {}, rules: {} })
  assert.ok(graph, JSON.stringify(diagnostics))
  return Object.fromEntries(
    weightUses(graph).flatMap(({ weight, order, columns, lost }) => {
      const known = [...(order ? [`rows ${order.join(' ')}`] : []), ...(columns ? [`columns ${columns.join(' ')}`] : []), ...(lost === undefined ? [] : [`lost at ${lost}`])]
      return known.length > 0 ? [[weight.path, known.join(', ')]] : []
    }),
  )
}

/** A map of 2 places and 2 channels. */
const places = '0 2 1 3'

for (const [name, body, expected] of [
  ['a dense layer that becomes a map has its units in the order of the map', 'input x: [3]\n output y = x |> dense(4) as d |> relu |> reshape([1, 2, 2]) |> conv(1, 1x1) as c', { 'd/kernel': `columns ${places}`, 'd/bias': `rows ${places}` }],
  ['and a normalisation between', 'input x: [3]\n output y = x |> dense(4, bias: false) as d |> norm.layer as n |> reshape([1, 2, 2])', { 'd/kernel': `columns ${places}`, 'n/scale': `rows ${places}`, 'n/offset': `rows ${places}` }],
  ['and what reads it as a vector has its rows so', 'input x: [3]\n h = x |> dense(4, bias: false) as d\n output y = reshape(h, [2, 1, 2])\n output z = h |> dense(1, bias: false) as e', { 'd/kernel': `columns ${places}`, 'e/kernel': `rows ${places}` }],
  ['through an axis of one', 'input x: [3]\n output y = x |> dense(4, bias: false) as d |> reshape([1, 1, 4]) |> reshape([1, 2, 2])', { 'd/kernel': `columns ${places}` }],
  ['a map of one channel, or of one place, has no other', 'input x: [3]\n output y = x |> dense(4) as d |> reshape([2, 2, 1])\n output z = x |> dense(4) as e |> reshape([1, 1, 4])', {}],
  ['a text that has the channels outermost has the order of PyTorch', 'input x: [3]\n output y = transpose(reshape(x |> dense(4) as d, [2, 1, 2]), [1, 2, 0]) |> conv(1, 1x1) as c', {}],
  ['so where it flattens them', 'input x: [1, 2, 2]\n output y = reshape(transpose(relu(x), [2, 0, 1]), [4]) |> dense(2) as d', {}],
  ['a map that is flattened and made again is one', 'input x: [1, 2, 2]\n output y = x |> conv(2, 1x1) as c |> flatten |> reshape([1, 2, 2]) |> conv(1, 1x1) as e', {}],
  ['of another transposition the order is lost', 'input x: [3]\n output y = transpose(reshape(x |> dense(4, bias: false) as d, [1, 2, 2]), [0, 2, 1])', { 'd/kernel': 'lost at y/reshape' }],
  ['of vectors that are joined it is lost', 'input x: [3]\n output y = reshape(fuse.concat(x |> dense(2, bias: false) as d, x |> dense(2, bias: false) as e), [1, 2, 2])', { 'd/kernel': 'lost at y/fuse/concatenate', 'e/kernel': 'lost at y/fuse/concatenate' }],
  ['of a convolution it is lost', 'input x: [1, 1, 3]\n output y = x |> conv(4, 1x1, bias: false) as c |> reshape([1, 2, 2])', { 'c/kernel': 'lost at c/y/conv2d' }],
  ['of a convolution over what was flattened too', 'input x: [1, 2, 2]\n output y = x |> flatten |> reshape([1, 1, 4]) |> conv(3, 1x1, bias: false) as c', { 'c/kernel': 'lost at c/y/conv2d' }],
  ['a flattened map that is made another one is lost', 'input x: [1, 4, 2]\n output y = x |> conv(2, 1x1, bias: false) as b |> flatten |> reshape([2, 1, 4]) |> conv(3, 1x1, bias: false) as c', { 'b/kernel': 'lost at y/flatten/reshape', 'c/kernel': 'lost at y/reshape' }],
  ['of two orders in a sum it is lost', 'input x: [1, 2, 2]\n input v: [4]\n output y = flatten(x) + v |> dense(1, bias: false) as d', { 'd/kernel': 'lost at y/add' }],
] as const)
  s(name, () => assert.equal(ordersOf(body), expected))

const convTail = (map: string) => `model M {\n  input x: [2]\n  h = fuse.concat(x |> dense(2, bias: false) as d, x |> dense(2, bias: false) as e)\n  output y = ${map}\n}\n`

s('where it is lost, it is refused with the text that mends it, and a line of a map decides', () =>
  withFiles(
    {
      'net.fmw': convTail('reshape(h, [1, 2, 2])'),
      'mended.fmw': convTail('transpose(reshape(h, [2, 1, 2]), [1, 2, 0])'),
      'names.map': 'd.weight -> d/kernel oi\ne.weight -> e/kernel oi\n',
      't.safetensors': weightsFile({ 'd.weight': [[2, 2], [1, 2, 3, 4]], 'e.weight': [[2, 2], [5, 6, 7, 8]] }),
      'k.safetensors': weightsFile({ 'd/kernel': [[2, 2], [1, 2, 3, 4]], 'e/kernel': [[2, 2], [5, 6, 7, 8]] }),
    },
    async (folder) => {
      const { code, stderr } = await imported(folder, 't.safetensors', 'net.fmw')
      assert.is(code, 1)
      assert.match(
        stderr,
        'error[weights/flattened]: t.safetensors: the order of the elements of d/kernel is not known at h/fuse/concatenate\n  = where a vector becomes a map, transpose(reshape(…, [C, H, W]), [1, 2, 0]) makes the one that PyTorch makes\n  = a line of a map decides: d.weight -> d/kernel oi\n',
      )
      assert.is((await imported(folder, 't.safetensors', 'mended.fmw')).code, 0)
      assert.is((await imported(folder, 't.safetensors', 'net.fmw', '--map', 'names.map')).code, 0)
      // Keras makes a map as it is made here
      assert.is((await imported(folder, 'k.safetensors', 'net.fmw')).code, 0)
    },
  ))

s.run()
