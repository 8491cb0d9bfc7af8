import type { Dim } from '../src/compiler/dim/expr.ts'
import type { Graph, Node } from '../src/compiler/graph/graph.ts'
import { buildGraph } from './graphs.ts'

/** ResNet-50 (He et al. 2016) with the stride on the 3x3 convolution. */
export function resnet50(height: Dim, width: Dim): Graph {
  const g = buildGraph('ResNet50')

  const conv = (x: Node, filters: number, size: number, stride: number, path: string): Node => {
    const channels = Number(x.type.shape[2]!.dim)
    const kernel = g.param(`${path}/conv/kernel`, [size, size, channels, filters])
    const pad = (size - 1) / 2
    const padding = [[pad, pad], [pad, pad]]
    const y = g.op('conv2d', { x, kernel }, { stride: [stride, stride], padding }, `${path}/conv/conv2d`)
    const [scale, offset] = ['scale', 'offset'].map((name) => g.param(`${path}/norm/${name}`, [filters]))
    const [mean, variance] = ['mean', 'variance'].map((name) => g.state(`${path}/norm/${name}`, [filters]))
    return g.op(
      'batch_norm',
      { x: y, scale: scale!, offset: offset!, mean: mean!, variance: variance! },
      {},
      `${path}/norm/batch_norm`,
    )
  }
  const relu = (x: Node, path: string): Node => g.op('relu', { x }, {}, `${path}/relu`)

  const bottleneck = (x: Node, width: number, stride: number, path: string): Node => {
    const a = relu(conv(x, width, 1, 1, `${path}/a`), `${path}/a`)
    const b = relu(conv(a, width, 3, stride, `${path}/b`), `${path}/b`)
    const c = conv(b, 4 * width, 1, 1, `${path}/c`)
    const shortcut = x.type.shape[2]!.dim === 4 * width ? x : conv(x, 4 * width, 1, stride, `${path}/shortcut`)
    return relu(g.op('add', { a: c, b: shortcut }, {}, `${path}/add`), path)
  }

  const stem = relu(conv(g.input('image', [height, width, 3]), 64, 7, 2, 'stem'), 'stem')
  let x: Node = g.op('max_pool', { x: stem }, { size: [3, 3], stride: [2, 2], padding: [[1, 1], [1, 1]] }, 'stem/max_pool')
  for (const [stage, [filters, count]] of ([[64, 3], [128, 4], [256, 6], [512, 3]] as const).entries()) {
    for (let i = 0; i < count; i++) x = bottleneck(x, filters, i === 0 && stage > 0 ? 2 : 1, `stage${stage + 1}/${i}`)
  }
  const pooled = g.op('reduce_axes', { x }, { how: 'mean', axis: [0, 1] }, 'pool')
  const product = g.op('matmul', { a: pooled, b: g.param('dense/kernel', [2048, 1000]) }, {}, 'dense/matmul')
  g.output('logits', g.op('add', { a: product, b: g.param('dense/bias', [1000]) }, {}, 'dense/add'))
  return g.graph()
}
