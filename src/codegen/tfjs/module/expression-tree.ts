import type { Node } from '../../../compiler/graph/graph.ts'
import type { Expression } from '../../../compiler/primitives/tfjs/expression.ts'
import { tensorType } from './tensor-type.ts'
import type { Atom, Hole, Place, Tree } from './tree.ts'

type CallExpression = Extract<Expression, { readonly kind: 'call' }>

/** How an expression reads what is not in it. */
export interface Reading {
  readonly at: Place
  readonly argument: (name: string, index?: number) => Tree
  /** All values of a variadic argument, if these are all. */
  readonly whole: (name: string, indices: readonly number[]) => Tree | undefined
  readonly batched: boolean
}

/** The parameters of functions of TensorFlow.js, whose names say what a number is. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  conv2d: ['x', 'kernel', 'stride', 'pad', 'dilation'],
  depthwiseConv2d: ['x', 'kernel', 'stride', 'pad'],
  groupedConv2d: ['x', 'kernel', 'stride', 'pad', 'groups', 'dilation'],
  conv2dPerSample: ['x', 'kernel', 'stride', 'pad', 'dilation', 'groups'],
  depthwiseConv2dPerSample: ['x', 'kernel', 'stride', 'pad', 'dilation'],
  conv2dTransposePerSample: ['x', 'kernel', 'size', 'stride', 'cut'],
  conv2dTranspose: ['x', 'kernel', 'shape', 'stride', 'pad'],
  maxPool: ['x', 'size', 'stride', 'pad'],
  avgPool: ['x', 'size', 'stride', 'pad'],
  batchNorm: ['x', 'mean', 'variance', 'offset', 'scale', 'epsilon', 'momentum'],
  dropout: ['x', 'rate'],
  mirrorPad: ['x', 'pad', 'mode'],
  concat: ['parts', 'axis'],
  gather: ['x', 'indices', 'axis'],
  mean: ['x', 'axes', 'keep'],
  sum: ['x', 'axes', 'keep'],
  max: ['x', 'axes', 'keep'],
  min: ['x', 'axes', 'keep'],
  reshape: ['x', 'shape'],
  slice: ['x', 'begin', 'size'],
  transpose: ['x', 'order'],
  tile: ['x', 'repeats'],
  pad: ['x', 'amounts'],
  'image.resizeBilinear': ['x', 'size', 'corners', 'half'],
  'image.resizeNearestNeighbor': ['x', 'size', 'corners', 'half'],
}

/** Those that take the extents of a tensor, which the shapes of others tell. */
const takesExtents = new Set([
  'reshape',
  'slice',
  'tile',
  'conv2dTranspose',
  'conv2dTransposePerSample',
  'ones',
  'image.resizeBilinear',
  'image.resizeNearestNeighbor',
  'pad',
])

export const holeOf = (value: Atom, at: Place, hint: string, extent = false): Hole => ({
  kind: 'hole',
  hint,
  extent,
  cases: [{ at, value }],
})

/** For what a call is not given. */
export const absentAt = (places: readonly Place[]): Hole => ({
  kind: 'hole',
  hint: 'absent',
  extent: false,
  cases: places.map((at) => ({ at, value: undefined })),
})

export const treeOfExpression = (expression: Expression, node: Node, reading: Reading): Tree =>
  convert(expression, reading, 'value', false, node.type.shape.length + (reading.batched ? 1 : 0))

function convert(expression: Expression, reading: Reading, hint: string, extent: boolean, rank = -1): Tree {
  const { at } = reading
  switch (expression.kind) {
    case 'argument':
      return reading.argument(expression.name, expression.index)
    case 'literal':
      return holeOf(expression.value, at, hint, extent)
    case 'extent':
      return holeOf(expression.dim, at, hint, true)
    case 'batch':
      return { kind: 'batch', of: convert(expression.of, reading, hint, extent) }
    case 'array': {
      const rows = plainRows(expression)
      if (rows) return holeOf(rows, at, hint)
      return (
        wholeList(expression.items, reading) ?? {
          kind: 'list',
          items: expression.items.map((item) => convert(item, reading, hint, extent)),
        }
      )
    }
    case 'call':
      return callTree(windowed(expression), reading, rank)
  }
}

function callTree({ fn, args }: CallExpression, reading: Reading, rank: number): Tree {
  const name = fn.replace(/^runtime\./, '')
  const of = name === fn ? 'tfjs' : 'runtime'
  const named = parameters[name] ?? []
  const trees = args.map((arg, i) => convert(squared(arg, name, i), reading, named[i] ?? 'value', takesExtents.has(name)))
  const list = fn === 'gather' ? [trees[0]!, gathered(trees[1]!, reading.at), ...trees.slice(2)] : trees
  return {
    kind: 'tf',
    fn: holeOf({ of, named: name, type: functionType(rank) }, reading.at, 'activation'),
    args: list,
    rank: [{ at: reading.at, value: rank }],
  }
}

/** Of a function of one tensor. */
export function functionType(rank: number): string {
  const tensor = tensorType(rank)
  return rank < 0 ? '<T extends tf.Tensor>(x: T) => T' : `(x: ${tensor}) => ${tensor}`
}

/** Indices are one thing: a list of another length is another value of it. */
function gathered(indices: Tree, at: Place): Tree {
  if (indices.kind !== 'list') return indices
  return holeOf(
    indices.items.map((item) => (item.kind === 'hole' ? item.cases[0]!.value : undefined)),
    at,
    'indices',
  )
}

const hasSquares = new Set(
  'conv2d depthwiseConv2d maxPool avgPool conv2dTranspose groupedConv2d conv2dPerSample depthwiseConv2dPerSample conv2dTransposePerSample'.split(' '),
)

/** [2, 2] of a window is 2. */
function squared(arg: Expression, fn: string, index: number): Expression {
  if (
    arg.kind !== 'array' ||
    index === 0 ||
    !hasSquares.has(fn)
  )
    return arg
  const [a, b] = arg.items
  if (arg.items.length !== 2 || a?.kind !== 'literal' || b?.kind !== 'literal') return arg
  return a.value === b.value ? a : arg
}

/** [[0, 0], [1, 1]]: numbers in rows. */
function plainRows({ items }: Extract<Expression, { readonly kind: 'array' }>): Atom | undefined {
  const rows = items.map((item) => (item.kind === 'array' ? item.items.map((cell) => (cell.kind === 'literal' ? cell.value : NaN)) : []))
  return rows.length > 0 && rows.every((row) => row.length > 0 && row.every((cell) => !Number.isNaN(cell))) ? rows : undefined
}

function wholeList(items: readonly Expression[], reading: Reading): Tree | undefined {
  const [first] = items
  if (first?.kind !== 'argument' || first.index === undefined) return undefined
  const indices = items.map((item) => (item.kind === 'argument' && item.name === first.name && item.index !== undefined ? item.index : -1))
  return reading.whole(first.name, indices)
}

/**
 * The functions with windows as those of the runtime file, which take the pads that are added by a call of their own: so that all calls
 * of a block are the same function.
 */
function windowed(call: CallExpression): CallExpression {
  const { fn, args } = call
  if (fn === 'runtime.groupedConv2d') {
    const [x, kernel, stride, pad, ...others] = args
    const bare = x?.kind === 'call' && x.fn === 'pad' ? padsOf(x, fn) : undefined
    return { ...call, args: [bare?.x ?? x!, kernel!, stride!, bare?.pads ?? pad!, ...others] }
  }
  if (!['conv2d', 'depthwiseConv2d', 'maxPool', 'avgPool'].includes(fn)) return call
  const [x, window, stride, pad, , dilation] = args
  const unpadded = x?.kind === 'call' && x.fn === 'pad' && isWord(pad, 'valid') ? padsOf(x, fn) : undefined
  const one: Expression = { kind: 'literal', value: 1 }
  const rest = fn === 'conv2d' ? [dilation ?? one] : []
  return { kind: 'call', fn: `runtime.${fn}`, args: [unpadded?.x ?? x!, window!, stride!, unpadded?.pads ?? pad!, ...rest] }
}

const isWord = (expression: Expression | undefined, word: string): boolean => expression?.kind === 'literal' && expression.value === word

function padsOf(
  { args: [x, amounts, value] }: CallExpression,
  fn: string,
): { readonly x: Expression; readonly pads: Expression } | undefined {
  if (amounts?.kind !== 'array' || !plainRows(amounts)) return undefined
  const filled = value?.kind === 'literal' ? value.value : 0
  if (filled !== (fn === 'maxPool' ? -Infinity : 0)) return undefined
  const pads: Expression = { kind: 'array', items: amounts.items.slice(-3, -1) }
  return { x: x!, pads: sameOnAllSides(pads) ?? pads }
}

/** [[1, 1], [1, 1]] is 1. */
function sameOnAllSides({ items }: Extract<Expression, { readonly kind: 'array' }>): Expression | undefined {
  const sides = items.flatMap((item) => (item.kind === 'array' ? item.items : []))
  const [first] = sides
  return sides.every((side) => side.kind === 'literal' && first?.kind === 'literal' && side.value === first.value) ? first : undefined
}
