import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentOf, withFiles } from '../cli/folder.ts'
import { weightsFile, type Tensors } from '../cli/weights-file.ts'
import { imported } from './networks.ts'

const s = suite('weights import: numbers that cannot be right')

const text = 'model N {\n  input x: [2]\n  output y = x |> dense(2) as d |> norm.batch(epsilon: 1e-5) as n\n}\n'

const right: Tensors = {
  'd.weight': [[2, 2], [1, 2, 3, 4]],
  'd.bias': [[2], [0, -1]],
  'n.weight': [[2], [1, 1]],
  'n.bias': [[2], [0, 0]],
  'n.running_mean': [[2], [-1, 1]],
  'n.running_var': [[2], [0, 0.5]],
}

s('what is not finite, and a variance below zero, is refused by name and nothing is written', () =>
  withFiles(
    {
      'n.fmw': text,
      'right.safetensors': weightsFile(right),
      'nan.safetensors': weightsFile({ ...right, 'd.weight': [[2, 2], [1, Number.NaN, Number.POSITIVE_INFINITY, 4]] }),
      'below.safetensors': weightsFile({ ...right, 'n.running_var': [[2], [1, -0.5]] }),
    },
    async (folder) => {
      const before = await contentOf(folder)
      const nan = await imported(folder, 'nan.safetensors', 'n.fmw', '-o', 'w.safetensors')
      assert.is(nan.code, 1)
      assert.match(nan.stderr, 'error[weights/value]: nan.safetensors: 2 of 4 numbers of d/kernel are not finite\n')
      const below = await imported(folder, 'below.safetensors', 'n.fmw', '-o', 'w.safetensors')
      assert.is(below.code, 1)
      assert.match(below.stderr, 'error[weights/variance]: below.safetensors: the variance n/variance is -0.5 in places, and no variance is below zero\n')
      assert.equal(await contentOf(folder), before)
      // a mean may be below zero, and a variance zero
      assert.is((await imported(folder, 'right.safetensors', 'n.fmw', '-o', 'w.safetensors')).code, 0)
    },
  ))

s.run()
