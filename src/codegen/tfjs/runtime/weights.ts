import type * as tf from '@tensorflow/tfjs-core'
import type { Initializer } from './initializers.ts'

/** What is known of a weight before it has values. */
export class WeightSpec<Shape extends readonly number[] = readonly number[]> {
  readonly shape: Shape
  readonly init: Initializer
  /** A `param` is trained; a `state` is written by the forward pass in training. */
  readonly kind: 'param' | 'state'
  readonly trainable: boolean
  readonly within: Bounds | undefined
  /** The value from which training leads a state to its initial one. */
  readonly annealed: number | undefined

  constructor(shape: Shape, init: Initializer, kind: 'param' | 'state', options: ParamOptions & StateOptions) {
    this.shape = shape
    this.init = init
    this.kind = kind
    this.trainable = kind === 'param' && options.trainable !== false
    this.within = options.within
    this.annealed = options.annealed
  }
}

/** Moves a weight to where it may be. */
export type Bounds = (weight: tf.Variable) => void

interface ParamOptions {
  /** False for what stays as it is. */
  readonly trainable?: boolean
  readonly within?: Bounds
}

interface StateOptions {
  readonly annealed?: number
}

export type Spec<T extends tf.Tensor> = WeightSpec<Readonly<T['shape']>>

/** The tree of weights with a spec for each tensor. */
export type Specs<W> = W extends tf.Tensor ? Spec<W> : { readonly [Key in keyof W]: Specs<W[Key]> }

/** A weight that is trained. */
export const param = <const S extends readonly number[]>(
  shape: S,
  init: Initializer,
  options: ParamOptions = {},
): WeightSpec<S> => new WeightSpec(shape, init, 'param', options)

/** A weight that the forward pass writes in training, as moving means. */
export const state = <const S extends readonly number[]>(
  shape: S,
  init: Initializer,
  options: StateOptions = {},
): WeightSpec<S> => new WeightSpec(shape, init, 'state', options)

/** Each weight of a tree of specs by its path: its keys and positions, joined by slashes. */
export function weightsByPath(specs: unknown, path = ''): ReadonlyMap<string, WeightSpec> {
  if (specs instanceof WeightSpec) return new Map([[path, specs]])
  return new Map(childrenOf(specs).flatMap(([key, child]) => [...weightsByPath(child, pathOf(path, key))]))
}

/** The same tree, of these weights. */
export function treeOf(specs: unknown, weights: ReadonlyMap<string, tf.Tensor>, path = ''): unknown {
  if (specs instanceof WeightSpec) return weights.get(path)
  const children = childrenOf(specs).map(([key, child]) => [key, treeOf(child, weights, pathOf(path, key))] as const)
  return Array.isArray(specs) ? children.map(([, child]) => child) : Object.fromEntries(children)
}

const childrenOf = (specs: unknown): readonly (readonly [key: string, child: unknown])[] =>
  typeof specs === 'object' && specs !== null ? Object.entries(specs) : []

const pathOf = (path: string, key: string): string => (path === '' ? key : `${path}/${key}`)
