import type { Shared } from './functions.ts'
import type { Place, Step } from './tree.ts'
import { isArray, type Weights } from './weights-tree.ts'

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
      node =
        typeof step === 'string'
          ? around?.children.get(step)
          : (around?.elements?.each ?? around?.children.get(String(step.cases[0]?.value)))
      // what a part has is not known here
      if (!around || !node || node.at.length >= around.at.length) return 'always'
      const having = new Set(node.at.map(({ call }) => call).filter((call) => own.has(call)))
      const isHere = having.size === here.size && having.size < own.size && [...having].every((call) => here.has(call))
      return isHere && typeof step === 'string' ? 'here' : 'elsewhere'
    })
  }

/** Whether the turns at a step of the way to a weight are of different kinds, each with a type of its own. */
export function isTupleAt({ weights }: Shared, path: readonly Step[], step: number): boolean {
  let node: Weights | undefined = weights.weights
  for (const one of path.slice(0, step)) {
    node = typeof one === 'string' ? node?.children.get(one) : (node?.elements?.each ?? node?.children.get(String(one.cases[0]?.value)))
  }
  return node !== undefined && !node.elements && isArray([...node.children.keys()])
}
