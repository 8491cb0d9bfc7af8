import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileText } from '../compile-text.ts'

const s = suite('parameters and ops by the names that they have elsewhere')

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
  ['softmax(x, dim: -1)', 'axis'],
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
  ['Multiply', 'mul'],
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

s.run()
