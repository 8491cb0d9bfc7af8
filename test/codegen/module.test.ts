import type * as tfjs from '@tensorflow/tfjs-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emitModule } from '../../src/codegen/tfjs/module/emit-module.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { modelsOf } from '../example-models.ts'
import { bitsOf, evaluateNaively, inputsFor, weightsFor } from '../graph-tensors.ts'
import { buildGraph } from '../graphs.ts'
import { about, emit, flatWeights, importModel, treeOf, typeErrors } from './emitted.ts'
import { isAsReviewed } from './is-as-reviewed.ts'
import { runnerOf } from './runner-of.ts'
import { sampleGraph, unsupportedGraph } from './graphs.ts'

const s = suite('the emitted module')

/** What no variable can be called, or means something else in a module. */
const words = ['class', 'default', 'await', 'yield', 'static', 'eval', 'arguments', 'tf', 'NaN', 'undefined', 'conv2d', 'w']

/** Names that JavaScript, TypeScript or the module itself have another use for. */
const awkward = (name: string): Graph =>
  graphOf(`model ${name} {
  input class: [new, weights, 3]
  input tf: [new, 2]
  w = class |> conv(3, 1x1) as function
  at = w + class
  range = relu(at) * w
  output enum = range |> conv(2, 1x1) as await
  output Math = relu(tf)
}`)

/** No weights, no inputs: nothing but constants and what follows from them. */
function constants(): Graph {
  const g = buildGraph('Constants')
  const table = g.constant([2, 2], [1, -0, Infinity, NaN], 'table')
  g.output('table', table)
  g.output('scalar', g.constant([], [0.1], 'tenth'))
  g.output('sum', g.op('mul', { a: table, b: g.constant([], [-Infinity], 'endless') }, {}, 'sum'))
  return g.graph()
}

/** How many lines each has at most. */
const lines: Readonly<Record<string, number>> = { lenet5: 150, resnet50: 160, unet: 150 }

for (const [name, most] of Object.entries(lines)) {
  s(`reads like code written by hand: ${name}`, async () => {
    const text = await emit(...modelsOf(`${name}.fmw`))
    assert.ok(text.split('\n').length <= most, `${text.split('\n').length} lines`)
    isAsReviewed(name, text)
  })
}

s('a block that calls itself is a function that calls itself, and ends where its weights do', async () => {
  const text = await emit(...modelsOf('unet.fmw'))
  const [, level = ''] = /\nfunction level\(([\s\S]*?)\n\}\n/.exec(text) ?? []
  assert.match(level, 'if (!w.below || !w.up || !w.merged)')
  assert.match(level, 'level(deep, w.below)')
})

s('turns are a loop over an array of weights, a comprehension a map', async () => {
  const text = await emit(
    graphOf(`model Looped {
  input x: [8, 8, 4]
  for i in range(3) { x = x |> conv(4, 3x3, padding: same, activation: relu) as layers }
  output y = fuse.concat(...[for n in [1, 2]: conv(x, n, 1x1) as heads])
}`),
  )
  assert.match(text, 'readonly layers: readonly Conv[]')
  assert.match(text, 'for (const [i, layer] of w.layers.entries()) {')
  assert.match(text, "conv(x, layer, 'same', tf.relu)")
  assert.match(text, "w.heads.map((head) => conv(x, head, 'valid', (x) => x))")
})

s('several models of one text share their blocks', async () => {
  const block = 'block Twice(x: [H, W, C]) -> like x { return x |> conv(C, 1x1) as _ |> relu |> tanh }'
  const text = await emit(
    graphOf(`${block}\nmodel A { input x: [4, 4, 2]\n  output y = Twice(x) as _ }`),
    graphOf(`${block}\nmodel B { input x: [4, 4, 2]\n  output y = Twice(x) as _ }`),
  )
  assert.is(text.match(/^function twice\(/gm)?.length, 1)
  assert.match(text, 'export const A = model(')
  assert.match(text, 'export const B = model(')
  assert.equal(typeErrors([text]), [])
})

s('an op of an op says its rank, which TypeScript 5.9 would not find, and is tidied', async () => {
  const text = await emit(...modelsOf('systems/top-channels.fmw'))
  assert.match(text, "tf.tidy(() => tf.cast(tf.greater<tf.Tensor3D>(other, own), 'float32'))")
  const dense = await emit(...modelsOf('systems/14-dynamic-convolution.fmw'))
  assert.match(dense, 'return tf.tidy(() => tf.relu(tf.matMul<tf.Tensor2D>(x, w.kernel)))')
})

/** What a module calls of the runtime file in place of many ops: in groups, of one map for all samples, of borders that differ. */
const inOneCall = (): Graph =>
  graphOf(`model InOneCall {
  input x: [H, W, 4] where H >= 6, W >= 6
  input style: [3]
  param table: [5, 5, 4] = uniform(-1, 1)
  kernels = style |> dense(3 * 3 * 2 * 6) |> reshape([3, 3, 2, 6])
  output grouped = conv2d(x, kernels, stride: 2, padding: 1, groups: 2)
  output each = depthwise_conv2d(x, style |> dense(3 * 2 * 4 * 2) |> reshape([3, 2, 4, 2]), stride: 2, padding: 1, dilation: [1, 2])
  output one = depthwise_conv2d(x, style |> dense(3 * 3 * 4) |> reshape([3, 3, 4, 1]), padding: [[1, 1], [0, 2]])
  output up = conv2d_transpose(x, style |> dense(3 * 2 * 5 * 4) |> reshape([3, 2, 5, 4]), stride: [2, 3], padding: same)
  output out = conv2d_transpose(table, style |> dense(3 * 3 * 2 * 4) |> reshape([3, 3, 2, 4]), stride: 2, padding: [[1, 0], [1, 1]])
  output own = conv2d(table, style |> dense(3 * 3 * 4 * 2) |> reshape([3, 3, 4, 2]), padding: [[0, 1], [2, 0]])
  output mirrored = pad(x, [[2, 0], [1, 3]], mode: reflect) |> pad(1, mode: symmetric)
}`)

s('kernels of each sample and mirrored borders are one call each, which gives the bits of the runner', () =>
  withBackend('cpu', async (tf) => {
    const graph = inOneCall()
    const text = await emit(graph)
    assert.is(text.match(/ conv2dPerSample\(/g)?.length, 2)
    assert.is(text.match(/ depthwiseConv2dPerSample\(/g)?.length, 2)
    assert.is(text.match(/ conv2dTransposePerSample\(/g)?.length, 2)
    assert.is(text.match(/ mirrorPad\(/g)?.length, 2)
    assert.not.match(text, /tf\.(slice|reverse)/)
    const { apply } = await importModel(text, 'InOneCall')
    const weights = weightsFor(graph, tf)
    const inputs = inputsFor(graph, tf, { extents: { H: 7, W: 6 } })
    const runner = runnerOf(graph, tf)
    runner.load(weights)
    assert.equal(bitsOf(apply(treeOf(weights), inputs)), bitsOf(runner.run(inputs)))
  }))

s('is the same text each time', async () => {
  const [graph] = modelsOf('se-resnet50.fmw')
  assert.is(await emit(graph!), await emit(graph!))
})

s('is accepted by strict TypeScript, whatever the model and its inputs are called', async () => {
  const names = ['Tf', 'Default', 'Weights', 'constructor', 'Maps', 'model', 'Tensor', 'undefined_', ...words]
  const graphs = [sampleGraph(), constants(), ...names.map(awkward)]
  assert.equal(typeErrors(await Promise.all(graphs.map((graph) => emit(graph)))), [])
})

s('exports what is called like a word of the language with an underscore, and names that differ in little as two', async () => {
  const block = 'block Net2(x: [H, W, C]) -> like x { return x |> conv(C, 1x1) |> relu }'
  const model = (name: string): Graph => graphOf(`${block}\nmodel ${name} { input x: [4, 4, 2]\n  output y = Net2(Net2(x)) |> conv(3, 1x1) }`)
  const text = await emit(...['class', 'class_', 'Net_2', 'net_2', 'NET2'].map(model))
  assert.equal([...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name), ['class_', 'class__2', 'Net_2', 'net_2', 'NET2'])
  assert.equal(typeErrors([text]), [])
})

s('computes what has the name of a prototype, and says which of two is frozen by no number that differs, too', () =>
  withBackend('cpu', async (tf) => {
    const graph = graphOf(`block Head(x: [H, W, C]) -> [2] { return x |> pool.global |> dense(2) as _ }
model Odd {
  input __proto__: [4, 4, 1]
  input b: [4, 4, 3]
  first = freeze Head(__proto__)
  output __proto__ = first + Head(b)
}`)
    const text = await emit(graph)
    assert.equal(typeErrors([text]), [])
    assert.match(text, 'trainable: trainable')
    assert.not.match(text, /trainable: C/)
    const { apply } = await importModel(text, 'Odd')
    const weights = weightsFor(graph, tf)
    const inputs = inputsFor(graph, tf)
    const runner = runnerOf(graph, tf)
    runner.load(weights)
    assert.equal(bitsOf(apply(treeOf(weights), inputs)), bitsOf(runner.run(inputs)))
  }))

s('computes the same whatever things are called', () =>
  withBackend('cpu', async (tf) => {
    const graph = awkward('Default')
    const { apply } = await importModel(await emit(graph), 'Default')
    const weights = weightsFor(graph, tf)
    const inputs = inputsFor(graph, tf, { extents: { new: 3, weights: 2 } })
    const runner = runnerOf(graph, tf)
    runner.load(weights)
    assert.equal(bitsOf(apply(treeOf(weights), inputs)), bitsOf(runner.run(inputs)))
  }))

s('texts and comments stay in their comments', async () => {
  const text = await emit(graphOf('/// An end */ and `ticks` ${and} more\nmodel Doc {\n  input x: [2]\n  output y = relu(x)\n}'))
  assert.match(text, 'An end *\\/ and')
  assert.equal(typeErrors([text]), [])
})

s('refuses, in its types, weights that are missing and inputs of another rank or size', async () => {
  const text = await emit(...modelsOf('lenet5.fmw'))
  const errors = typeErrors([
    `${text}\nLeNet5.init().predict({ image: tf.tensor3d([[[1]]]) })`,
    `${text}\nleNet5({ s2: LeNet5.init().weights.s2 }, { image: tf.zeros([1, 32, 32, 1]) })`,
    `${text}\nexport const wrong = (image: Maps<28, 28, 1>) => LeNet5.init().predict({ image })`,
  ])
  assert.is(errors.length, 3)
  assert.match(errors[0]!, "Type 'Tensor3D' is not assignable to type 'Maps<32, 32, 1, number>'")
  assert.match(errors[1]!, 'is missing the following properties')
  assert.match(errors[2]!, "Type 'Maps<28, 28, 1, number>' is not assignable to type 'Maps<32, 32, 1, number>'")
})

s('gives exactly the numbers of the runner, and leaks nothing', () =>
  withBackend('cpu', async (tf) => {
    const graph = sampleGraph()
    const { apply } = await importModel(await emit(graph), graph.name)
    const weights = weightsFor(graph, tf)
    const inputs = inputsFor(graph, tf, { extents: { H: 6, W: 5 } })
    const runner = runnerOf(graph, tf)
    runner.load(weights)
    const expected = bitsOf(runner.run(inputs))
    const before = tf.memory().numTensors
    const outputs = apply(treeOf(weights), inputs)
    assert.equal(bitsOf(outputs), expected)
    tf.dispose(outputs)
    assert.is(tf.memory().numTensors, before)
  }))

s('writes constants to the bit, few as numbers and many as a text', () =>
  withBackend('cpu', async (tf) => {
    const bitsOfModule = async (graph: Graph): Promise<unknown> => {
      const { apply } = await importModel(await emit(graph), graph.name)
      return bitsOf(apply({}, {}))
    }
    assert.equal(await bitsOfModule(constants()), bitsOf(runnerOf(constants(), tf).run({})))
    const g = buildGraph('Many')
    g.output('table', g.constant([10, 10], Array.from({ length: 100 }, (_, i) => Math.fround(Math.sin(i))), 'table'))
    g.output('signs', g.constant([10, 10], Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? -1 : 1)), 'signs'))
    const many = g.graph()
    assert.equal(await bitsOfModule(many), bitsOf(runnerOf(many, tf).run({})))
    assert.match(await emit(many), /floats\(/)
  }))

s('refuses inputs the model was not checked for', () =>
  withBackend('cpu', async (tf) => {
    const g = buildGraph('Checked')
    const H = inputExtent('H', { modulus: 4, remainder: 1, min: 5, max: 13 })
    g.output('a', g.op('relu', { x: g.input('a', [H, 2]) }))
    g.output('b', g.op('relu', { x: g.input('b', [H, 3]) }))
    g.require(inputExtent('H', { modulus: 4, remainder: 1, min: 5, max: 13 }), 'b/pool')
    const { apply } = await importModel(await emit(g.graph()), 'Checked')
    const refusal = (a: readonly number[], b: readonly number[]): string => refusalOf(() => apply({}, { a: tf.zeros([...a]), b: tf.zeros([...b]) }))
    assert.is(refusal([1, 9, 2], [1, 9, 3]), 'none')
    assert.match(refusal([1, 9, 4], [1, 9, 3]), 'a')
    assert.match(refusal([1, 9, 2], [1, 5, 3]), 'b')
    assert.is(refusal([1, 8, 2], [1, 8, 3]), 'Checked cannot take inputs of this size: H % 4 must be 1 (H is 8)')
    assert.is(refusal([1, 1, 2], [1, 1, 3]), 'Checked cannot take inputs of this size: H must be at least 5 (H is 1)')
    assert.is(refusal([1, 17, 2], [1, 17, 3]), 'Checked cannot take inputs of this size: H must be at most 13 (H is 17)')
    assert.is(refusal([1, 2, 2], [1, 2, 3]), 'Checked cannot take inputs of this size: H % 4 must be 1; H must be at least 5 (H is 2)')
  }))

function refusalOf(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    assert.instance(error, RangeError)
    return (error as RangeError).message
  }
}

s('refuses a map that is smaller than the one it is cut to', () =>
  withBackend('cpu', async (tf) => {
    const graph = graphOf(`model Cut {
  input picture: [H, W, 1]
  input mask: [h, w, 1] where H > h and W >= w
  output y = picture |> crop(like: mask)
}`)
    const { apply } = await importModel(await emit(graph), 'Cut')
    const picture = tf.tensor([...Array(12).keys()], [1, 4, 3, 1])
    assert.equal([...apply({}, { picture, mask: tf.zeros([1, 2, 1, 1]) })['y']!.dataSync()], [4, 7])
    assert.is(refusalOf(() => apply({}, { picture, mask: tf.zeros([1, 4, 1, 1]) })), 'Cut cannot take inputs of this size: H must be at least h + 1 (H is 4, W is 3, h is 4, w is 1)')
    assert.is(refusalOf(() => apply({}, { picture, mask: tf.zeros([1, 3, 4, 1]) })), 'Cut cannot take inputs of this size: W must be at least w (H is 4, W is 3, h is 3, w is 4)')
  }))

s('pads a map as far as another one reaches, as the runner does', () =>
  withBackend('cpu', async (tf) => {
    const graph = graphOf(`model Framed {
  input picture: [H, W, 1]
  input frame: [h, w, 1] where h >= H, w >= W
  output y = picture |> pad(like: frame)
}`)
    const { apply } = await importModel(await emit(graph), 'Framed')
    const inputs = { picture: tf.tensor([1, 2, 3, 4], [1, 2, 2, 1]), frame: tf.zeros([1, 2, 4, 1]) }
    for (const given of [apply({}, inputs), runnerOf(graph, tf).run(inputs)])
      assert.equal([...given['y']!.dataSync()], [0, 1, 2, 0, 0, 3, 4, 0])
    assert.is(
      refusalOf(() => apply({}, { ...inputs, frame: tf.zeros([1, 1, 4, 1]) })),
      'Framed cannot take inputs of this size: h must be at least H (H is 2, W is 2, h is 1, w is 4)',
    )
  }))

s('what a dropout gives outlives what it was given', () =>
  withBackend('cpu', async (tf) => {
    const g = buildGraph('Dropped')
    const x = g.input('x', [4])
    const a = g.op('exp', { x })
    const dropped = g.op('dropout', { x: a }, { rate: 0.5 })
    const b = g.op('abs', { x: a })
    g.output('y', g.op('sub', { a: g.op('elu', { x: dropped }), b }))
    const graph = g.graph()
    const { apply } = await importModel(await emit(graph), 'Dropped')
    const inputs = inputsFor(graph, tf, {})
    assert.equal(bitsOf(apply({}, inputs)), bitsOf(runnerOf(graph, tf).run(inputs)))
  }))

/** The largest number of bytes that a model holds at once beyond its weights and inputs. */
function peakOf(tf: typeof tfjs, run: () => unknown): number {
  const engine = tf.engine()
  const before = engine.memory().numBytes
  let peak = 0
  const { runKernel } = engine
  engine.runKernel = ((...args: Parameters<typeof runKernel>) => {
    const result = runKernel.apply(engine, args)
    peak = Math.max(peak, engine.memory().numBytes - before)
    return result
  }) as typeof runKernel
  try {
    tf.dispose(run() as tfjs.TensorContainer)
  } finally {
    engine.runKernel = runKernel
  }
  return peak
}

s('holds at most a tenth more than disposing of each value at once, for ResNet-50', () =>
  withBackend('wasm', async (tf) => {
    const [graph] = modelsOf('resnet50.fmw')
    const { model } = await importModel(await emit(graph!), 'ResNet50')
    const net = model.init()
    const inputs = { image: tf.zeros([1, 224, 224, 3]) }
    const runner = runnerOf(graph!, tf)
    const weights = new Map(flatWeights(net.weights))
    runner.load(weights)
    const oneTidy = peakOf(tf as typeof tfjs, () => tf.tidy(() => evaluateNaively(graph!, tf, weights, inputs)))
    const atOnce = peakOf(tf as typeof tfjs, () => runner.run(inputs))
    const emitted = peakOf(tf as typeof tfjs, () => net.predict(inputs))
    console.log(`    peak of ResNet-50: ${(emitted / 1e6).toFixed(1)} MB emitted, ${(atOnce / 1e6).toFixed(1)} MB disposing at once, ${(oneTidy / 1e6).toFixed(1)} MB in one tf.tidy`)
    assert.ok(emitted <= 1.1 * atOnce, `${emitted} bytes against ${atOnce}`)
    net.dispose()
  }))

s('is not written for what TensorFlow.js cannot compute', async () => {
  const emitted = await emitModule([unsupportedGraph()], about)
  assert.ok('unsupported' in emitted)
  assert.is(emitted.unsupported[0]!.node.path, 'norm/whiten')
})

s.run()
