import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fixedText as fixed } from '../fixed-text.ts'
import { compileText } from '../compile-text.ts'

const s = suite('fixes of shapes')

const inModel = (...lines: readonly string[]): string => `model M {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

/** The titles of what is offered for the only error of a text. */
function offered(text: string): readonly string[] {
  const { diagnostics } = compileText(text)
  assert.is(diagnostics.length, 1)
  return diagnostics[0]!.fixes.map(({ title }) => title)
}

s('count axes without the batch', () => {
  const reduced = (axes: string): string => inModel('input x: [8, 6, 4, 3]', `output y = x |> reduce.mean(axis: ${axes})`)
  assert.is(fixed(reduced('[2, 4]')), reduced('[1, 3]'))
  // 0 would be the batch: whoever writes it does not count that
  assert.is(fixed(reduced('[0, 4]')), reduced('[0, 4]'))
})

s('leave out an order of axes that would bring the channels to the back, where they are', () => {
  const turned = (shape: string, step: string): string => inModel(`input x: [${shape}]`, `output y = x${step} |> conv(8, 1x1)`)
  assert.is(fixed(turned('32, 32, 8', ' |> transpose([0, 2, 3, 1])')), turned('32, 32, 8', ''))
  assert.is(fixed(turned('8, 32, 32', ' |> transpose([0, 2, 3, 1])')), turned('8, 32, 32', ' |> transpose([1, 2, 0])'))
  assert.is(fixed(inModel('input x: [9, 9, 3]', 'output y = transpose(x, [0, 2, 3, 1])')), inModel('input x: [9, 9, 3]', 'output y = x'))
  for (const shape of ['32, 32, 8', '8, 32, 32']) {
    const text = turned(shape, ' |> transpose([0, 2, 3, 1])')
    assert.is(fixed(text, 'safe'), text)
  }
  // whoever reshaped it, or has the channels in the last of four axes, counts as fmw does
  const reshaped = (order: string): string => inModel('input x: [4, 4, 8]', 'a = x |> reshape([16, 2, 4])', `output y = a |> transpose([${order}])`)
  assert.is(fixed(reshaped('0, 2, 3, 1'), 'safe'), reshaped('1, 2, 0'))
  assert.is(fixed(inModel('input x: [9, 9, 3]', 'output y = transpose(x, [0, 3, 1, 2])'), 'safe'), inModel('input x: [9, 9, 3]', 'output y = transpose(x, [2, 0, 1])'))
})

s('leave out an order of axes that brings the channels to the front for a convolution', () => {
  const convolved = (step: string): string => inModel('input x: [9, 9, 3]', `output y = x |> relu${step} |> conv(8, 3x3)`)
  const text = convolved(' |> transpose([0, 3, 1, 2])')
  assert.is(fixed(text), convolved(''))
  assert.is(fixed(text, 'safe'), text)
})

s('turn an input that has its channels first, and the parameter that it is given to, where the result has them last', () => {
  const stem = (parameter: string, input: string): string =>
    `block Stem(x: [${parameter}]) -> [H, W, 16] {\n  return x |> conv(16, 3x3, padding: same)\n}\n${inModel(`input x: [${input}]`, 'output y = Stem(x)')}`
  assert.is(fixed(stem('3, H, W', '3, 64, 64')), stem('H, W, 3', '64, 64, 3'))
})

s('leave the batch out of a shape', () => {
  const shaped = (shape: string): string => inModel('input x: [32, 32, 8]', `output y = reshape(x, [${shape}])`)
  for (const [wrong, right] of [
    ['-1, 8192', '8192'],
    ['-1, 8, 1024', '8, 1024'],
    ['1, -1', '8192'],
    ['-1, 32 * 32 * 8', '32 * 32 * 8'],
    ['x.shape[0], -1', '8192'],
  ] as const) {
    assert.is(fixed(shaped(wrong)), shaped(right))
    assert.is(fixed(shaped(wrong), 'safe'), shaped(wrong))
  }
  const twice = (first: string, second: string): string =>
    inModel('input x: [32, 32, 8]', `q = x |> reshape([${first}]) |> softmax`, `output y = q |> reshape([${second}])`)
  assert.is(fixed(twice('-1, 8', '32, 32, -1'), 'safe'), twice('1024, 8', '32, 32, 8'))
  const named = (places: string): string =>
    `block Places(x: [H, W, C]) -> like x {\n  return x |> reshape([${places}, C]) |> softmax |> reshape([H, W, C])\n}\n${inModel('input x: [9, 8, 3]', 'output y = Places(x)')}`
  assert.is(fixed(named('-1'), 'safe'), named('H * W'))
  // one of the tensor's own axes
  for (const [wrong, right] of [['-1, 64', '128, 64'], ['1, 1, -1', '1, 1, 8192'], ['-1', '8192']] as const) assert.is(fixed(shaped(wrong), 'safe'), shaped(right))
})

s('flatten a small map, and average a large one or one of any size', () => {
  const classified = (size: string, step: string): string => inModel(`input x: [${size}]`, `output y = x${step} |> dense(10)`)
  assert.is(fixed(classified('7, 7, 512', '')), classified('7, 7, 512', ' |> flatten'))
  assert.is(fixed(classified('56, 56, 64', '')), classified('56, 56, 64', ' |> pool.global'))
  assert.is(fixed(classified('H, W, 64', '')), classified('H, W, 64', ' |> pool.global'))
})

s('flatten where a dense layer is called without a pipe, and around a choice', () => {
  const classified = (argument: string): string => inModel('input x: [4, 4, 3]', `output y = dense(${argument}, 10)`)
  assert.is(fixed(classified('x')), classified('x |> flatten'))
  const deep = 2
  assert.is(
    fixed(classified(`if ${deep} > 1 then x else relu(x)`)),
    classified(`(if ${deep} > 1 then x else relu(x)) |> flatten`),
  )
})

s('move the head of a classifier out of a loop with its comments', () => {
  const text = inModel(
    'input image: [16, 16, 3]',
    'x = image',
    'for width in [8, 16] {',
    '  x = x |> conv(width) |> relu // the stage',
    '  // the head',
    '  x = x |> flatten |> dense(4) |> relu // four',
    '  x = x |> dropout(0.5)',
    '}',
    'output y = x |> dense(1)',
  )
  const moved = inModel(
    'input image: [16, 16, 3]',
    'x = image',
    'for width in [8, 16] {',
    '  x = x |> conv(width) |> relu // the stage',
    '}',
    '// the head',
    'x = x |> flatten |> dense(4) |> relu // four',
    'x = x |> dropout(0.5)',
    'output y = x |> dense(1)',
  )
  assert.is(fixed(text), moved)
})

s('take the picture of another layout as it is declared, and turn a map that is computed', () => {
  const classifier = 'block Head(x: [H, W, 3]) -> [_] {\n  return x |> pool.global |> dense(2)\n}\n'
  const declared = (shape: string): string => classifier + inModel(`input x: ${shape}`, 'output y = Head(x)')
  assert.is(fixed(declared('[3, 32, 24]')), declared('[32, 24, 3]'))
  const computed = (argument: string): string => classifier + inModel('input x: [3, 32, 24]', `output y = Head(${argument})`)
  assert.is(fixed(computed('relu(x)')), computed('relu(x) |> transpose([1, 2, 0])'))
})

s('make pictures grey, or three channels of grey ones, and leave other inputs alone', () => {
  const called = (wanted: number, given: number, argument: string): string =>
    `block Head(x: [H, W, ${wanted}]) -> [_] {\n  return x |> pool.global |> dense(2)\n}\n${inModel(`input x: [8, 8, ${given}]`, `output y = Head(${argument})`)}`
  assert.is(fixed(called(1, 3, 'x')), called(1, 3, 'x |> reduce.mean(axis: 2, keep: true)'))
  assert.is(fixed(called(3, 1, 'x')), called(3, 1, 'x |> gather.channels([0, 0, 0])'))
  assert.is(fixed(called(3, 16, 'x')), called(3, 16, 'x'))
})

s('pad every convolution that a written shape does not allow to shrink, and take back a stride', () => {
  const block = (...steps: readonly string[]): string =>
    `block B(x: [H, W, C]) -> [H, W, C] {\n  return x |> ${steps.join(' |> ')}\n}\n${inModel('input x: [H, W, 3] where H % 2 == 0, W % 2 == 0', 'output y = B(x)')}`
  assert.is(
    fixed(block('conv(C, 3x3)', 'relu', 'conv(C, 5x5)')),
    block('conv(C, 3x3, padding: same)', 'relu', 'conv(C, 5x5, padding: same)'),
  )
  assert.is(fixed(block('conv(C, 3x3, stride: 2, padding: same)')), block('conv(C, 3x3, stride: 1, padding: same)'))
})

s('hold a value to the shape that is written for it before they change the shape', () => {
  const annotated = (shape: string, step: string): string =>
    inModel('input x: [8, 8, 16]', `y: ${shape} = x |> ${step}`, 'output z = y |> relu')
  assert.equal(offered(annotated('[8, 8, 4]', 'conv(4, 3x3)')), ['write padding: same in conv(4, 3x3)', 'write [6, 6, 4]'])
  assert.equal(offered(annotated('[16]', 'flatten')), ['write pool.global for flatten', 'write [1024]'])
  assert.is(fixed(annotated('[16 * 4 * 4]', 'flatten')), annotated('[16 * 8 * 8]', 'flatten'))
})

s('count the elements of a reshape where its channels are written, and leave height and width alone', () => {
  const generated = (units: string, shape: string): string =>
    inModel('input x: [10]', `output y = x |> dense(${units}) |> reshape(${shape})`)
  assert.equal(offered(generated('4 * 4 * 8', '[4, 4, 16]')), ['write [4, 4, 8]'])
  assert.equal(offered(generated('100', '[4, 4, 3]')), ['write 48 for 100'])
})

s('write the extent that -1 stands for', () => {
  const reshaped = (shape: string): string => inModel('input x: [4, 6, 3]', `output y = x |> reshape(${shape})`)
  assert.is(fixed(reshaped('[-1, 3]')), reshaped('[24, 3]'))
  assert.is(fixed(reshaped('[-1, 5]')), reshaped('[-1, 5]'))
  assert.is(fixed(reshaped('[-1, -1]')), reshaped('[-1, -1]'))
})

s('keep the rows of what weighs a map by convolutions, and write the product that stretches', () => {
  const squeezed = (pool: string, last: string): string =>
    inModel('input x: [28, 28, 64]', `s = x |> ${pool} |> conv(16, 1x1) |> relu |> conv(64, 1x1) |> sigmoid`, last)
  const [mean, max] = ['reduce.mean(axis: [0, 1], keep: true)', 'reduce.max(axis: [0, 1], keep: true)']
  assert.is(fixed(squeezed('pool.global', 'output y = fuse.mul(x, s)')), squeezed(mean, 'output y = x * s'))
  assert.is(fixed(squeezed('pool.global', 'output y = x |> fuse.mul(s)')), squeezed(mean, 'output y = x * s'))
  assert.is(fixed(squeezed('pool.global_max', 'output y = x * s')), squeezed(max, 'output y = x * s'))
  const inline = (pool: string): string => `x |> ${pool} |> conv(64, 1x1) |> sigmoid`
  assert.is(
    fixed(inModel('input x: [28, 28, 64]', `output y = fuse.mul(x, ${inline('pool.global')})`)),
    inModel('input x: [28, 28, 64]', `output y = x * (${inline(mean)})`),
  )
})

s('join channels where an annotation says so, whatever axis stands there', () => {
  const joined = (axis: number): string =>
    inModel('input x: [16, 16, 32]', 'a = x |> conv(8, 1x1)', `y: [16, 16, 16] = fuse.concat(a, relu(a), axis: ${axis})`, 'output z = y')
  assert.is(fixed(joined(1)), joined(2))
})

s.run()
