import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { compileText } from '../compile-text.ts'

const s = suite('names that other frameworks use')

/** The first fix of the one error of a call. */
function firstFix(call: string): { readonly title: string; readonly texts: readonly string[] } | undefined {
  const text = `model M {\n  input x: [8, 8, 4]\n  input v: [6]\n  output y = ${call}\n}`
  const [fix] = compileText(text).diagnostics.find(({ severity }) => severity === 'error')?.fixes ?? []
  return fix && { title: fix.title, texts: fix.edits.map((edit) => edit.text) }
}

const parameters: readonly (readonly [call: string, ours: string])[] = [
  ['x |> conv(8, strides: 2)', 'stride'],
  ['x |> conv(units: 8)', 'filters'],
  ['v |> dense(filters: 8)', 'units'],
  ['x |> conv(out_channels: 8)', 'filters'],
  ['v |> dense(out_channels: 8)', 'units'],
  ['v |> dense(out_features: 8)', 'units'],
  ['x |> conv(channels: 8)', 'filters'],
  ['v |> dense(num_classes: 8)', 'units'],
  ['x |> conv(8, kernel_size: 5)', 'kernel'],
  ['x |> pool.max(kernel_size: 2)', 'size'],
  ['x |> pool.max(pool_size: 2)', 'size'],
  ['x |> conv(8, dilation_rate: 2)', 'dilation'],
  ['x |> conv(8, use_bias: false)', 'bias'],
  ['x |> conv(8, num_groups: 2)', 'groups'],
  ['x |> conv.depthwise(depth_multiplier: 2)', 'multiplier'],
  ['x |> conv(8, kernel_initializer: he_normal)', 'init'],
  ['x |> norm.batch(eps: 1e-3)', 'epsilon'],
  ['x |> weight.attention(reduction: 2)', 'ratio'],
  ['x |> leaky_relu(alpha: 0.1)', 'slope'],
  ['x |> leaky_relu(negative_slope: 0.1)', 'slope'],
  ['x |> resize(output_size: [4, 4])', 'to'],
  ['x |> resize(scale_factor: 2)', 'scale'],
  ['x |> resize(scale: 2, interpolation: nearest)', 'method'],
  ['x |> resize(scale: 2, mode: nearest)', 'method'],
  ['x |> conv(num_filters: 8)', 'filters'],
  ['x |> conv(8, pad: 1)', 'padding'],
  ['x |> conv(8, act: relu)', 'activation'],
  ['norm.adaptive(x, gamma: v, offset: v)', 'scale'],
  ['norm.adaptive(x, v, beta: v)', 'offset'],
  ['norm.adaptive(x, v, shift: v)', 'offset'],
  ['reduce.mean(x, axis: 2, keepdims: true)', 'keep'],
  ['reduce.mean(x, axis: 2, keepdim: true)', 'keep'],
  ['softmax(x, dim: 2)', 'axis'],
  ['reduce.sum(x, dims: [0, 1])', 'axis'],
  ['x |> dropout(p: 0.5)', 'rate'],
  ['x |> pool.max(2, ceil_mode: true)', 'ceil'],
  ['x |> pool.avg(2, count_include_pad: true)', 'count_padding'],
]

for (const [call, ours] of parameters) s(`${call} is told of ${ours}`, () => assert.is(firstFix(call)?.title, `call it ${ours}`))

const ops: readonly (readonly [theirs: string, ours: string])[] = [
  ['Conv1d', 'conv'],
  ['Conv2D', 'conv'],
  ['Convolution', 'conv'],
  ['Convolution2D', 'conv'],
  ['DepthwiseConv2D', 'conv.depthwise'],
  ['SeparableConv2D', 'conv.separable'],
  ['Conv2DTranspose', 'conv.transpose'],
  ['ConvTranspose2d', 'conv.transpose'],
  ['Deconv', 'conv.transpose'],
  ['MaxPool', 'pool.max'],
  ['MaxPool2d', 'pool.max'],
  ['MaxPooling2D', 'pool.max'],
  ['AvgPool', 'pool.avg'],
  ['AvgPool2d', 'pool.avg'],
  ['AveragePooling2D', 'pool.avg'],
  ['GAP', 'pool.global'],
  ['GlobalAvgPool', 'pool.global'],
  ['GlobalAveragePooling2D', 'pool.global'],
  ['AdaptiveAvgPool2d', 'pool.global'],
  ['GlobalMaxPooling2D', 'pool.global_max'],
  ['bn', 'norm.batch'],
  ['BatchNorm', 'norm.batch'],
  ['batch_norm2d', 'norm.batch'],
  ['BatchNormalization', 'norm.batch'],
  ['LayerNorm', 'norm.layer'],
  ['LayerNormalization', 'norm.layer'],
  ['InstanceNorm', 'norm.instance'],
  ['InstanceNorm2d', 'norm.instance'],
  ['Linear', 'dense'],
  ['fc', 'dense'],
  ['cat', 'fuse.concat'],
  ['concat', 'fuse.concat'],
  ['Concatenate', 'fuse.concat'],
  ['Multiply', 'fuse.mul'],
  ['Average', 'fuse.mean'],
  ['Upsample', 'resize'],
  ['UpSampling2D', 'resize'],
  ['interpolate', 'resize'],
  ['ZeroPadding2D', 'pad'],
  ['Cropping2D', 'crop'],
  ['SqueezeExcite', 'weight.attention'],
  ['SqueezeExcitation', 'weight.attention'],
  ['SE', 'weight.attention'],
  ['eca', 'weight.efficient'],
  ['pool.average', 'pool.avg'],
  ['pool.mean', 'pool.avg'],
  ['pool.maximum', 'pool.max'],
  ['fuse.sum', 'fuse.add'],
  ['fuse.maximum', 'fuse.max'],
  ['fuse.minimum', 'fuse.min'],
  ['gather.select', 'gather.channels'],
  ['gather.index', 'gather.channels'],
  ['conv.pointwise', 'conv'],
  ['LeakyReLU', 'leaky_relu'],
  ['HardSwish', 'hard_swish'],
  ['HardSigmoid', 'hard_sigmoid'],
]

for (const [theirs, ours] of ops)
  s(`${theirs} is told of ${ours}`, () => {
    const text = `model M {\n  input x: [8, 8, 4]\n  output y = x |> ${theirs}(2)\n}`
    const [mistake] = compileText(text).diagnostics.filter(({ severity }) => severity === 'error')
    const said = [...(mistake?.notes ?? []), ...(mistake?.fixes ?? []).flatMap(({ title, edits }) => [title, ...edits.map((edit) => edit.text)])]
    assert.ok(said.some((one) => one.split(/[^\w.]/).includes(ours)), said.join(' | '))
  })

for (const nothing of ['None', 'null', 'nil', 'undefined'])
  s(`${nothing} is told of none and identity`, () => {
    const text = `model M {\n  input x: [8, 8, 4]\n  output y = x |> conv(8, activation: ${nothing})\n}`
    const [mistake] = compileText(text).diagnostics.filter(({ severity }) => severity === 'error')
    assert.equal(mistake?.notes, ['no value is written none, an activation that does nothing identity'])
    assert.equal(mistake?.fixes.map(({ title }) => title), ['write identity'])
  })

/** What is written elsewhere, and what the first fix makes of it; how sure it is. */
const rewritten: readonly (readonly [theirs: string, ours: string, safety: 'safe' | 'unsafe'])[] = [
  ['sum(x)', 'reduce.sum(x)', 'safe'],
  ['mean(x, [0, 1])', 'reduce.mean(x, [0, 1])', 'safe'],
  ['erfc(x)', '1 - erf(x)', 'safe'],
  ['softmin(x)', 'softmax(-x)', 'safe'],
  ['log_sigmoid(x)', '-softplus(-x)', 'safe'],
  ['LogSoftmax(x)', 'log(softmax(x))', 'safe'],
  ['mox(x, 0)', 'max(x, 0)', 'unsafe'],
  ['abz(x)', 'abs(x)', 'unsafe'],
  ['ABS(x)', 'abs(x)', 'safe'],
  ['fuse.sud(x, x)', 'fuse.sub(x, x)', 'unsafe'],
  ['lrelu(x)', 'leaky_relu(x)', 'safe'],
  ['pow(x, 2)', 'x * x', 'safe'],
  ['2 * pow(x, 3)', '2 * (x * x * x)', 'safe'],
  ['pow(x, 0.5)', 'sqrt(x)', 'safe'],
  ['square(x)', 'x * x', 'safe'],
  ['rsqrt(x)', '1 / sqrt(x)', 'safe'],
  ['clamp(x, 0, 1)', 'min(max(x, 0), 1)', 'safe'],
  ['sign(x)', '(x > 0) - (x < 0)', 'safe'],
  ['fuse.sub(1, x)', '1 - x', 'safe'],
  ['2 * fuse.add(x, 1)', '2 * (x + 1)', 'safe'],
  ['Dense(10)(v)', 'dense(v, 10)', 'safe'],
  ['Conv2D(8, 3, activation: relu)(x)', 'conv(x, 8, 3, activation: relu)', 'safe'],
  ['ReLU()(x)', 'relu(x)', 'safe'],
  ['Concatenate()([x, x])', 'fuse.concat(x, x)', 'safe'],
  ['x |> nn.ReLU()', 'x |> relu()', 'safe'],
  ['F.relu(x)', 'relu(x)', 'safe'],
  ['tf.nn.relu(x)', 'relu(x)', 'safe'],
  ['torch.cat([x, x])', 'fuse.concat(x, x)', 'safe'],
  ['nn.Linear(6, 10)(v)', 'dense(v, 10)', 'unsafe'],
  ['x |> nn.Conv2d(4, 8, 3)', 'x |> conv(8, 3)', 'unsafe'],
  ['x |> Conv2d(4, 8, 3)', 'x |> conv(8, 3)', 'unsafe'],
  ['x |> BatchNorm2d(4)', 'x |> norm.batch()', 'unsafe'],
  ['x |> conv.transpose(8, 3x3, output_padding: 1)', 'x |> conv.transpose(8, 3x3, padding: [[1, 0], [1, 0]])', 'unsafe'],
  ['x |> conv.transpose(8, 3x3, padding: 1, output_padding: 1)', 'x |> conv.transpose(8, 3x3, padding: [[1, 0], [1, 0]])', 'unsafe'],
  ['x |> conv.transpose(8, 4x4, stride: 4, output_padding: 1)', 'x |> conv.transpose(8, 5x5, stride: 4)', 'unsafe'],
  ['conv2d(x, [3, 3, 4, 16])', 'conv(x, 16, 3x3)', 'unsafe'],
  ['conv2d(x, [16, 4, 3, 3], stride: 2)', 'conv(x, 16, 3x3, stride: 2)', 'unsafe'],
  ['x |> conv2d([3, 3, 1, 1])', 'x |> conv.depthwise(3x3)', 'unsafe'],
  ['x |> conv2d([3, 4, 1, 1])', 'x |> conv.depthwise(3x4)', 'unsafe'],
  ['x |> weight.learned(pool.global(x))', 'x * pool.global(x)', 'unsafe'],
  ['relu(x) + weight.learned(x, pool.global(x))', 'relu(x) + (x * pool.global(x))', 'unsafe'],
  ['x |> relu |> weight.learned(pool.global(x))', '(x |> relu) * pool.global(x)', 'unsafe'],
  ['softmax(x, dim: -1)', 'softmax(x, axis: -1)', 'safe'],
  ['softmax(x, dim: 1)', 'softmax(x, axis: 1)', 'unsafe'],
  ['reduce.mean(x, dim: [2, 3])', 'reduce.mean(x, axis: [2, 3])', 'unsafe'],
  ['depthwise_conv2d(x, [3, 3, 4, 2])', 'conv.depthwise(x, 3x3, multiplier: 2)', 'unsafe'],
  ['conv2d_transpose(x, [2, 2, 8, 4], stride: 2)', 'conv.transpose(x, 8, 2x2, stride: 2)', 'unsafe'],
  ['x * weight.learned(x |> pool.global)', 'x * (x |> pool.global |> dense(units: 4) |> sigmoid)', 'unsafe'],
]

for (const [theirs, ours, safety] of rewritten) {
  s(`${theirs} becomes ${ours}`, () => {
    const text = (call: string): string => `model M {\n  input x: [8, 8, 4]\n  input v: [6]\n  output y = ${call}\n}`
    const [error] = compileText(text(theirs)).diagnostics.filter(({ severity }) => severity === 'error')
    const [fix] = error?.fixes ?? []
    assert.is(fix?.safety, safety)
    assert.is(applyFixes([fix!]).texts.get('model.fmw'), text(ours))
  })
}

const answered: readonly (readonly [call: string, note: string | RegExp])[] = [
  ['sin(x)', /there are no angles here/],
  ['crelu(x)', 'both signs apart are fuse.concat(relu(x), relu(-x))'],
  ['celu(x)', /with a of 1 it is elu/],
  ['rrelu(x)', /a slope is not drawn at random/],
  ['glu(x)', /a, b = split\(x, 2\)/],
  ['swiglu(x)', /a, b = split\(x, 2\)/],
  ['exp2(x)', 'a power of two is exp(x * log(2))'],
  ['sort(x)', /nothing is sorted here/],
  ['argmax(v)', /gather\.top takes the largest/],
  ['std(x)', /norm\.standard divides by it/],
  ['where(x > 0, x, 0)', 'comparisons are 1 or 0: a choice is mask * a + (1 - mask) * b'],
  ['GroupNorm(2)(x)', /reshape\(x, \[H, W, groups, C \/ groups\]\)/],
  ['nn.Transformer(x)', 'nothing here is called like nn.Transformer: fmw explain lists all ops'],
  ['x |> conv.transpose(8, 3x3, padding: half, output_padding: 1)', 'conv.transpose gives (n - 1) · 2 + 3 rows less what padding cuts off'],
]

for (const [call, note] of answered) {
  s(`${call} is answered, and not rewritten`, () => {
    const text = `model M {\n  input x: [8, 8, 4]\n  input v: [6]\n  output y = ${call}\n}`
    const [error] = compileText(text).diagnostics.filter(({ severity }) => severity === 'error')
    assert.match(error?.notes.join('\n') ?? '', note)
    assert.equal(error?.fixes, [])
  })
}

s('a gate of a vector is a name like any other', () => {
  const text = (gate: string): string => `model M {\n  input x: [8, 8, 4]\n  g = ${gate}\n  output y = x * g\n}`
  const [error] = compileText(text('weight.learned(x |> pool.global)')).diagnostics
  assert.equal(error?.labels.map((label) => label.text), ['[4] comes from here'])
  assert.equal(error?.notes, ['weight.learned makes the weights of the map that it is given, and weights that map: x |> weight.learned'])
  assert.is(error?.fixes.length, 1)
  assert.is(applyFixes(error!.fixes).texts.get('model.fmw'), text('x |> pool.global |> dense(units: 4) |> sigmoid'))
})

s('a count that only an input decides is answered', () => {
  const text = 'model M {\n  input x: [H, 8, 4]\n  output y = x * reshape(range(H), [H, 1, 1])\n}'
  const [error] = compileText(text).diagnostics
  assert.match(error?.notes.join('\n') ?? '', 'H is known when the model is run: give the input a size, a number or a parameter of the model, as in model M(size: int = 32)')
})

s.run()
