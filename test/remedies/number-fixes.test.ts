import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileText } from '../compile-text.ts'

const s = suite('numbers that do not fit are fixed')

const firstFix = (text: string): string | undefined => compileText(text, {}, { model: 'M' }).diagnostics[0]?.fixes[0]?.title
const model = (...body: readonly string[]): string => `model M {\n  ${body.join('\n  ')}\n}`

s('by the smallest input that every window fits into, along both axes', () => {
  const deep = ['for width in [8, 16, 32] { x = x |> conv(width, 3x3) |> pool.max(2) }', 'output y = x']
  assert.is(firstFix(model('input x: [20, 50, 3]', ...deep)), 'write input x: [22, 50, 3]')
  assert.is(firstFix(model('input x: [20, 10, 3]', ...deep)), 'write input x: [22, 22, 3]')
})

s('by the padding that other windows of the network have', () => {
  const steps = ['y = x |> conv(8, 3x3, padding: same)', 'output z = y |> conv(8, 9x9)']
  assert.is(firstFix(model('input x: [8, 8, 3]', ...steps)), 'write padding: same, with which any window fits')
})

s('by a divisor where it is written, or in the call of a block that has another default', () => {
  const block = 'block Grouped(x: [H, W, C], groups: int = 8) -> [_, _, C] { return x |> conv(C, 3x3, groups:) }\n'
  assert.is(firstFix(model('input x: [9, 9, 36]', 'output y = x |> conv(36, 3x3, groups: 8)')), 'write 4, which divides 36')
  assert.is(firstFix(block + model('input x: [9, 9, 36]', 'output y = Grouped(x)')), 'write groups: 4, which divides 36')
})

s('by what is one off and divides', () => {
  assert.is(
    firstFix(model('input x: [9, 9, 3]', 'output y = x |> conv(63, 3x3) |> conv(64, 3x3, groups: 4)')),
    'write 64, which 4 divides',
  )
})

s.run()
