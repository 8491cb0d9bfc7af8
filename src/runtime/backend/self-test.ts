import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** A convolution whose result is known: 1 to 9 in a 3x3 map, a 2x2 kernel of 1 to 4. */
const known = [37, 47, 67, 77]

/** Undefined when the selected backend convolves correctly, else what it gives. */
export function selfTest(tf: Tfjs): string | undefined {
  const values = tf.tidy(() => {
    const map = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1])
    const kernel = tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1])
    return Array.from(tf.conv2d(map, kernel, 1, 'valid').dataSync())
  })
  if (values.length === known.length && values.every((value, i) => value === known[i])) return undefined
  return `a 2x2 convolution gives ${values.join(', ')} instead of ${known.join(', ')}`
}
