import type { Dim, Variable } from '../dim/expr.ts'
import type { Initializer } from './initializer.ts'
import type { Origin } from '../text/source.ts'

/** One axis of a shape, and where it was decided. The batch axis is implied and never listed. */
export interface Extent {
  readonly dim: Dim
  readonly origin: Origin
  /** The arithmetic that gave it, where there was any: `floor((27 + 2 - 3) / 2) + 1`. */
  readonly how?: string
  /** The extents it was computed from, in the order of the arithmetic. */
  readonly from?: readonly Extent[]
}

export type Shape = readonly Extent[]

/**
 * What decides a value: `weights` alone, so that it is computed once per set of weights; the `extents` of the inputs too (a table
 * resized to the image), so that it is computed in every run, once for all samples; or the `inputs`, so that there is one per
 * sample.
 */
export type Depends = 'weights' | 'extents' | 'inputs'

export interface TensorType {
  readonly shape: Shape
  readonly depends: Depends
}

/** Whether there is a value per sample: the tensor has a batch axis before those of its shape. */
export const hasBatch = ({ depends }: TensorType): boolean => depends === 'inputs'

interface NodeBase {
  /** Position in `Graph.nodes`; arguments always have a smaller one. */
  readonly id: number
  /** The chain of scopes, `stage1/0/attention/dense`; unique for weights. */
  readonly path: string
  readonly type: TensorType
  readonly origin: Origin
}

export interface InputNode extends NodeBase {
  readonly kind: 'input'
  readonly name: string
}

export interface WeightNode extends NodeBase {
  /** `param` is trained by the optimiser; `state` is written by the forward pass in training. */
  readonly kind: 'param' | 'state'
  readonly init: Initializer
  /** False for `trainable: false` and for everything under `freeze`. */
  readonly trainable: boolean
  /** The closed interval the optimiser keeps it in. */
  readonly within?: readonly [number, number]
  /** A state that training leads from this value to its initial one, which is a constant: a softmax temperature. */
  readonly annealed?: number
}

export interface ConstantNode extends NodeBase {
  readonly kind: 'constant'
  /** Row by row; one number for a scalar. */
  readonly values: readonly number[]
}

export type Attribute = number | boolean | string | null | Dim | readonly Attribute[]

export interface OpNode extends NodeBase {
  readonly kind: 'op'
  /** The primitive's name. */
  readonly op: string
  /** Tensor arguments by parameter name, in the order of the primitive's signature; a variadic one is a list. */
  readonly args: Readonly<Record<string, Node | readonly Node[]>>
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Under `freeze`: normalisations use their moving statistics also in training. */
  readonly frozen: boolean
}

export type Node = InputNode | WeightNode | ConstantNode | OpNode

/** A condition on input extents that could not be decided at compile time and is checked before a run. */
export interface Requirement {
  /** Must be at least 1. */
  readonly extent: Dim
  readonly origin: Origin
  readonly path: string
}

export interface Graph {
  readonly name: string
  readonly doc: string
  readonly nodes: readonly Node[]
  readonly inputs: readonly InputNode[]
  readonly outputs: readonly { readonly name: string; readonly node: Node }[]
  /** The symbolic extents of the inputs, with what the `where`s say of them. */
  readonly extents: readonly Variable[]
  readonly requirements: readonly Requirement[]
}

/** The nodes a node reads, in order. */
export const operands = (node: Node): readonly Node[] => (node.kind === 'op' ? nodesIn(node.args) : [])

/** The nodes that are the arguments of a call, in order. */
export function nodesIn(args: OpNode['args']): readonly Node[] {
  const read: Node[] = []
  for (const argument of Object.values(args)) {
    if ('kind' in argument) read.push(argument)
    else read.push(...argument)
  }
  return read
}

export const isWeight = (node: Node): node is WeightNode => node.kind === 'param' || node.kind === 'state'

export const weightsOf = (graph: Graph): readonly WeightNode[] => graph.nodes.filter(isWeight)
