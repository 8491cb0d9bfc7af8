import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { emit, typeErrors } from './emitted.ts'
import { isAsReviewed } from './is-as-reviewed.ts'
import { isAsRun } from './is-as-run.ts'

const s = suite('modules of what the language can say')

/** By the name of the reviewed text, a small model of each form. */
const forms: Readonly<Record<string, string>> = {
  'choices-as-operands': `model Choices(deep: bool = true) {
  input x: [6, 6, 4]
  y = x |> conv(4, 1x1)
  output a = y + if deep then x |> conv(4, 3x3, padding: same) else x
  output b = y * (if deep then 2 else 3) - if not deep then y else tanh(x)
}`,
  'outputs-of-a-block': `block Two(x: [H, W, C]) -> (left: [H, W, C], right: [H, W, C]) {
  left = x |> conv(C, 1x1)
  return left, tanh(left)
}
model Outputs {
  input x: [6, 6, 4]
  output a, b = Two(x)
  _, c = Two(b)
  output c
}`,
  'outputs-of-a-list': `model Levels {
  input x: [6, 6, 4]
  output low, mid, high = [for n in [2, 3, 4]: x |> conv(n, 1x1)]
  output y, z = [relu(x), tanh(mid)]
}`,
  axes: `model Axes {
  input x: [6, 5, 4]
  output rows = x |> reduce.mean(axis: 1, keep: true)
  output sums = x |> reduce.sum(axis: [0, -1])
  output whole = x |> reduce.max(axis: [0, 1, 2])
  output places = softmax(x, axis: [0, 1])
  output channels = softmax(x, axis: -1)
}`,
  'ranges-of-tensors': `model Ranges {
  input x: [6, H, 9] where H >= 4
  output tail = x[:, :, 8:]
  output trimmed = x[1:-1, :, :-2]
  output edges = x[1:, :, :] - x[:-1, :, :]
  output parts = fuse.add(...[for i in range(3): x[..., 3 * i : 3 * i + 3] |> conv(2, 1x1)])
}`,
  'indices-of-tensors': `model Indices {
  input x: [6, H, 9] where H >= 4
  param shares: [3] = uniform(0, 1)
  param matrix: [3, 9] = uniform(-1, 1)
  output last = x[:, -1, ...]
  output row = x * matrix[1]
  output shared = fuse.add(...[for i in range(3): shares[i] * tanh(x * (i + 1))])
}`,
  'slices-of-lists': `model Slices {
  input x: [6, 6, 4]
  maps = [for i in range(4): x |> conv(2, 1x1) |> relu]
  inner = maps[1:3]
  output a = fuse.add(...maps[1:])
  output b = fuse.concat(...maps[:-1], maps[-1])
  output c = inner[0] * inner[1]
}`,
  'pads-of-an-input': `model Pads {
  input x: [H, W, 3] where H % 2 == 0
  input y: [2 * H, W + 3, 1]
  output a = x |> pad([[0, H / 2], [1, W]])
  output b = x |> pad(like: y)
  output c = x |> pad([[H - 1, 1], [0, 0]], mode: reflect)
  output d = x |> conv(2, 3x3) |> pad(like: x)
}`,
  'numbers-as-tensors': `block Scaled(x: [H, W, C], by: [C]) -> like x {
  return x * by
}
model Numbers {
  input x: [6, 6, 3]
  output a = Scaled(x, [0.2, 0.5, 1])
  output b = x * [1, 2, 3] + 0.5
  output c = x |> conv(3, 1x1) |> Scaled([-1, 0, 1])
  output d = x |> Scaled(x |> pool.global)
}`,
  'turns-that-are-left-out': `model Filtered(rest: int = 1) {
  input x: [6, 6, 3]
  for k in [for i in range(5) if i % 2 == rest: i] { x = x |> conv(3, k, padding: same) |> relu }
  maps = [for a in [1, 2, 3] if a > 1 for b in range(a) if b > 0: x |> conv(a, b, padding: same)]
  output y = fuse.concat(...maps)
}`,
}

for (const [name, text] of Object.entries(forms)) {
  s(`give the same bits as the runner: ${name}`, () => withBackend('cpu', (tf) => isAsRun(graphOf(text), tf, { H: 6, W: 8 })))
  s(`read like code written by hand: ${name}`, async () => isAsReviewed(`forms/${name}`, await emit(graphOf(text))))
}

s('are strict TypeScript', async () => {
  assert.equal(typeErrors(await Promise.all(Object.values(forms).map((text) => emit(graphOf(text))))), [])
})

s.run()
