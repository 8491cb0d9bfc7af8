import type * as tf from '@tensorflow/tfjs-core'
import { gradient } from './gradient.ts'
import type { Tfjs } from './tfjs.ts'

/** dx of y = f(x), from dy and from x or y. */
type Slope = (dy: tf.Tensor, saved: tf.Tensor) => tf.Tensor

/** By what they are computed from: what is saved takes memory until the gradient is there. */
const slopesFromInput = (tf: Tfjs): Readonly<Record<string, Slope>> => ({
  [tf.Abs]: (dy, x) => tf.mul(dy, tf.sign(x)),
  [tf.Cos]: (dy, x) => tf.mul(dy, tf.neg(tf.sin(x))),
  [tf.Erf]: (dy, x) => tf.mul(dy, tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x))))),
  [tf.Log]: (dy, x) => tf.div(dy, x),
  [tf.Log1p]: (dy, x) => tf.div(dy, tf.add(x, 1)),
  [tf.Sin]: (dy, x) => tf.mul(dy, tf.cos(x)),
  [tf.Softplus]: (dy, x) => tf.mul(dy, tf.sigmoid(x)),
  [tf.Square]: (dy, x) => tf.mul(dy, tf.mul(2, x)),
})

const slopesFromOutput = (tf: Tfjs): Readonly<Record<string, Slope>> => ({
  [tf.Elu]: (dy, y) => tf.engine().runKernel(tf.EluGrad, { dy, y }),
  [tf.Exp]: (dy, y) => tf.mul(dy, y),
  [tf.Reciprocal]: (dy, y) => tf.mul(dy, tf.neg(tf.square(y))),
  [tf.Relu]: (dy, y) => tf.mul(dy, tf.step(y)),
  [tf.Rsqrt]: (dy, y) => tf.mul(dy, tf.mul(-0.5, tf.mul(y, tf.square(y)))),
  [tf.Sigmoid]: (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  [tf.Sqrt]: (dy, y) => tf.div(dy, tf.mul(2, y)),
  [tf.Tanh]: (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))),
})

/** Constant between their jumps. */
const flat = (tf: Tfjs): readonly string[] => [tf.Ceil, tf.Floor, tf.OnesLike, tf.Round, tf.Sign, tf.Step, tf.ZerosLike]

export const elementwiseGradients = (tf: Tfjs): readonly tf.GradConfig[] => [
  ...Object.entries(slopesFromInput(tf)).map(([kernelName, slope]) =>
    gradient(kernelName, ['x'], (dy, [x]) => ({ x: () => slope(dy, x) })),
  ),
  ...Object.entries(slopesFromOutput(tf)).map(([kernelName, slope]) =>
    gradient(kernelName, ['output'], (dy, [y]) => ({ x: () => slope(dy, y) })),
  ),
  ...flat(tf).map((kernelName) => gradient(kernelName, [], (dy) => ({ x: () => tf.zerosLike(dy) }))),
  gradient(tf.Neg, [], (dy) => ({ x: () => tf.neg(dy) })),
  // gradients are float32, whatever it was cast from
  ...[tf.Identity, tf.Cast].map((kernelName) => gradient(kernelName, [], (dy) => ({ x: () => tf.clone(dy) }))),
  gradient(tf.ClipByValue, ['x'], (dy, [x], attrs) => {
    const { clipValueMin, clipValueMax } = attrs as unknown as tf.ClipByValueAttrs
    const isWithin = (): tf.Tensor => tf.logicalAnd(tf.greaterEqual(x, clipValueMin), tf.lessEqual(x, clipValueMax))
    return { x: () => tf.mul(dy, tf.cast(isWithin(), 'float32')) }
  }),
]
