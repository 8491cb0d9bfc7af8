import type { Node } from '../graph/graph.ts'
import { factsOf } from './facts-of.ts'

/** Whether what a node computes is linear in these parameters together, with the others held fixed. */
export const isLinearIn = (node: Node, ...parameters: readonly string[]): boolean =>
  factsOf(node).linear?.some((set) => set.length === parameters.length && parameters.every((one) => set.includes(one))) === true

/** The sum of two tensors, element by element. */
export const isSum = (node: Node): boolean => isLinearIn(node, 'a', 'b') && factsOf(node).commutes === true

/** The product of two tensors, element by element. */
export const isProduct = (node: Node): boolean =>
  isLinearIn(node, 'a') && isLinearIn(node, 'b') && factsOf(node).elementwise === true
