import { keyOf } from '../dim/expr.ts'
import { hasBatch, type Node, type OpNode } from '../graph/graph.ts'
import { operandOf } from '../graph/operand.ts'
import { factsOf } from './facts-of.ts'

/** Which channels of a value were chosen: by a list, or by a matrix that has one 1 in each column and zeros besides. */
export type Choice =
  | { readonly kind: 'list'; readonly channels: readonly number[] }
  /** [channels, chosen]; whether it is one is known once it is computed. */
  | { readonly kind: 'matrix'; readonly matrix: Node }

/** Where the channels of a value come from: those of `of`, which the first choice was made among, by these choices, the last one first. */
interface ChannelOrigins {
  readonly of: Node
  readonly choices: readonly Choice[]
}

/**
 * The choice of channels behind a value, going back through what leaves each channel at its place: activations, pooling,
 * normalisation, weights of channels. Undefined where none is found before channels are mixed.
 */
export function channelOrigins(node: Node): ChannelOrigins | undefined {
  const choices: Choice[] = []
  let of: Node | undefined
  for (let at: Node | undefined = node; at; ) {
    const before: Before | undefined = at.kind === 'op' ? (chosenFrom(at) ?? keptFrom(at)) : undefined
    if (before?.choice) {
      choices.push(before.choice)
      of = before.from
    }
    at = before?.from
  }
  return of && { of, choices }
}

interface Before {
  readonly from: Node
  /** Where not all its channels stay at their place. */
  readonly choice?: Choice
}

function chosenFrom(node: OpNode): Before | undefined {
  const { takes, kernel } = factsOf(node)
  const from = takes && operandOf(node, takes.of)
  if (takes && from && hasBatch(from.type)) return { choice: { kind: 'list', channels: takes.channels }, from }
  const [x, matrix] = kernel ? [operandOf(node, kernel.of), operandOf(node, kernel.by)] : []
  // only a comparison gives zeros and ones by itself
  const isChoice = x && hasBatch(x.type) && matrix?.kind === 'op' && matrix.op === 'compare' && matrix.type.shape.length === 2
  return isChoice && kernel?.reads === 0 && kernel.makes[0] === 1 ? { choice: { kind: 'matrix', matrix }, from: unshaped(x) } : undefined
}

/** Before its places were brought into one row for the product. */
function unshaped(x: Node): Node {
  const before = x.kind === 'op' && x.op === 'reshape' ? keptFrom(x)?.from : undefined
  return before ? unshaped(before) : x
}

/** What has the same channels in the same order. */
function keptFrom(node: OpNode): Before | undefined {
  const { perChannel, elementwise } = factsOf(node)
  const named = node.op === 'reshape' ? ['x'] : elementwise ? Object.keys(node.args) : perChannel
  const read = (named ?? []).flatMap((name) => operandOf(node, name) ?? [])
  // numbers for each channel are none of its maps
  const [map, ...others] = read.filter(({ type }) => hasBatch(type) && (read.length === 1 || type.shape.length === node.type.shape.length))
  return map && others.length === 0 && isOfChannels(map, node) ? { from: map } : undefined
}

const isOfChannels = (a: Node, b: Node): boolean => {
  const [one, other] = [a.type.shape.at(-1), b.type.shape.at(-1)]
  return one !== undefined && other !== undefined && keyOf(one.dim) === keyOf(other.dim)
}
