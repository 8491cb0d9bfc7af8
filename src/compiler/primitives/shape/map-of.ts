import type { Extent, TensorType } from '../../graph/graph.ts'

/** The extents of a map, once its rank is known to be that of one: height, width, channels. */
export function mapOf({ shape }: TensorType): { readonly h: Extent; readonly w: Extent; readonly c: Extent } {
  const [h, w, c] = shape
  return { h: h!, w: w!, c: c! }
}
