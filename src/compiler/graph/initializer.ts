/**
 * How the values of a weight start. Fans are those of Keras: for a shape [..., in, out], fan_in = in * product of the axes
 * before, fan_out = out * that product; a vector has both fans equal to its length, a scalar 1.
 */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  /** Row by row, as many as the weight has elements. */
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** Redrawn beyond two standard deviations. */
  | { readonly kind: 'truncated_normal'; readonly mean: number; readonly deviation: number }
  /**
   * Variance scaling (Keras' VarianceScaling): variance = scale / fan. `uniform` draws from ±sqrt(3 * variance);
   * `truncated_normal` corrects its deviation by 0.87962566103423978 as Keras does; `normal` does not truncate (PyTorch's
   * kaiming_normal_, xavier_normal_).
   */
  | {
      readonly kind: 'variance_scaling'
      readonly scale: number
      readonly fan: 'in' | 'out' | 'average'
      readonly distribution: 'uniform' | 'normal' | 'truncated_normal'
    }
  /** A (semi-)orthogonal matrix of the shape flattened to [product of the others, last axis] (Saxe et al. 2014). */
  | { readonly kind: 'orthogonal'; readonly gain: number }

const scaling = (
  scale: number,
  fan: 'in' | 'out' | 'average',
  distribution: 'uniform' | 'normal' | 'truncated_normal',
): Initializer => ({ kind: 'variance_scaling', scale, fan, distribution })

/** The initialisers with a name of their own: the words of the `init` enum. */
export const namedInitializers: ReadonlyMap<string, Initializer> = new Map<string, Initializer>(
  Object.entries({
    zeros: { kind: 'constant', value: 0 },
    ones: { kind: 'constant', value: 1 },
    glorot_uniform: scaling(1, 'average', 'uniform'),
    glorot_normal: scaling(1, 'average', 'truncated_normal'),
    he_uniform: scaling(2, 'in', 'uniform'),
    he_normal: scaling(2, 'in', 'truncated_normal'),
    lecun_uniform: scaling(1, 'in', 'uniform'),
    lecun_normal: scaling(1, 'in', 'truncated_normal'),
    xavier_uniform: scaling(1, 'average', 'uniform'),
    xavier_normal: scaling(1, 'average', 'normal'),
    kaiming_uniform: scaling(2, 'in', 'uniform'),
    kaiming_normal: scaling(2, 'in', 'normal'),
    kaiming_normal_out: scaling(2, 'out', 'normal'),
    torch_uniform: scaling(1 / 3, 'in', 'uniform'),
    orthogonal: { kind: 'orthogonal', gain: 1 },
  }),
)
