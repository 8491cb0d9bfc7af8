const named = ['Scalar', 'Tensor1D', 'Tensor2D', 'Tensor3D', 'Tensor4D', 'Tensor5D']

/** The TypeScript type of a tensor of a rank, the batch counted. */
export const tensorType = (rank: number): string => (named[rank] ? `tf.${named[rank]}` : rank === 6 ? 'tf.Tensor<tf.Rank.R6>' : 'tf.Tensor')
