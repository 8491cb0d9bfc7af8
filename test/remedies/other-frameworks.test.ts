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

/** What is written elsewhere, and what the first fix makes of it; how sure it is. */
const rewritten: readonly (readonly [theirs: string, ours: string, safety: 'safe' | 'unsafe'])[] = [
  ['sum(x)', 'reduce.sum(x)', 'safe'],
  ['mean(x, [0, 1])', 'reduce.mean(x, [0, 1])', 'unsafe'],
  ['mean(x, -1)', 'reduce.mean(x, -1)', 'safe'],
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
  ['softmax(x, dim: 1)', 'softmax(x, axis: 2)', 'unsafe'],
  ['softmax(v, dim: 1)', 'softmax(v, axis: 0)', 'unsafe'],
  ['reduce.sum(x, dims: [0, 1])', 'reduce.sum(x, axis: [0, 1])', 'unsafe'],
  ['reduce.mean(x, dim: [2, 3])', 'reduce.mean(x, axis: [0, 1])', 'unsafe'],
  ['depthwise_conv2d(x, [3, 3, 4, 2])', 'conv.depthwise(x, 3x3, multiplier: 2)', 'unsafe'],
  ['conv2d_transpose(x, [2, 2, 8, 4], stride: 2)', 'conv.transpose(x, 8, 2x2, stride: 2)', 'unsafe'],
  ['x * weight.learned(x |> pool.global)', 'x * (x |> pool.global |> dense(4) |> sigmoid)', 'unsafe'],
  ['x |> UpSampling2D(2)', 'x |> resize(scale: 2, method: nearest)', 'unsafe'],
  ['x |> UpSampling2D(size: [2, 2], interpolation: "bilinear")', 'x |> resize(scale: 2, method: bilinear)', 'unsafe'],
  ['x |> upsample(2)', 'x |> resize(scale: 2, method: nearest)', 'unsafe'],
  ['x |> interpolate(2)', 'x |> resize(scale: 2, method: nearest)', 'unsafe'],
  ['F.interpolate(x, 64)', 'resize(x, 64, method: nearest)', 'unsafe'],
  ['F.interpolate(x, scale_factor: 2, mode: "bilinear", align_corners: true)', 'resize(x, scale: 2, method: bilinear, corners: aligned)', 'unsafe'],
  ['x |> nn.UpsamplingBilinear2d(2)', 'x |> resize(scale: 2, method: bilinear, corners: aligned)', 'unsafe'],
  ['x |> pool.global_avg', 'x |> pool.global', 'safe'],
  ['x |> pool.global_mean', 'x |> pool.global', 'safe'],
  ['x |> pool.max_global', 'x |> pool.global_max', 'safe'],
  ['x |> GlobalMaxPool2D', 'x |> pool.global_max', 'safe'],
  ['x |> conv.pointwise(64)', 'x |> conv(64, 1x1)', 'safe'],
  ['x |> conv.pointwise(64, bias: false)', 'x |> conv(64, 1x1, bias: false)', 'safe'],
  ['x |> conv1x1(8)', 'x |> conv(8, 1x1)', 'safe'],
  ['x |> depthwise(3x3)', 'x |> conv.depthwise(3x3)', 'safe'],
  ['tf.reduce_mean(x, [1, 2])', 'reduce.mean(x, [0, 1])', 'unsafe'],
  ['torch.mean(x, [2, 3])', 'reduce.mean(x, [0, 1])', 'unsafe'],
  ['torch.mean(x, [1, 2])', 'reduce.mean(x, [0, 1])', 'unsafe'],
  ['torch.mean(x, dim: [2, 3])', 'reduce.mean(x, axis: [0, 1])', 'unsafe'],
  ['np.mean(x, axis: 1)', 'reduce.mean(x, axis: 1)', 'unsafe'],
  ['torch.sum(x, 1)', 'reduce.sum(x, 2)', 'unsafe'],
  ['torch.sum(x, -1)', 'reduce.sum(x, -1)', 'safe'],
  ['F.softmax(x, 1)', 'softmax(x, 2)', 'unsafe'],
  ['F.softmax(v, 1)', 'softmax(v, 0)', 'unsafe'],
  ['x |> Softmax(1)', 'x |> softmax(2)', 'unsafe'],
  ['x |> Softmax(axis: 1)', 'x |> softmax(axis: 0)', 'unsafe'],
  ['x |> Softmax(axis: -1)', 'x |> softmax(axis: -1)', 'safe'],
  ['x.softmax(1)', 'softmax(x, 2)', 'unsafe'],
  ['x |> LayerNormalization(axis: [1, 2, 3])', 'x |> norm.layer(axis: [0, 1, 2])', 'unsafe'],
  ['F.log_softmax(x, -1)', 'log(softmax(x))', 'safe'],
  ['Concatenate(axis: 1)([x, x])', 'fuse.concat(x, x, axis: 0)', 'unsafe'],
  ['Concatenate(axis: 3)([x, x])', 'fuse.concat(x, x)', 'unsafe'],
  ['Concatenate(axis: -1)([x, x])', 'fuse.concat(x, x)', 'safe'],
  ['torch.cat([x, x], 1)', 'fuse.concat(x, x)', 'unsafe'],
  ['torch.cat(maps, dim: 1)', 'fuse.concat(...maps)', 'unsafe'],
  ['fuse.concat(x, x, dim: 1)', 'fuse.concat(x, x, axis: 2)', 'unsafe'],
  ['x |> concat(x, _)', 'x |> fuse.concat(x, _)', 'safe'],
  ['torch.split(x, 1, -1)[0]', 'split(x, 4, -1)[0]', 'unsafe'],
  ['torch.split(x, 2, dim: 1)[0]', 'split(x, 2, axis: 2)[0]', 'unsafe'],
  ['torch.split(x, [2, 2], dim: -1)[0]', 'split(x, 2, axis: -1)[0]', 'unsafe'],
  ['tf.split(x, 2, -1)[0]', 'split(x, 2, -1)[0]', 'safe'],
  ['torch.chunk(x, 4, 1)[0]', 'split(x, 4, 2)[0]', 'unsafe'],
  ['chunk(x, 4)[0]', 'split(x, 4)[0]', 'unsafe'],
  ['np.max(x, 0)', 'reduce.max(x, 0)', 'unsafe'],
  ['torch.max(x, 1)', 'reduce.max(x, 2)', 'unsafe'],
  ['torch.max(x, relu(x))', 'max(x, relu(x))', 'safe'],
  ['torch.max(x)', 'reduce.max(x)', 'safe'],
  ['x.max(0)', 'reduce.max(x, 0)', 'unsafe'],
  ['x.mean([2, 3])', 'reduce.mean(x, [0, 1])', 'unsafe'],
  ['1 - x.mean()', '1 - reduce.mean(x)', 'safe'],
  ['tf.maximum(x, 0)', 'maximum(x, 0)', 'safe'],
  ['torch.mul(x, 2)', 'mul(x, 2)', 'safe'],
  ['x |> multiply(2)', 'x |> mul(2)', 'safe'],
  ['x |> nn.PReLU(4)', 'x |> prelu()', 'unsafe'],
  ['x |> nn.PReLU(0.1)', 'x |> prelu(0.1)', 'safe'],
  ['x |> hswish', 'x |> hard_swish', 'safe'],
  ['x |> hsigmoid', 'x |> hard_sigmoid', 'safe'],
  ['x |> gelu_new', 'x |> gelu(approximate: true)', 'safe'],
  ['x |> conv(8, activation: gelu_new)', 'x |> conv(8, activation: gelu(_, approximate: true))', 'safe'],
  ['x |> LeakyReLU', 'x |> leaky_relu', 'unsafe'],
  ['x |> LeakyReLU(0.2)', 'x |> leaky_relu(0.2)', 'safe'],
  ['F.pad(x, [1, 2])', 'pad(x, [[0, 0], [1, 2]])', 'unsafe'],
  ['x |> F.pad([1, 2, 3, 4], mode: "reflect")', 'x |> pad([[3, 4], [1, 2]], mode: reflect)', 'unsafe'],
  ['x |> ReflectionPad2d(1)', 'x |> pad(1, mode: reflect)', 'safe'],
  ['x |> ZeroPadding2D([1, 2])', 'x |> pad([1, 2])', 'safe'],
  ['tf.pad(x, [[0, 0], [1, 1], [2, 2], [0, 0]])', 'pad(x, [[1, 1], [2, 2]])', 'unsafe'],
  ['x |> Cropping2D(1)', 'x |> crop(size: 6x6)', 'unsafe'],
  ['x |> nn.AvgPool2d(3, 1, 1)', 'x |> pool.avg(3, 1, 1, count_padding: true)', 'safe'],
  ['x |> nn.AvgPool2d(2)', 'x |> pool.avg(2)', 'safe'],
  ['x |> AveragePooling2D(3, 1, "same")', 'x |> pool.avg(3, 1, same)', 'safe'],
  ['x |> Dropout2d(0.5)', 'x |> dropout(0.5)', 'unsafe'],
  ['x |> Dropout(0.5)', 'x |> dropout(0.5)', 'safe'],
  ['x |> BatchNorm2d(4, momentum: 0.1)', 'x |> norm.batch(momentum: 0.9)', 'unsafe'],
  ['x |> nn.BatchNorm2d(4, 1e-5, 0.1)', 'x |> norm.batch(1e-5, 0.9)', 'unsafe'],
  ['x |> BatchNormalization(momentum: 0.9, center: false)', 'x |> norm.batch(momentum: 0.9, offset: false)', 'safe'],
  ['x |> InstanceNorm2d(4)', 'x |> norm.instance(scale: false, offset: false)', 'unsafe'],
  ['x |> LayerNorm(4)', 'x |> norm.layer()', 'unsafe'],
  ['x |> Conv2D(16, 3, strides: 2, padding: "same", activation: "relu", use_bias: False)', 'x |> conv(16, 3, stride: 2, padding: same, activation: relu, bias: false)', 'safe'],
  ['x |> MaxPooling2D(pool_size: 2, strides: 2)', 'x |> pool.max(size: 2, stride: 2)', 'safe'],
  ['x |> nn.Conv2d(in_channels: 4, out_channels: 16, kernel_size: 3)', 'x |> conv(filters: 16, kernel: 3)', 'unsafe'],
  ['x |> nn.Conv2d(4, 16, kernel_size: 3, stride: 2, bias: False)', 'x |> conv(16, kernel: 3, stride: 2, bias: false)', 'unsafe'],
  ['x |> DepthwiseConv2D(3, strides: 2, use_bias: false)', 'x |> conv.depthwise(3, stride: 2, bias: false)', 'safe'],
  ['[Conv2D(8, 3)][0](x)', '[conv(_, 8, 3)][0](x)', 'safe'],
  ['[nn.ReLU()][0](x)', '[relu][0](x)', 'safe'],
  ['x |> AdaptiveAvgPool2d(1)', 'x |> pool.global()', 'safe'],
  ['x |> nn.Flatten(1)', 'x |> flatten()', 'safe'],
  ['torch.flatten(x, 1)', 'flatten(x)', 'safe'],
  ['flatten(x, 1)', 'flatten(x)', 'unsafe'],
  ['x |> flatten(1)', 'x |> flatten', 'unsafe'],
  ['relu(x, 6)', 'relu6(x)', 'unsafe'],
  ['relu(x, true)', 'relu(x)', 'unsafe'],
  ['x |> ReLU(6)', 'x |> relu6()', 'safe'],
  ['x |> ReLU(max_value: 6)', 'x |> relu6()', 'safe'],
  ['x |> nn.ReLU(inplace: true)', 'x |> relu()', 'safe'],
  ['x |> conv_transpose(8, 2x2)', 'x |> conv.transpose(8, 2x2)', 'safe'],
  ['x |> nn.ConvTranspose2d(4, 8, 2)', 'x |> conv.transpose(8, 2, stride: 1)', 'unsafe'],
  ['x |> nn.ConvTranspose2d(4, 8, 3, 2, 1, 1)', 'x |> conv.transpose(8, 3, 2, [[1, 0], [1, 0]])', 'unsafe'],
  ['sum(maps)', 'fuse.add(...maps)', 'safe'],
  ['sum([x, relu(x)])', 'fuse.add(x, relu(x))', 'safe'],
  ['x |> Activation("relu")', 'x |> relu', 'safe'],
  ['Activation("relu")(x)', 'relu(x)', 'safe'],
  ['Sequential([conv(_, 8), relu])(x)', 'x |> conv(_, 8) |> relu', 'safe'],
  ['x.view(-1, 256)', 'reshape(x, [256])', 'unsafe'],
  ['x.reshape(64, 4)', 'reshape(x, [64, 4])', 'safe'],
  ['x |> reshape(64, 4)', 'x |> reshape([64, 4])', 'unsafe'],
  ['x.view(-1)', 'flatten(x)', 'safe'],
  ['m.permute(0, 2, 1)', 'transpose(m, [1, 0])', 'unsafe'],
  ['m.transpose(1, 2)', 'transpose(m, [1, 0])', 'unsafe'],
  ['torch.transpose(m, -2, -1)', 'transpose(m, [1, 0])', 'safe'],
  ['transpose(m)', 'transpose(m, [1, 0])', 'safe'],
  ['transpose(x)', 'transpose(x, [0, 2, 1])', 'unsafe'],
  ['x |> resize(scale: 2, align_corners: true)', 'x |> resize(scale: 2, corners: aligned)', 'safe'],
  ['x |> norm.batch(affine: false)', 'x |> norm.batch(scale: false, offset: false)', 'safe'],
  ['x |> dropout(keep_prob: 0.75)', 'x |> dropout(rate: 0.25)', 'unsafe'],
  ['x |> BatchNorm(8)', 'x |> norm.batch()', 'unsafe'],
  ['x |> bn(4)', 'x |> norm.batch()', 'unsafe'],
  ['x |> InstanceNorm(4)', 'x |> norm.instance()', 'unsafe'],
  ['x |> SE(4, 2)', 'x |> weight.attention(2)', 'unsafe'],
  ['x |> SE(2)', 'x |> weight.attention(2)', 'safe'],
  ['x |> eca(4, 3)', 'x |> weight.efficient(3)', 'unsafe'],
  ['x |> Conv(4, 8, 3)', 'x |> conv(4, 8, 3)', 'unsafe'],
  ['x |> Conv(8, 3)', 'x |> conv(8, 3)', 'safe'],
  ['x |> nn.GELU("tanh")', 'x |> gelu(true)', 'safe'],
  ['x |> nn.MaxPool2d(3, 2, 1, 1, false, true)', 'x |> pool.max(3, 2, 1, true)', 'safe'],
  ['x |> CenterCrop(4)', 'x |> crop(size: 4)', 'safe'],
  ['np.split(x, 2)[0]', 'split(x, 2)[0]', 'unsafe'],
  ['torch.max(x, -1)[0]', 'reduce.max(x, -1)[0]', 'unsafe'],
  ['torch.amax(x, -1)', 'reduce.max(x, -1)', 'safe'],
  ['x.clamp(0, 1)', 'min(max(x, 0), 1)', 'safe'],
  ['1 - x.pow(2)', '1 - (x * x)', 'safe'],
  ['2 * x.expm1()', '2 * (exp(x) - 1)', 'safe'],
  ['torch.log1p(x + 1)', 'log(1 + (x + 1))', 'safe'],
  ['x |> conv(x.size(1), 1x1)', 'x |> conv(x.channels, 1x1)', 'unsafe'],
  ['torch.bmm(m, transpose(m, [1, 0]))', 'matmul(m, transpose(m, [1, 0]))', 'safe'],
  ['x |> pool.global_min', 'x |> pool.global_max', 'unsafe'],
  ['x |> conv(x.weight, 1x1)', 'x |> conv(x.height, 1x1)', 'unsafe'],
  ['x |> conv.transposed(8, 2x2)', 'x |> conv.transpose(8, 2x2)', 'safe'],
  ['x |> spatial_attention', 'x |> weight.spatial', 'safe'],
  ['F.relu(weighted.maps)', 'relu(weighted.maps)', 'safe'],
  ['F.relu(x[:4, :, :])', 'relu(x[:4, :, :])', 'safe'],
  ['nn.Conv2d(4, x.channels, 1)(x)', 'conv(x, x.channels, 1)', 'unsafe'],
]

for (const [theirs, ours, safety] of rewritten) {
  s(`${theirs} becomes ${ours}`, () => {
    const text = (call: string): string => `model M {\n  input x: [8, 8, 4]\n  input v: [6]\n  input m: [10, 16]\n  maps = [x, x]\n  weighted = x |> weight.cam\n  output y = ${call}\n}`
    const [error] = compileText(text(theirs)).diagnostics.filter(({ severity }) => severity === 'error')
    const [fix] = error?.fixes ?? []
    assert.is(fix?.safety, safety)
    assert.is(applyFixes([fix!]).texts.get('model.fmw'), text(ours))
    assert.equal(compileText(text(ours)).diagnostics.filter(({ severity }) => severity === 'error'), [])
  })
}

const answered: readonly (readonly [call: string, note: string | RegExp])[] = [
  ['x |> BatchNorm(0.9)', /the first number of a normalisation is epsilon here/],
  ['x.flatten(2)', /reshape\(x, \[H \* W, C\]\)/],
  ['x.unsqueeze(0)', /put in or taken out by reshape/],
  ['F.normalize(x, dim: 1)', /to length 1 is/],
  ['torch.einsum(x, x)', /a sum over two axes is a matmul/],
  ['torch.stack([x, x])', /a new axis is made by reshape/],
  ['x |> tile(2)', /repeated by fuse.concat/],
  ['x |> conv1d(8, 3)', /an input \[1, W, C\], and its kernel 1x3/],
  ['F.log_softmax(x, 1)', 'the logarithm of a softmax is log(softmax(x))'],
  ['torch.split(x, 2)', /PyTorch's split is told how large a part is/],
  ['tf.split(x, [1, 3], -1)', /unequal ones are slices/],
  ['x |> AdaptiveAvgPool2d(7)', /pool\.avg\(size: …\)/],
  ['x.permute(0, 2, 3, 1)', /channels are always last/],
  ['x |> nn.PixelShuffle(2)', /transpose\(\[0, 3, 1, 4, 2\]\)/],
  ['x * nn.Parameter(1)', 'a weight is declared: param w: [C] = zeros'],
  ['x |> Conv1d(4, 8, 3)', /an input \[1, W, C\]/],
  ['x |> ELU(0.5)', 'did you mean elu?'],
  ['[Sequential(relu, relu)][0](x)', /ops follow each other in a pipe/],
  ['x |> conv(8, padding_mode: reflect)', 'a map is padded so before it: pad(1, mode: reflect)'],
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
  assert.is(applyFixes(error!.fixes).texts.get('model.fmw'), text('x |> pool.global |> dense(4) |> sigmoid'))
})

s('a count that only an input decides is answered', () => {
  const text = 'model M {\n  input x: [H, 8, 4]\n  output y = x * reshape(range(H), [H, 1, 1])\n}'
  const [error] = compileText(text).diagnostics
  assert.match(error?.notes.join('\n') ?? '', 'H is known when the model is run: give the input a size, a number or a parameter of the model, as in model M(size: int = 32)')
})

s.run()
