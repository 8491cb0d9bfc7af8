import { printShape } from '../../src/compiler/dim/print.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { keptElements } from './compute.ts'
import type { Tensors } from './request.ts'

/** A model, and the function of a module beside parity.py that makes the same for PyTorch. */
export interface Case {
  /** The name of the function. */
  readonly name: string
  /** What is compared, as the name of the test. */
  readonly title: string
  /** A file below examples/, or the text of a model. */
  readonly source: string
  /** Which of the models of the file, where it has several. */
  readonly model?: string
  /** What symbolic extents are. */
  readonly extents?: Readonly<Record<string, number>>
  /** Makes the elements of the targets of numbers between -1 and 1. */
  readonly target?: (uniform: number) => number
  /** Inputs of the function that the model does not have, of the graph and the inputs. */
  readonly more?: (graph: Graph, inputs: Tensors) => Tensors | Promise<Tensors>
  /** Weights by path, instead of random ones. */
  readonly start?: Readonly<Record<string, readonly number[]>>
  /** Whether class activation maps are compared, as an output `activation` [batch, h, w, classes]. */
  readonly activations?: boolean
  /** One sample has no variance over the batch, and PyTorch refuses to normalise it. */
  readonly trainsOnlyBatches?: boolean
}

const example = (file: string): string => `examples/${file}.fmw`

const model = (...lines: readonly string[]): string => `model Parity {\n${lines.join('\n')}\n}\n`

/** A block whose normalisation can be frozen with it. */
const below =
  'block Below(image: [H, W, C]) -> [_, _, 4] {\n  below = conv(image, 4, 3x3)\n  y = norm.batch(below)\n  return y\n}\n'

export const cases: readonly Case[] = [
  { name: 'static_weighting', title: '1 static weighting', source: example('systems/01-static-weighting') },
  {
    name: 'weighted_convolution',
    title: '1 static weighting of a convolution, which alone learns',
    source: model(
      'input image: [7, 9, 3]',
      'maps = conv(image, 8, 3x3)',
      'output weighted = weight.static(maps, [for i in range(8): if i % 2 == 0 then 0.5 else 1.0])',
    ),
  },
  { name: 'learned_weighting', title: '2 learned channel weighting', source: example('systems/02-learned-weighting') },
  {
    name: 'attention_weighting',
    title: '3 squeeze and excitation, with biases',
    source: example('systems/03-attention-weighting'),
  },
  {
    name: 'attention_without_biases',
    title: '3 squeeze and excitation without biases, the ratio not dividing',
    source: model('input maps: [6, 5, 24]', 'output weighted = weight.attention(maps, ratio: 5, bias: false)'),
  },
  { name: 'efficient_attention', title: '3 efficient channel attention', source: example('systems/efficient-attention') },
  {
    name: 'efficient_attention_of_many',
    title: '3 efficient channel attention, whose kernel grows with the channels',
    source: model('input maps: [5, 6, 256]', 'output weighted = weight.efficient(maps)'),
  },
  { name: 'block_attention', title: '3 CBAM, whose spatial normalisation moves', source: example('systems/block-attention') },
  { name: 'static_indexing', title: '4 static indexing', source: example('systems/04-static-indexing') },
  { name: 'top_channels', title: '4 the strongest channels of each sample', source: example('systems/top-channels') },
  { name: 'dynamic_masking', title: '5 dynamic masking, a mask for each sample', source: example('systems/05-dynamic-masking') },
  { name: 'learnable_gating', title: '6 learnable gating', source: example('systems/06-learnable-gating') },
  { name: 'connection_table', title: '7 selective connection by a table', source: example('systems/07-connection-table') },
  {
    name: 'lenet5',
    title: '7 LeNet-5 as a whole, with the table of C3',
    source: example('lenet5'),
    // the distances to the pictures of the digits are of this size
    target: (uniform) => 5 * uniform - 45,
    more: (graph) => ({ digits: constantOf(graph, [10, 84]) }),
  },
  { name: 'elementwise_fusion', title: '8 elementwise fusion', source: example('systems/08-elementwise-fusion') },
  {
    name: 'fused_convolutions',
    title: '8 elementwise fusions of convolutions, which learn through each',
    source: model(
      'input x: [6, 7, 3]',
      'input y: [6, 7, 2]',
      'a = conv(x, 4, 3x3)',
      'b = conv(y, 4, 3x3)',
      'smooth = 2 + sigmoid(b)',
      'output sum = fuse.add(a, b)',
      'output difference = fuse.sub(a, b)',
      'output product = fuse.mul(a, b)',
      'output quotient = fuse.div(a, smooth)',
      'output most = fuse.max(a, b)',
      'output least = fuse.min(a, b)',
      'output mean = fuse.mean(a, b, smooth)',
    ),
  },
  { name: 'concatenation', title: '9 concatenation and 1x1 convolution', source: example('systems/09-concatenation') },
  {
    name: 'learned_average',
    title: '10 learned weighted average, one weight and one for each channel',
    source: example('systems/10-learned-average'),
  },
  { name: 'alignment', title: '11 alignment, up and down', source: example('systems/11-alignment') },
  {
    name: 'resized',
    title: '11 resizing, with both meanings of the corners',
    source: model(
      'input b: [7, 7, 5]',
      'x = conv(b, 4, 1x1)',
      'output half_up = resize(x, to: [11, 13])',
      'output half_down = resize(x, to: [4, 5])',
      'output aligned_up = resize(x, to: [11, 13], corners: aligned)',
      'output aligned_down = resize(x, to: [4, 5], corners: aligned)',
      'output nearest_up = resize(x, to: [14, 21], method: nearest)',
    ),
  },
  {
    name: 'colour_network',
    title: '12 the first of two networks',
    source: example('backbones'),
    model: 'Colour',
    extents: { H: 16, W: 12 },
  },
  {
    name: 'depth_network',
    title: '12 the second of two networks',
    source: example('backbones'),
    model: 'Depth',
    extents: { H: 16, W: 12 },
  },
  {
    name: 'two_networks',
    title: '12 two networks in a third, one of them frozen',
    source: example('systems/12-two-networks'),
    extents: { H: 16, W: 12 },
  },
  {
    name: 'convex_combination',
    title: '13 convex combination of convolutions',
    source: example('systems/13-convex-combination'),
  },
  { name: 'normalized_fusion', title: '13 fast normalised fusion', source: example('systems/normalized-fusion') },
  {
    name: 'normalized_of_three',
    title: '13 fast normalised fusion, in which a map with a negative weight has no part',
    source: model('input a: [5, 6, 4]', 'input b: [5, 6, 4]', 'input c: [5, 6, 4]', 'output fused = fuse.normalized(a, b, c)'),
    start: { 'fused/fuse/weights': [0.03, 0.06, -0.3] },
  },
  {
    name: 'selective_kernels',
    title: '13 selective kernels',
    source: example('systems/selective-kernels'),
    trainsOnlyBatches: true,
  },
  {
    name: 'dynamic_convolution',
    title: '14 dynamic convolution at its first temperature',
    source: example('systems/14-dynamic-convolution'),
  },
  {
    name: 'warm_dynamic_convolution',
    title: '14 dynamic convolution at a temperature at which the experts differ',
    source: model('input x: [7, 6, 16]', 'output y = conv.dynamic(x, 6, 3x3, padding: same, annealed: 2.0)'),
  },
  {
    name: 'conditional_convolution',
    title: '14 conditionally parameterised convolution',
    source: example('systems/conditional-convolution'),
  },
  {
    name: 'strided_conditional_convolution',
    title: '14 conditionally parameterised convolution with a stride',
    source: model('input x: [7, 9, 5]', 'output y = conv.conditional(x, 6, 3x3, stride: 2)'),
  },
  {
    name: 'classifier_attention',
    title: '15 attention of U-GAT-IT: maps, logits and heatmap',
    source: example('systems/15-classifier-attention'),
  },
  {
    name: 'adaptive_normalisation',
    title: '15 AdaLIN, with biased variances',
    source: example('systems/adaptive-normalisation'),
  },
  {
    name: 'adaptive_normalisation_unbiased',
    title: '15 AdaLIN, with unbiased variances',
    source: model(
      'input x: [5, 7, 6]',
      'input gamma: [6]',
      'input beta: [6]',
      'output y = norm.adaptive(x, gamma, beta, unbiased: true)',
    ),
  },
  {
    name: 'class_activation_mapping',
    title: '16 class activation mapping',
    source: example('systems/16-class-activation-mapping'),
    activations: true,
  },
  {
    name: 'equal_convolutions',
    title: '17 convex combination of equal convolutions',
    source: example('systems/17-one-convolution'),
    model: 'SumOfConvolutions',
  },
  {
    name: 'one_convolution',
    title: '17 the same as one convolution',
    source: example('systems/17-one-convolution'),
    model: 'OneConvolution',
  },
  {
    name: 'batch_normalisation',
    title: "batch normalisation, with PyTorch's and with Keras' epsilon and momentum",
    source: model(
      'input image: [9, 8, 3]',
      'x = image |> conv(4, 3x3, bias: false) |> norm.batch(epsilon: 1e-5, momentum: 0.9) |> relu',
      'output y = x |> conv(5, 3x3, bias: false) |> norm.batch |> relu',
    ),
  },
  {
    name: 'frozen_normalisation',
    title: 'batch normalisation, frozen',
    source: below + model('input image: [9, 8, 3]', 'x = freeze Below(image)', 'output y = conv(x, 5, 3x3)'),
  },
  {
    name: 'dropped',
    title: 'dropout, whose kept elements are divided by their share',
    source: model('input x: [6, 7, 3]', 'output y = x |> dropout(0.4) |> conv(4, 3x3)'),
    more: async (graph, inputs) => ({ kept: await keptElements(graph, inputs) }),
  },
]

/** The only constant of a shape. */
function constantOf(graph: Graph, shape: readonly number[]): TensorData {
  const constants = graph.nodes.filter((node) => node.kind === 'constant')
  const found = constants.filter(({ type }) => printShape(type.shape) === `[${shape.join(', ')}]`)
  if (found.length !== 1) throw new Error(`${found.length} constants [${shape.join(', ')}] in ${graph.name}`)
  return { shape, values: Float32Array.from(found[0]!.values) }
}
