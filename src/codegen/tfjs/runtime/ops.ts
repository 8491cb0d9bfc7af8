import * as tf from '@tensorflow/tfjs-core'
import { at, range } from './arrays.ts'

/** What stands around a map: as TensorFlow's words say, so many on every side, or rows above and below, columns left and right. */
export type Pad = 'same' | 'valid' | number | Sides

type Sides = [rows: [number, number], columns: [number, number]]

/** Of rows and columns, or of both. */
export type Size = number | [rows: number, columns: number]

/** Maps with a batch axis, or one map. */
type MapTensor = tf.Tensor3D | tf.Tensor4D

type Values = tf.Tensor | readonly tf.Tensor[]

/** What a block gives: of several results, by their names. */
type Results = Values | Readonly<Record<string, Values>>

/** What may be disposed of: what is false is not there. */
type Old = tf.Tensor | false | readonly Old[]

/** Disposes of the old values, but never of what is next itself, and gives the next. */
export function replace<T extends Results>(old: Old, next: T): T {
  const kept = tensorsIn(next)
  for (const tensor of tensorsIn(old)) if (!kept.includes(tensor)) tensor.dispose()
  return next
}

function tensorsIn(values: Old | Results): readonly tf.Tensor[] {
  if (values instanceof tf.Tensor) return [values]
  return values ? Object.values(values).flatMap(tensorsIn) : []
}

/**
 * The convolution of maps [batch, rows, columns, channels], or of one without the batch, with a kernel [rows, columns, channels,
 * filters]; zeros are around a map.
 */
export function conv2d(x: tf.Tensor3D, kernel: tf.Tensor4D, stride: Size, pad: Pad, dilation?: Size): tf.Tensor3D
export function conv2d(x: tf.Tensor4D, kernel: tf.Tensor4D, stride: Size, pad: Pad, dilation?: Size): tf.Tensor4D
export function conv2d(x: MapTensor, kernel: tf.Tensor4D, stride: Size, pad: Pad, dilation: Size = 1): MapTensor {
  return padded(x, pad, 0, (map, word) => tf.conv2d(map, kernel, stride, word, 'NHWC', dilation))
}

/** The convolution of each channel with kernels of its own: [rows, columns, channels, kernels of each]. */
export function depthwiseConv2d(x: tf.Tensor3D, kernel: tf.Tensor4D, stride: Size, pad: Pad): tf.Tensor3D
export function depthwiseConv2d(x: tf.Tensor4D, kernel: tf.Tensor4D, stride: Size, pad: Pad): tf.Tensor4D
export function depthwiseConv2d(x: MapTensor, kernel: tf.Tensor4D, stride: Size, pad: Pad): MapTensor {
  return padded(x, pad, 0, (map, word) => tf.depthwiseConv2d(map, kernel, stride, word))
}

/** The largest element of each window of `size`; what is around a map is never it. */
export function maxPool(x: tf.Tensor3D, size: Size, stride: Size, pad: Pad): tf.Tensor3D
export function maxPool(x: tf.Tensor4D, size: Size, stride: Size, pad: Pad): tf.Tensor4D
export function maxPool(x: MapTensor, size: Size, stride: Size, pad: Pad): MapTensor {
  return padded(x, pad, -Infinity, (map, word) => tf.maxPool(map, size, stride, word))
}

/** The mean of each window of `size`; explicit zeros around a map count. */
export function avgPool(x: tf.Tensor3D, size: Size, stride: Size, pad: Pad): tf.Tensor3D
export function avgPool(x: tf.Tensor4D, size: Size, stride: Size, pad: Pad): tf.Tensor4D
export function avgPool(x: MapTensor, size: Size, stride: Size, pad: Pad): MapTensor {
  return padded(x, pad, 0, (map, word) => tf.avgPool(map, size, stride, word))
}

const everywhere = (pad: number): Sides => [
  [pad, pad],
  [pad, pad],
]

/** Explicit pads are an op of their own: not every backend has gradients of ops that take them. */
function padded(
  x: MapTensor,
  pad: Pad,
  value: number,
  op: (x: MapTensor, pad: 'same' | 'valid') => MapTensor,
): MapTensor {
  if (typeof pad === 'string') return op(x, pad)
  const [rows, columns] = typeof pad === 'number' ? everywhere(pad) : pad
  const batch: [number, number][] = x.rank === 4 ? [[0, 0]] : []
  return tf.tidy(() => op(tf.pad(x, [...batch, rows, columns, [0, 0]], value), 'valid'))
}

/**
 * A map with rows and columns around it that mirror it: at its border elements (`reflect`: c b | a b c | b a), or with them (`symmetric`:
 * b a | a b c | c b). The gradient of TensorFlow.js's own mirrorPad forgets what they add to the border.
 */
export function mirrorPad(x: tf.Tensor3D, pad: Sides, mode: 'reflect' | 'symmetric'): tf.Tensor3D
export function mirrorPad(x: tf.Tensor4D, pad: Sides, mode: 'reflect' | 'symmetric'): tf.Tensor4D
export function mirrorPad(x: MapTensor, [rows, columns]: Sides, mode: 'reflect' | 'symmetric'): MapTensor {
  const skipped = mode === 'reflect' ? 1 : 0
  const mirroredAlong = (map: MapTensor, axis: number, [before, after]: [number, number]): MapTensor => {
    const reversed = (begin: number, size: number): MapTensor[] => {
      if (size === 0) return []
      const along = (value: number, rest: number): number[] => map.shape.map((_, i) => (i === axis ? value : rest))
      return [tf.reverse(tf.slice(map, along(begin, 0), along(size, -1)), axis)]
    }
    const end = at(map.shape, axis) - after - skipped
    return tf.concat([...reversed(skipped, before), map, ...reversed(end, after)], axis)
  }
  const height = x.rank - 3
  return tf.tidy(() => mirroredAlong(mirroredAlong(x, height, rows), height + 1, columns))
}

/** Filters in as many runs as channels, each reading its own run: the kernel is [rows, columns, channels / groups, filters]. */
export function groupedConv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  stride: Size,
  pad: Pad,
  groups: number,
  dilation: Size = 1,
): tf.Tensor4D {
  return tf.tidy(() => {
    const maps = tf.split<tf.Tensor4D>(x, groups, 3)
    const kernels = tf.split<tf.Tensor4D>(kernel, groups, 3)
    return tf.concat(
      maps.map((map, group) => conv2d(map, at(kernels, group), stride, pad, dilation)),
      3,
    )
  })
}

/**
 * Each map [batch, height, width, channels] with a kernel of its own: [batch, rows, columns, channels / groups, filters]. The channels
 * under all taps are laid side by side, and the product with the flattened kernel sums over both.
 */
export function conv2dPerSample(
  x: tf.Tensor4D,
  kernels: tf.Tensor5D,
  stride: Size,
  pad: number | Sides,
  dilation: Size = 1,
  groups = 1,
): tf.Tensor4D {
  return tf.tidy(() => {
    if (groups > 1) {
      const [maps, runs] = [tf.split<tf.Tensor4D>(x, groups, 3), tf.split<tf.Tensor5D>(kernels, groups, 4)]
      return tf.concat(
        maps.map((map, group) => conv2dPerSample(map, at(runs, group), stride, pad, dilation)),
        3,
      )
    }
    const [, rows, columns, channels, filters] = kernels.shape
    const taps = underTaps(x, [rows, columns], stride, pad, dilation)
    const [, height, width] = at(taps, 0).shape
    const depth = channels * rows * columns
    const patches = tf.reshape<tf.Rank.R3>(tf.concat(taps, 3), [-1, height * width, depth])
    const flat = tf.reshape<tf.Rank.R3>(kernels, [-1, depth, filters])
    return tf.reshape<tf.Rank.R4>(tf.matMul(patches, flat), [-1, height, width, filters])
  })
}

/** Each map with kernels of its own for each channel: [batch, rows, columns, channels, kernels of each]. */
export function depthwiseConv2dPerSample(
  x: tf.Tensor4D,
  kernels: tf.Tensor5D,
  stride: Size,
  pad: number | Sides,
  dilation: Size = 1,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [, rows, columns, channels, count] = kernels.shape
    const parts = underTaps(x, [rows, columns], stride, pad, dilation)
    const [, height, width] = at(parts, 0).shape
    const terms = parts.map((part, tap) => {
      const taps = tf.slice(kernels, [0, Math.floor(tap / columns), tap % columns, 0, 0], [-1, 1, 1, -1, -1])
      return tf.mul(tf.reshape<tf.Rank.R5>(part, [-1, height, width, channels, 1]), taps)
    })
    return tf.reshape<tf.Rank.R4>(
      terms.reduce((sum, term) => tf.add(sum, term)),
      [-1, height, width, channels * count],
    )
  })
}

/**
 * The transposed convolution of each map with a kernel of its own: [batch, rows, columns, filters, channels]. What reaches `size` is
 * kept, after what is cut off above and on the left: the convolution of the map, with zeros between its elements, with the turned kernel.
 */
export function conv2dTransposePerSample(
  x: tf.Tensor4D,
  kernels: tf.Tensor5D,
  size: Size,
  stride: Size,
  cut: Size,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [down, across] = typeof stride === 'number' ? [stride, stride] : stride
    const [above, left] = typeof cut === 'number' ? [cut, cut] : cut
    const [bottom, right] = typeof size === 'number' ? [size, size] : size
    const [, height, width, channels] = x.shape
    const [tall, wide] = [(height - 1) * down + 1, (width - 1) * across + 1]
    const rows = spread(tf.reshape<tf.Rank.R3>(x, [-1, height, width * channels]), down)
    const apart = spread(tf.reshape<tf.Rank.R3>(rows, [-1, width, channels]), across)
    const around = (reach: number, taps: number, end: number): [number, number] => [
      taps - 1,
      taps - 1 + Math.max(0, end - reach - taps + 1),
    ]
    const [, up, beside] = kernels.shape
    const whole = conv2dPerSample(
      tf.reshape<tf.Rank.R4>(apart, [-1, tall, wide, channels]),
      tf.transpose<tf.Tensor5D>(tf.reverse(kernels, [1, 2]), [0, 1, 2, 4, 3]),
      1,
      [around(tall, up, above + bottom), around(wide, beside, left + right)],
    )
    return tf.slice(whole, [0, above, left, 0], [-1, bottom, right, -1])
  })
}

/** [outer, n, inner] with zeros between: [outer, (n - 1) * stride + 1, inner]. */
function spread(x: tf.Tensor3D, stride: number): tf.Tensor3D {
  const [outer, n, inner] = x.shape
  const apart = tf.pad(tf.reshape<tf.Rank.R4>(x, [outer, n, 1, inner]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ])
  return tf.slice(tf.reshape<tf.Rank.R3>(apart, [outer, n * stride, inner]), [0, 0, 0], [-1, (n - 1) * stride + 1, -1])
}

/** What is under each tap in all windows of the padded maps, row by row. */
function underTaps(
  x: tf.Tensor4D,
  [rows, columns]: [number, number],
  stride: Size,
  pad: number | Sides,
  dilation: Size,
): tf.Tensor4D[] {
  const [down, across] = typeof stride === 'number' ? [stride, stride] : stride
  const [below, beside] = typeof dilation === 'number' ? [dilation, dilation] : dilation
  const map = tf.pad(x, [[0, 0], ...(typeof pad === 'number' ? everywhere(pad) : pad), [0, 0]])
  const height = Math.floor((map.shape[1] - (rows - 1) * below - 1) / down) + 1
  const width = Math.floor((map.shape[2] - (columns - 1) * beside - 1) / across) + 1
  const size = [-1, (height - 1) * down + 1, (width - 1) * across + 1, -1]
  return range(rows * columns).map((tap) => {
    const run = tf.slice(map, [0, Math.floor(tap / columns) * below, (tap % columns) * beside, 0], size)
    // a window of one element keeps every stride-th, with a right gradient on every backend
    return down * across === 1 ? run : tf.avgPool(run, 1, [down, across], 'valid')
  })
}

/** A kernel [rows, columns, ...] with zeros between its taps, which are `dilation` apart then. */
export function dilatedKernel(kernel: tf.Tensor4D, dilation: Size): tf.Tensor4D {
  const [below, beside] = typeof dilation === 'number' ? [dilation, dilation] : dilation
  return tf.tidy(() => {
    const [rows, columns, from, to] = kernel.shape
    const wide = tf.pad(tf.reshape<tf.Rank.R4>(kernel, [rows, columns, 1, from * to]), [
      [0, 0],
      [0, 0],
      [0, beside - 1],
      [0, 0],
    ])
    const tall = tf.pad(tf.reshape<tf.Rank.R4>(wide, [rows, 1, columns * beside, from * to]), [
      [0, 0],
      [0, below - 1],
      [0, 0],
      [0, 0],
    ])
    const all = tf.reshape<tf.Rank.R4>(tall, [rows * below, columns * beside, from, to])
    return tf.slice(all, [0, 0, 0, 0], [(rows - 1) * below + 1, (columns - 1) * beside + 1, from, to])
  })
}
