import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { unevenPaddings } from '../../src/runtime/weights/import/paddings.ts'
import { withFiles } from '../cli/folder.ts'
import { weightsFile } from '../cli/weights-file.ts'
import { imported } from './networks.ts'

const s = suite('weights import: paddings')

function unevenIn(input: string, call: string): readonly string[] {
  const { graphs: [graph], diagnostics } = compile('m.fmw', `model M {\n  input x: ${input}\n  output y = x |> ${call}\n}\n`, nodeHost, { set: {}, rules: {} })
  assert.ok(graph, JSON.stringify(diagnostics))
  return unevenPaddings(graph).map(({ op }) => op)
}

// of TensorFlow's rule: (ceil(n / stride) - 1) · stride + window - n places are padded, the odd one at the end; PyTorch pads (window - 1) / 2 on each side
for (const [input, call, uneven] of [
  ['[32, 32, 3]', 'conv(4, 3x3, stride: 2, padding: same)', ['conv2d']], // 0 + 1 of 1 + 1
  ['[33, 33, 3]', 'conv(4, 3x3, stride: 2, padding: same)', []], // 1 + 1
  ['[33, 32, 3]', 'conv(4, 3x3, stride: 2, padding: same)', ['conv2d']],
  ['[224, 224, 3]', 'conv(4, 7x7, stride: 2, padding: same)', ['conv2d']], // 2 + 3 of 3 + 3
  ['[31, 31, 3]', 'conv(4, 7x7, stride: 4, padding: same)', ['conv2d']], // 2 + 2 of 3 + 3
  ['[32, 32, 3]', 'conv(4, 3x3, padding: same)', []],
  ['[32, 32, 3]', 'conv(4, 2x2, padding: same)', []],
  ['[32, 32, 3]', 'conv(4, 4x4, stride: 2, padding: same)', []], // 1 + 1
  ['[32, 32, 3]', 'conv(4, 1x1, stride: 2, padding: same)', []],
  ['[32, 32, 3]', 'conv(4, 3x3, stride: 2, padding: half)', []],
  ['[32, 32, 3]', 'pool.max(3, stride: 2, padding: same)', ['max_pool']],
  ['[32, 32, 3]', 'conv.depthwise(3x3, stride: 2, padding: same)', ['depthwise_conv2d']],
  ['[32, 32, 3]', 'conv.transpose(4, 3x3, stride: 2, padding: same)', ['conv2d_transpose']],
  ['[32, 32, 3]', 'conv.transpose(4, 4x4, stride: 2, padding: same)', []],
  ['[H, W, 3]', 'conv(4, 3x3, stride: 2, padding: same)', ['conv2d']],
] as const)
  s(`${call} of ${input}: ${uneven.length > 0 ? 'otherwise than PyTorch' : 'as PyTorch'}`, () => assert.equal(unevenIn(input, call), uneven))

s('it is said of weights of PyTorch alone', () => {
  const values = Array.from({ length: 36 }, (_, i) => i)
  const files = {
    'net.fmw': 'model N {\n  input x: [8, 8, 1]\n  output y = x |> conv(4, 3x3, stride: 2, padding: same, bias: false) as c\n}\n',
    't.safetensors': weightsFile({ 'c.weight': [[4, 1, 3, 3], values] }),
    'k.safetensors': weightsFile({ 'c/kernel': [[3, 3, 1, 4], values] }),
  }
  return withFiles(files, async (folder) => {
    const torch = await imported(folder, 't.safetensors', 'net.fmw')
    assert.is(torch.code, 0)
    assert.match(torch.stderr, 'padding: same with a stride pads other sides than PyTorch, which pads all alike: c/y/conv2d; where the network was built with padding by half the kernel, the text needs padding: half')
    assert.not.match((await imported(folder, 'k.safetensors', 'net.fmw')).stderr, 'padding')
  })
})

s.run()
