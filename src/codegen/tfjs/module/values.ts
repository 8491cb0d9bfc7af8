import type { Node } from '../../../compiler/graph/graph.ts'
import { rankOf } from './rank-of.ts'
import type { Holds } from './tree.ts'

/** What a variable holds: a value of the graph, or a list of such. */
export type Value = Node | readonly Node[]

export const isList = (value: Value): value is readonly Node[] => !('kind' in value)

export const nodesIn = (value: Value): readonly Node[] => (isList(value) ? value : [value])

export const sameValue = (a: Value, b: Value): boolean => {
  if (!isList(a) || !isList(b)) return a === b
  return a.length === b.length && a.every((node, i) => node === b[i])
}

export const holdsOf = (value: Value): Holds => ({ list: isList(value), type: nodesIn(value)[0]?.type })

/** Whether one variable can hold both. */
export const sameKind = (a: Value, b: Value): boolean =>
  isList(a) === isList(b) && nodesIn(a).every(({ type }) => nodesIn(b).every((other) => rankOf(type) === rankOf(other.type)))
