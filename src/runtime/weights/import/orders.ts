import type { Node } from '../../../compiler/graph/graph.ts'

/**
 * How the last axis of a value is related to maps that were flattened on the way to it, or that it becomes: where each element would stand
 * if their channels were outermost, as PyTorch has them; or `lost` behind an op, by its path, that mixes the order up.
 */
export type Order = { readonly order: Int32Array } | { readonly lost: string }

/** Ops that give each element of the last axis what becomes of that element. */
export const elementwise: ReadonlySet<string> = new Set([
  'abs', 'add', 'batch_norm', 'compare', 'div', 'dropout', 'elu', 'erf', 'exp', 'log', 'maximum', 'minimum', 'mul', 'relu', 'sigmoid', 'softmax',
  'softplus', 'sqrt', 'sub', 'tanh',
])

/** The order of the elements of a map [height, width, channels] that is one axis; none where both programs have the same. */
export function mapOrder(extents: readonly number[]): Order | undefined {
  if (extents.length !== 3) return undefined
  const [height = 1, width = 1, channels = 1] = extents
  const places = height * width
  if (places === 1 || channels === 1) return undefined
  return { order: Int32Array.from({ length: places * channels }, (_, i) => (i % channels) * places + Math.floor(i / channels)) }
}

/** The extents of a value where all are known. */
export function extentsOf(node: Node | undefined): readonly number[] | undefined {
  const dims = node?.type.shape.map(({ dim }) => dim) ?? []
  const known = dims.filter((dim) => typeof dim === 'number')
  return node && known.length === dims.length ? known : undefined
}

/** Whether a value is one number for all elements of the last axis, which has no order. */
export const isOne = ({ type: { shape } }: Node): boolean => (shape.at(-1)?.dim ?? 1) === 1

export const essentialExtents = (extents: readonly number[]): readonly number[] => extents.filter((extent) => extent !== 1)

export const isSame = (a: Order, b: Order): boolean => ('lost' in a || 'lost' in b ? false : a === b || String(a.order) === String(b.order))
