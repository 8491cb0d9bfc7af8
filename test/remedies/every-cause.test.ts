import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Causes } from '../../src/compiler/elaborate/context.ts'
import { compileText } from '../compile-text.ts'

const s = suite('what mends each mistake')

interface Case {
  /** Statements of a model with `input x: [32, 32, 3]`, and what stands before the model. */
  readonly body: string
  readonly before?: string
  readonly fixes: readonly string[]
  readonly notes?: readonly string[]
}

const cases: Readonly<Partial<Record<keyof Causes, readonly Case[]>>> = {
  'wrong-kind': [
    { body: 'output y = x |> conv("64")', fixes: ['write 64'] },
    { body: 'output y = x |> conv(3x3, 64)', fixes: ['write 64, 3x3'] },
    { body: 'output y = x |> conv(8, bias: 0)', fixes: ['write false'], notes: ['the bools are true and false'] },
    { body: 'output y = x |> conv(8, 3x3, stride: [2, 2, 2])', fixes: ['write 2x2'] },
    { body: 'output y = conv(8)', fixes: ['pass x: conv(x, 8)'] },
  ],
  'not-a-tensor': [{ body: 'output y = relu', fixes: ['write relu(x)'] }],
  'not-a-list': [
    { body: 'y = x\n  for i in 3 { y = relu(y) }\n  output z = y', fixes: ['write range(3)'], notes: ['to count, write range(3)'] },
    { body: 'output y = fuse.concat(...x, x)', fixes: ['leave out the dots'], notes: ['one map is passed without the dots'] },
  ],
  'not-indexable': [{ body: 'output y = x[0]', fixes: ['write gather.channels(x, [0])'] }],
  'index-out-of-range': [{ body: 'n = [2, 4]\n  output y = conv(x, n[-1])', fixes: ['write n.length - 1'] }],
  'not-a-number': [{ body: 'output y = x |> conv("2" * 4)', fixes: ['write 2'] }],
  'float-for-int': [{ body: 'output y = x |> conv(8.0)', fixes: ['write 8'] }],
  'unequal-lists': [
    { body: 'n = [1, 2] + [3]\n  output y = conv(x, n[2])', fixes: ['write [1, 2, 3]'], notes: ['to join lists, spread them: [...a, ...b]'] },
  ],
  'unequal-targets': [{ body: 'a, b = [x]\n  output y = a', fixes: ['write a = …'] }],
  'unequal-pattern': [
    { body: 'y = x\n  for [n, k] in [4, 1, 8, 1] { y = y |> conv(n, k) }\n  output z = y', fixes: ['write [[4, 1], [8, 1]]'] },
  ],
  'several-results': [
    {
      before: 'block Two(x: [H, W, C]) -> (first: like x, second: like x) {\n  return x, x\n}\n',
      body: 'output y = Two(x)',
      fixes: ['take its first: .first', 'take its second: .second'],
    },
  ],
  'missing-argument': [
    { body: 'output y = relu()', fixes: ['pass x: relu(x)'] },
    { body: 'output y = x |> conv2d(groups: 1)', fixes: [] },
  ],
  'too-few-arguments': [
    { body: 'a = relu(x)\n  output y = fuse.add([a, x])', fixes: ['spread the list: ...[a, x]'] },
    { body: 'a = relu(x)\n  output y = fuse.add(x)', fixes: ['combine it with a'] },
  ],
  'too-many-arguments': [{ body: 'output y = x |> relu(6)', fixes: ['write relu6'] }],
  'unknown-argument': [
    { body: 'output y = x |> conv(8, strides: 2)', fixes: ['call it stride'], notes: ['did you mean stride?'] },
    { body: 'output y = x |> conv(8, in_channels: 3)', fixes: ['leave out in_channels: 3'] },
  ],
  'repeated-argument': [{ body: 'output y = x |> conv(8, stride: 2, stride: 2)', fixes: ['leave out stride: 2'] }],
  'unknown-option': [
    { body: 'param k: [1, 1, 3, 4] = zeros, frozen: true\n  output y = conv2d(x, k)', fixes: ['write trainable: false'] },
  ],
  'unknown-name': [
    { body: 'output y = x |> rleu', fixes: ['use relu'], notes: ['did you mean relu?'] },
    { body: 'a = relu(x)\n  output y = stem', fixes: ['use a'] },
    { body: 'output y = conv(x, len([1, 2]))', fixes: ['write [1, 2].length'] },
    { body: 'p = same\n  output y = conv(x, 4, padding: p)', fixes: ['write same where p stands'] },
    { body: 'a = relu(x) as stem\n  output y = stem + a', fixes: ['make stem a value of its own: stem = …'] },
    { body: 'b = relu(a)\n  a = tanh(x)\n  output y = b', fixes: ['move a = … up, before line 3'] },
    { body: 'if true { a = relu(x) }\n  output y = a', fixes: ['write a = x before line 3'] },
    { body: 'output y = conv(x, 4, padding: sam)', fixes: ['use same'] },
  ],
  'unknown-like': [
    {
      before: 'block B(map: [H, W, C]) -> like mpa {\n  return map\n}\n',
      body: 'output y = B(x)',
      fixes: ['write like map'],
      notes: ['did you mean map?'],
    },
    { before: 'block B(map: [H, W, C]) -> like result {\n  return map\n}\n', body: 'output y = B(x)', fixes: ['write like map'] },
  ],
  'unknown-type': [
    { before: 'block B(x: [H, W, C], n: integer = 3) -> like x {\n  return x\n}\n', body: 'output y = B(x)', fixes: ['use int'] },
  ],
  'unknown-member': [
    { body: 'output y = conv(x, x.chanels)', fixes: ['use .channels'] },
    { body: 'output y = x.relu', fixes: ['an op follows a pipe: x |> relu'] },
  ],
  'unknown-op': [{ body: 'output y = x |> pool.average(2)', fixes: ['use pool.avg'] }],
  'family-alone': [
    {
      body: 'output y = x |> pool(2)',
      fixes: ['write pool.max', 'write pool.avg'],
      notes: ['it has pool.max, pool.avg, pool.global, pool.global_max'],
    },
  ],
  'misplaced-statement': [
    { body: 'output z = B(x)', before: 'block B(x: [H, W, C]) -> like x {\n  output y = relu(x)\n}\n', fixes: ['write return relu(x)'] },
  ],
  'no-return': [
    { body: 'output z = B(x)', before: 'block B(x: [H, W, C]) -> like x {\n  y = relu(x)\n}\n', fixes: ['end it with return y'] },
  ],
  'no-output': [{ body: 'y = relu(x)', fixes: ['write output y = …'] }],
  'repeated-output': [{ body: 'output y = relu(x)\n  output y = tanh(x)', fixes: ['call it y_2'] }],
  'endless-recursion': [
    {
      before: 'block B(x: [H, W, C], n: int) -> like x {\n  return if n == 0 then x else x |> B(n + 1)\n}\n',
      body: 'output y = x |> B(2)',
      fixes: ['count down: n - 1'],
      notes: ['n is 102 in that call'],
    },
  ],
}

for (const [cause, examples] of Object.entries(cases)) {
  for (const { body, before = '', fixes, notes } of examples) {
    s(`${cause}: ${body.replaceAll('\n ', ',')}`, () => {
      const { diagnostics } = compileText(`${before}model M {\n  input x: [32, 32, 3]\n  ${body}\n}\n`)
      const mended = diagnostics.filter((diagnostic) => diagnostic.fixes.length > 0)
      const errors = diagnostics.map(({ message }) => message).join('\n')
      assert.equal(mended.flatMap((one) => one.fixes.map(({ title }) => title)), fixes, errors)
      if (notes) assert.equal(mended.flatMap((one) => one.notes), notes, errors)
    })
  }
}

s.run()
