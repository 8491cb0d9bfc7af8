import type { Dim } from '../dim/expr.ts'
import type { Range } from './ranges.ts'
import type { Signs } from './signs.ts'

/**
 * What is certain of a call's result whatever the values of its tensor arguments are; `P` are the names of these. What is not
 * said is not known. Facts hold in inference, and in training where its random numbers stay the same. Rewrites, lint and advice
 * read them; a test tries each on random tensors.
 */
export interface Facts<P extends string = string> {
  /** Sets of parameters in which it is linear together, with the others held fixed: a sum in [a, b], a product in [a] and [b]. */
  readonly linear?: readonly (readonly P[])[]
  /**
   * Sets of parameters which, scaled by one number above 0, scale the result by it. What is linear in them is left out: it is so
   * for any number.
   */
  readonly homogeneous?: readonly (readonly P[])[]
  /** Each element of the result is computed from the elements at its place, where smaller shapes are stretched. */
  readonly elementwise?: true
  /** Of these parameters, each channel of the result (its last axis) depends on the same channel only. */
  readonly perChannel?: readonly P[]
  /**
   * The result has these channels of a parameter, in this order, each computed from that channel alone; `whole` where each is that
   * channel, with every element at its place.
   */
  readonly takes?: { readonly of: P; readonly channels: readonly number[]; readonly whole?: boolean }
  /** Each element of the result is the mean of a parameter over these axes, counted from 0 without the batch. */
  readonly averages?: { readonly of: P; readonly axes: readonly number[] }
  /** In training the mean of each channel of the result, over samples and places, is what a parameter has for it, without that 0. */
  readonly centredOn?: P
  /** Each element of the result is one of an argument. Which one, attributes and shapes decide. */
  readonly moves?: {
    /** Whether an element may stand at several places of the result. */
    readonly repeats: boolean
    /** What stands at places that no element is moved to; without it there are none. */
    readonly fill?: number
  }
  /** The parameters a and b may be exchanged. */
  readonly commutes?: true
  /** Numbers that a parameter may have everywhere without an effect: the result is the other argument. */
  readonly neutral?: Readonly<Partial<Record<P, number>>>
  /** The parameter that the result is in inference, unchanged. */
  readonly identity?: P
  /** Training draws random numbers for it. */
  readonly random?: true
  /** The signs of the result, from those of the arguments; of a list from those of all its parts. */
  readonly sign?: (of: Readonly<Record<P, Signs>>) => Signs
  /** What the elements of the result lie between in inference, from what those of the arguments do. */
  readonly range?: (of: Readonly<Record<P, Range>>) => Range
  readonly kernel?: KernelFact<P>
  /** The windows, of rows and of columns, that it moves over the map x; an element of the result reads just its own. */
  readonly windows?: readonly [PaddedWindow, PaddedWindow]
  /** The windows of the result, of rows and of columns, over which it spreads an element of the map x; padding is cut off. */
  readonly spreads?: readonly [PaddedWindow, PaddedWindow]
}

/** One parameter is weighed by another: the result's elements are sums of products, linear in both. */
export interface KernelFact<P extends string = string> {
  /** What is weighed. */
  readonly of: P
  /** What it is weighed by. */
  readonly by: P
  /** The axis of the kernel along the channels of what is weighed, or along a group of them; undefined where it has none. */
  readonly reads: number | undefined
  /** Its axes along the channels of the result: of several, the last runs fastest. */
  readonly makes: readonly number[]
}

/** A window that moves along one axis. */
export interface Window {
  readonly size: Dim
  readonly stride: number
  readonly dilation: number
}

/** Such a window, and the room before and after the axis; `same` is TensorFlow's. */
export interface PaddedWindow extends Window {
  readonly padding: 'same' | readonly [number, number]
}
