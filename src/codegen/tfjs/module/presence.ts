import type { Shared } from './functions.ts'
import type { Place, Step } from './tree.ts'
import { below, isArray, type Weights } from './weights-tree.ts'

/** `always`: all calls of the type have it; `here`: of the calls of the function, these have it and no others; `elsewhere`: any. */
export type Presence = 'always' | 'here' | 'elsewhere'

/** Of each step on the way to a weight: whether the calls of a function have what is there. */
export const presenceIn =
  ({ weights, calls }: Shared) =>
  (path: readonly Step[], at: readonly Place[]): readonly Presence[] => {
    const own = new Set(calls.map(({ id }) => id))
    const here = new Set(at.map(({ call }) => call))
    let node: Weights | undefined = weights.weights
    return path.map((step): Presence => {
      const around: Weights | undefined = node
      node = below(around, step)
      // what a part has is not known here
      if (!around || !node || node.at.length >= around.at.length) return 'always'
      const having = new Set(node.at.map(({ call }) => call).filter((call) => own.has(call)))
      const isHere = having.size === here.size && having.size < own.size && [...having].every((call) => here.has(call))
      return isHere && typeof step === 'string' ? 'here' : 'elsewhere'
    })
  }

/** How many turns there are at a step of the way to a weight, where they are of different kinds, each with a type of its own. */
export function tupleSizeAt({ weights }: Shared, path: readonly Step[], step: number): number | undefined {
  const node = path.slice(0, step).reduce<Weights | undefined>(below, weights.weights)
  return node !== undefined && !node.elements && isArray([...node.children.keys()]) ? node.children.size : undefined
}

/** How many elements there are on the way to a weight, at a place; undefined where that is no list, or in one of several kinds. */
export function lengthAt({ weights }: Shared, path: readonly Step[], place: Place): number | undefined {
  let node: Weights | undefined = weights.weights
  const turns: number[] = []
  for (const step of path) {
    if (typeof step === 'string') {
      node = node?.children.get(step)
      continue
    }
    const value = Number(step.cases.find(({ at }) => isWithin(at, place))?.value)
    if (!node?.elements) return undefined
    turns.push(value)
    node = node.elements.each
  }
  if (!node) return undefined
  const found = node.elements?.count.cases.find(({ at }) => at.call === place.call && at.turns.join() === turns.join())
  if (node.elements) return found && Number(found.value)
  return isArray([...node.children.keys()]) && [...node.children.values()].every(({ at }) => at.some(({ call }) => call === place.call))
    ? node.children.size
    : undefined
}

const isWithin = (inner: Place, outer: Place): boolean =>
  inner.call === outer.call && outer.turns.every((turn, i) => inner.turns[i] === turn)
