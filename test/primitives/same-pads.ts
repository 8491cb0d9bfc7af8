type Pair = readonly [number, number]

/** TensorFlow's `same` along one axis, as its documentation states it: by the remainder of the extent, the odd zero after. */
export function samePadsAlong(extent: number, size: number, stride: number, dilation = 1): Pair {
  const span = (size - 1) * dilation + 1
  const all = Math.max(span - (extent % stride === 0 ? stride : extent % stride), 0)
  return [Math.floor(all / 2), Math.ceil(all / 2)]
}

/** The same for rows and columns. */
export const samePads = (extents: Pair, size: Pair, stride: Pair = [1, 1], dilation: Pair = [1, 1]): readonly [Pair, Pair] => [
  samePadsAlong(extents[0], size[0], stride[0], dilation[0]),
  samePadsAlong(extents[1], size[1], stride[1], dilation[1]),
]
