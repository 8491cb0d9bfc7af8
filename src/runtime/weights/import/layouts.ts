import { sizeOf, type TensorData } from '../../../codegen/tfjs/runtime/tensor-data.ts'
import type { Convention } from './convention.ts'
import type { WeightUse } from './weight-uses.ts'

/**
 * How the file has a weight, by its axes there: out, in, height, width; `chw` where a flattened map has its channels outermost, before
 * the axes of what makes one, behind those of what reads one. What is `same` is in the file as it is in the model.
 */
export const layouts = ['same', 'oihw', 'iohw', 'o1hw', 'oi', 'oi-chw', 'chw-oi', 'chw-oi-chw', 'chw'] as const

export type Layout = (typeof layouts)[number]

/** The layouts that a weight of this use may have in a file, that of the convention first. */
export function layoutsOf(use: WeightUse, convention: Convention): readonly Layout[] {
  const others = foreignLayouts(use)
  return convention === 'torch' ? [...others, 'same'] : ['same', ...others]
}

function foreignLayouts({ kind, order, columns }: WeightUse): readonly Layout[] {
  switch (kind) {
    case 'conv':
      return ['oihw']
    case 'depthwise':
      return ['o1hw']
    case 'transposed':
      return ['iohw']
    case 'dense':
      return order || columns ? [order ? (columns ? 'chw-oi-chw' : 'oi-chw') : 'chw-oi', 'oi'] : ['oi']
    case 'vector':
      return order ? ['chw'] : []
    case 'other':
      return []
  }
}

/** The extents that a weight of this use has in the file under a layout; axes of 1 at the end do not count. */
export function shapeIn(layout: Layout, shape: readonly number[]): readonly number[] {
  const [a = 1, b = 1, c = 1, d = 1] = shape
  switch (layout) {
    case 'oihw':
      return [d, c, a, b]
    case 'iohw':
      return [d, c, a, b]
    case 'o1hw':
      return [c * d, 1, a, b]
    case 'oi':
    case 'oi-chw':
    case 'chw-oi':
    case 'chw-oi-chw':
      return [b, a]
    case 'chw':
    case 'same':
      return shape
  }
}

/** Extents in which axes of 1 say nothing: at the end where the channels stand first, at the beginning where they stand last. */
export function essential(shape: readonly number[], layout: Layout): readonly number[] {
  const list = [...shape]
  if (layout === 'same' || layout === 'chw') return list.filter((extent) => extent !== 1)
  while (list.at(-1) === 1) list.pop()
  return list
}

export const fitsLayout = (layout: Layout, inFile: readonly number[], use: WeightUse): boolean =>
  String(essential(shapeIn(layout, use.shape), layout)) === String(essential(inFile, layout))

/** The values of a tensor that fits, in the layout of the model. */
export function converted(layout: Layout, values: Float32Array, { shape, order, columns }: WeightUse): TensorData {
  const [height = 1, width = 1, inner = 1, outer = 1] = shape
  switch (layout) {
    case 'same':
      return { shape, values }
    case 'oihw':
    case 'iohw':
      return { shape, values: permuted(values, [outer, inner, height, width], [2, 3, 1, 0]) }
    case 'o1hw':
      return { shape, values: permuted(values, [inner, outer, height, width], [2, 3, 0, 1]) }
    case 'oi':
      return { shape, values: permuted(values, [width, height], [1, 0]) }
    case 'oi-chw':
      return { shape, values: reordered(permuted(values, [width, height], [1, 0]), order!, width) }
    case 'chw-oi':
      return { shape, values: permuted(reordered(values, columns!, height), [width, height], [1, 0]) }
    case 'chw-oi-chw':
      return { shape, values: reordered(permuted(reordered(values, columns!, height), [width, height], [1, 0]), order!, width) }
    case 'chw':
      return { shape, values: reordered(values, order!, 1) }
  }
}

/** The values of a tensor with these extents, with its axes in another order. */
function permuted(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
  const extents = axes.map((axis) => shape[axis]!)
  const steps = axes.map((axis) => strides[axis]!)
  const result = new Float32Array(values.length)
  const index = extents.map(() => 0)
  let from = 0
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from]!
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      from += steps[axis]!
      if (++index[axis]! < extents[axis]!) break
      from -= steps[axis]! * extents[axis]!
      index[axis] = 0
    }
  }
  return result
}

/** Rows of so many values each, in another order: row i is that which stands at `order[i]`. */
function reordered(values: Float32Array, order: Int32Array, width: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let row = 0; row < order.length; row++) result.set(values.subarray(order[row]! * width, (order[row]! + 1) * width), row * width)
  return result
}
