import { multiply, subtract, type Dim } from '../../dim/expr.ts'
import { extent, tf, type Expression } from './expression.ts'
import { spanOf } from '../shape/window.ts'

/**
 * A kernel with its taps `dilation` apart and zeros between them: with it an undilated convolution is the dilated one. `sizes`
 * are the four extents of the kernel; the result is [(kh - 1) * dh + 1, (kw - 1) * dw + 1, ...]. It depends on weights only.
 */
export function zeroStuffed(
  kernel: Expression,
  sizes: readonly [Dim, Dim, Dim, Dim],
  dilation: readonly [number, number],
): Expression {
  const [height, width, ...channels] = sizes
  const [dh, dw] = dilation
  const tall = spanOf({ size: height, stride: 1, dilation: dh })
  const wide = spanOf({ size: width, stride: 1, dilation: dw })
  const depth = channels.reduce(multiply)
  const rows = spreadAlong(kernel, 1, height, multiply(width, depth), dh)
  const columns = spreadAlong(rows, tall, width, depth, dw)
  return tf('reshape', columns, [tall, wide, ...channels].map(extent))
}

/** [outer, n, inner] to [outer, (n - 1) * dilation + 1, inner], with zeros between; `outer` may be -1, for what is not known. */
export function spreadAlong(kernel: Expression, outer: Dim, n: Dim, inner: Dim, dilation: number): Expression {
  if (dilation === 1) return kernel
  const zeros = dilation - 1
  const apart = tf('pad', tf('reshape', kernel, [outer, n, 1, inner].map(extent)), [
    [0, 0],
    [0, 0],
    [0, zeros],
    [0, 0],
  ])
  const flat = tf('reshape', apart, [outer, multiply(n, dilation), inner].map(extent))
  // the last tap needs no zeros after it
  return tf('slice', flat, [0, 0, 0], [outer, subtract(multiply(n, dilation), zeros), inner].map(extent))
}
