import type * as tf from '@tensorflow/tfjs-core'

declare const extents: unique symbol

/** A number for each sample: [B]. A plain `tf.Tensor1D` can stand for it, as for the other types a plain tensor of their rank. */
export interface Scalars<B extends number = number> extends tf.Tensor1D {
  readonly [extents]?: readonly [B]
}

/** A vector of C numbers for each sample: [B, C]. */
export interface Vectors<C extends number, B extends number = number> extends tf.Tensor2D {
  readonly [extents]?: readonly [B, C]
}

/** A matrix for each sample: [B, R, C]. */
export interface Matrices<R extends number, C extends number, B extends number = number> extends tf.Tensor3D {
  readonly [extents]?: readonly [B, R, C]
}

/** A map of H rows and W columns with C channels for each sample: [B, H, W, C]. */
export interface Maps<H extends number, W extends number, C extends number, B extends number = number>
  extends tf.Tensor4D {
  readonly [extents]?: readonly [B, H, W, C]
}

/** A map of D planes, H rows and W columns with C channels for each sample: [B, D, H, W, C]. */
export interface Volumes<
  D extends number,
  H extends number,
  W extends number,
  C extends number,
  B extends number = number,
>
  extends tf.Tensor5D {
  readonly [extents]?: readonly [B, D, H, W, C]
}
