import type { Dim, Variable } from '../dim/expr.ts'
import type { Initializer } from './initializer.ts'
import type { Origin, Span } from '../text/source.ts'

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
  /** Unique for weights: `stage1/0/attention/dense`. What is around a node is said by its scope, not by its path. */
  readonly path: string
  /** Those of its path: what the scopes add that it was made in, then what its statement does. */
  readonly segments: readonly string[]
  readonly type: TensorType
  /** The scope it was made in, by its id. */
  readonly scope: number
  /** The name that it was first given. */
  readonly binding?: string
  /** The statement that made it. */
  readonly statement: Span
  /** Where it comes from, the place to show first; several places where it stands for several nodes of the text. */
  readonly origins: readonly [Origin, ...Origin[]]
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

/**
 * `model` and `block`: the call of a declaration, of the library too; a use of a layer is one of the same path, and so with the
 * same weights. `loop`: a `for` with its turns. `comprehension`: one with its turns.
 */
export type ScopeKind = 'model' | 'block' | 'loop' | 'turn' | 'comprehension'

/** A value that has a name in a scope; of a list, its elements. */
export interface Port {
  readonly name: string
  readonly node: Node | readonly Node[]
}

/** What a parameter was given that is no tensor. */
export type Argument =
  | { readonly kind: 'int'; readonly dim: Dim }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'init'; readonly init: Initializer }
  | { readonly kind: 'list'; readonly items: readonly Argument[] }
  /** A tensor in a list with what is none. */
  | { readonly kind: 'tensor'; readonly node: Node }
  /**
   * A block value by the name it was declared under, with what it was given in advance; of a layer, its path. What a frozen one
   * makes is not trained.
   */
  | {
      readonly kind: 'block'
      readonly name: string
      readonly given: readonly { readonly name?: string; readonly value: Argument }[]
      readonly layer?: string
      readonly frozen: boolean
    }
  /** What a block value leaves to its call. */
  | { readonly kind: 'hole' }

/** A part of the structure that the user gave a model: what a call, a loop or a turn made. */
export interface Scope {
  /** Position in `Graph.scopes`; the first is the model's, and a scope stands behind those it is in. */
  readonly id: number
  /** The scope around it; none of the model that was compiled. */
  readonly parent: number | undefined
  readonly kind: ScopeKind
  /** The name that was declared (`conv.depthwise`, `Bottleneck`); of a loop or a comprehension, its variables. */
  readonly name: string
  /** What was written once for all scopes like it: the declaration, the `for`, the comprehension. */
  readonly declaration: Span
  /** Where it was called, and the statement that stands in. */
  readonly call: Span
  readonly statement: Span
  /** What it adds to the paths of weights behind the path of `under`: that of its parent, or of where a layer was declared. */
  readonly segments: readonly string[]
  readonly under: number | undefined
  /** What its parameters were given but tensors; of a turn, its variables that are none. */
  readonly arguments: Readonly<Record<string, Argument>>
  /** The extents that its shapes bound: `H` was 56. */
  readonly extents: Readonly<Record<string, Dim>>
  /** The tensors it was given, by parameter; of a turn, its variables, and those of outside that its body assigns, before it. */
  readonly inputs: readonly Port[]
  /** What it gives: by the names of the results, `result` for one without, else its number; of a turn, what it hands on. */
  readonly outputs: readonly Port[]
  /** The names that its statements gave, in order. */
  readonly names: readonly Port[]
  /** Of a turn: its number, from 0. */
  readonly index?: number
}

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
  /** The structure of the text: the model first, every scope behind those around it. */
  readonly scopes: readonly Scope[]
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
