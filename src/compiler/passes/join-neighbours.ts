import { hasBatch, type Node, type OpNode } from '../graph/graph.ts'
import { instead, type Instead } from './instead.ts'
import { attributesKey } from './keys.ts'
import type { Rule } from './rule.ts'

/** Neighbours among the parts of a concatenation: calls of one op that the concatenation alone reads. */
interface Neighbours {
  readonly parts: readonly [OpNode, ...OpNode[]]
  /** Whether they are all that is concatenated. */
  readonly isWhole: boolean
  /** Makes nodes instead of them, and of others that only they read. */
  readonly instead: (others?: readonly Node[]) => Instead
}

/**
 * A rule on neighbours in a concatenation of channels.
 *
 * @param belongs whether a part can be computed together with the first one
 * @param join what gives their channels next to each other, or undefined where nothing is gained by it
 */
export const joinNeighbours =
  (belongs: (first: OpNode, other: OpNode) => boolean, join: (neighbours: Neighbours, isOwn: (node: Node) => boolean) => OpNode | undefined): Rule =>
  ({ scopes, isReadOnce }) =>
  (node, add) => {
    const parts = channelParts(node)
    if (node.kind !== 'op' || !parts) return node
    const areAlike = (a: Node, b: Node): boolean => isCall(a) && isCall(b) && isReadOnce(a) && isReadOnce(b) && isSameCall(a, b) && belongs(a, b)
    const runs = runsOf(parts, areAlike)
    const pieces = runs.flatMap((run): readonly Node[] => {
      const [first, ...others] = run.filter(isCall)
      if (!first || others.length === 0) return run
      const isWhole = runs.length === 1
      const made = (more: readonly Node[] = []): Instead =>
        instead(isWhole ? [node, first, ...others, ...more] : [first, ...others, ...more], first.frozen, scopes, add)
      const joined = join({ parts: [first, ...others], isWhole, instead: made }, isReadOnce)
      return joined ? [joined] : run
    })
    if (pieces.length === parts.length) return node
    const [only, ...rest] = pieces
    return only && rest.length === 0 ? only : { ...node, args: { parts: pieces } }
  }

/** What a concatenation puts next to each other along its last axis. */
function channelParts(node: Node): readonly Node[] | undefined {
  if (node.kind !== 'op' || node.op !== 'concatenate' || !hasBatch(node.type)) return undefined
  const { axis } = node.attributes
  const isLast = axis === -1 || axis === node.type.shape.length - 1
  return isLast ? [node.args['parts'] ?? []].flat() : undefined
}

const isCall = (node: Node): node is OpNode => node.kind === 'op' && hasBatch(node.type)

const isSameCall = (a: OpNode, b: OpNode): boolean => a.op === b.op && a.frozen === b.frozen && attributesKey(a) === attributesKey(b)

/** Neighbours that belong to the first of them, each run as long as it can be. */
function runsOf<T>(list: readonly T[], belongs: (first: T, other: T) => boolean): readonly (readonly T[])[] {
  const runs: T[][] = []
  for (const item of list) {
    const run = runs.at(-1)
    if (run && belongs(run[0]!, item)) run.push(item)
    else runs.push([item])
  }
  return runs
}
