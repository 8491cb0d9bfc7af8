import { hasBatch, type TensorType } from '../graph/graph.ts'
import { outOfRange } from './shape/argument-range.ts'
import { mapAxes } from './shape/axis.ts'
import { differ } from './shape/equal-extents.ts'
import { argument, extent, local, runtime, tf, type Expression, type TrainingExpression } from './tfjs/expression.ts'
import { blaming, definePrimitive, problem, type Refused } from './primitive.ts'
import { wrongRank } from './shape/rank.ts'

export const batchNorm = definePrimitive({
  name: 'batch_norm',
  doc: `\`scale · (x - mean) / √(variance + epsilon) + offset\`, per channel; all samples share the
four vectors. In training mean and biased
variance are those of the batch, over every axis but the channels, and the moving ones become momentum · moving + (1 - momentum)
· batch (Keras' sense of momentum); frozen or not in training, the moving ones are used. \`norm.batch\` is this with weights of its own.`,
  paper: 'Ioffe and Szegedy 2015, Batch Normalization, section 3, algorithm 1 (arXiv 1502.03167)',
  result: 'the shape of x',
  example: `input x: [32, 32, 16]
param scale: [16] = ones
param offset: [16] = zeros
state mean: [16] = zeros
state variance: [16] = ones
output y: [32, 32, 16] = batch_norm(x, scale, offset, mean, variance)`,
  signature: {
    x: { kind: 'tensor', doc: 'any shape but a scalar; the channels are the last axis' },
    scale: { kind: 'optional_tensor', doc: '[C]; 1 without' },
    offset: { kind: 'optional_tensor', doc: '[C]; 0 without' },
    mean: { kind: 'tensor', doc: '[C], the moving mean' },
    variance: { kind: 'tensor', doc: '[C], the moving variance' },
    epsilon: { kind: 'number', default: 0.001, doc: 'what keeps the root from 0' },
    momentum: { kind: 'number', default: 0.99, doc: 'the share of the old moving statistics' },
  },
  facts: { perChannel: ['x', 'scale', 'offset', 'mean', 'variance'], centredOn: 'offset' },
  shape: ({ x, scale, offset, mean, variance, epsilon, momentum }) => {
    const last = x.shape.at(-1)
    if (!last) return problem('shape/rank', { op: 'batch_norm', parameter: 'x', wanted: 'channels', found: '[]' })
    for (const [name, vector] of Object.entries({ scale, offset, mean, variance })) {
      if (!vector) continue
      const refused =
        wrongRank('batch_norm', name, vector, 'vector') ?? ofEachSample(name, vector) ?? differ('batch_norm', mapAxes.channels, last, vector.shape[0]!, [])
      if (refused) return refused
    }
    return (
      outOfRange('batch_norm', 'epsilon', 'positive', epsilon, epsilon > 0) ??
      outOfRange('batch_norm', 'momentum', 'from 0 to 1', momentum, momentum >= 0 && momentum <= 1) ??
      x.shape
    )
  },
  targets: {
    tfjs: {
      run: (call) => normalised(call, argument('mean'), argument('variance')),
      train: (call) => {
        const { x, momentum } = call
        const axes = Array.from({ length: x.shape.length - (hasBatch(x) ? 0 : 1) }, (_, axis) => axis)
        const moved = (moving: Expression, batch: TrainingExpression) =>
          tf('add', tf('mul', moving, momentum), tf('mul', batch, 1 - momentum))
        return {
          locals: {
            mean: tf('mean', argument('x'), axes),
            variance: tf('mean', tf('square', tf('sub', argument('x'), local('mean'))), axes),
          },
          value: normalised(call, local('mean'), local('variance')),
          updates: { mean: moved(argument('mean'), local('mean')), variance: moved(argument('variance'), local('variance')) },
        }
      },
      module: ({ scale, offset, epsilon, momentum }, { frozen }) => {
        const statistics = [argument('mean'), argument('variance')]
        const affine = [offset && argument('offset'), scale && argument('scale')]
        return frozen ? undefined : runtime('batchNorm', argument('x'), ...statistics, ...affine, epsilon, momentum)
      },
    },
  },
})

/** The refusal of a vector that samples do not share: no target has that, and the language has what says it. */
function ofEachSample(parameter: string, vector: TensorType): Refused | undefined {
  if (!hasBatch(vector)) return undefined
  const isAffine = parameter === 'scale' || parameter === 'offset'
  const instead = isAffine
    ? 'what depends on an input is multiplied and added behind it: `norm.batch(x, scale: false, offset: false) * scale + offset`'
    : 'statistics of each sample are those of `norm.instance`, `norm.layer` and `norm.group`; of others `(x - mean) / sqrt(variance + 0.001)`'
  const facts = { op: 'batch_norm', parameter, wanted: 'the same for all samples', value: 'computed from an input' }
  return blaming({ parameter }, problem('shape/argument-range', facts, [], [instead]))
}

interface Normalised {
  readonly x: TensorType
  readonly scale: TensorType | undefined
  readonly offset: TensorType | undefined
  readonly epsilon: number
}

function normalised(call: Normalised, mean: Expression, variance: Expression): Expression
function normalised(call: Normalised, mean: TrainingExpression, variance: TrainingExpression): TrainingExpression
function normalised(
  { x, scale, offset, epsilon }: Normalised,
  mean: TrainingExpression,
  variance: TrainingExpression,
): TrainingExpression {
  // without an offset and a scale tfjs computes the same, but its gradient throws
  const shift = offset ? argument('offset') : tf('zerosLike', mean)
  const vectors = [mean, variance, shift, scale ? argument('scale') : tf('onesLike', mean)]
  // tfjs takes up to four axes, the batch included
  if (x.shape.length <= 3) return tf('batchNorm', argument('x'), ...vectors, epsilon)
  const dims = x.shape.map(({ dim }) => extent(dim))
  const rows = tf('batchNorm', tf('reshape', argument('x'), [-1, dims.at(-1)!]), ...vectors, epsilon)
  return tf('reshape', rows, hasBatch(x) ? [-1, ...dims] : dims)
}
