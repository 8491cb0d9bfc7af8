import { isWeight, type Node, type Scope } from '../../../compiler/graph/graph.ts'
import { nodesOf } from '../../../compiler/graph/scope.ts'
import { operands } from '../../../compiler/graph/graph.ts'
import { resultsOf, type Item, type Program } from './program.ts'

/** When the values of a call are read for the last time. */
export interface Uses {
  /** The place of an op or a call in the order of all of them in the body. */
  readonly indexOf: (item: Item) => number
  /** The values that the body makes and reads there for the last time. */
  readonly dyingAt: (index: number) => readonly Node[]
  /** Whether a value is read after that place, or is a result. */
  readonly isReadAfter: (node: Node, index: number) => boolean
}

export function usesIn(program: Program, call: Scope): Uses {
  const { valueOf } = program
  const lastRead = new Map<Node, number>()
  const made = new Set<Node>()
  const indices = new Map<number, number>()
  let index = -1
  const read = (node: Node): void => {
    lastRead.set(valueOf(node), index)
  }
  /** Names are given between two ops: what has one then is not disposed of before. */
  const named = (node: Node): void => {
    lastRead.set(valueOf(node), index + 0.5)
  }
  function visit(scope: Scope): void {
    for (const item of program.itemsOf(scope)) {
      if (item.kind === 'loop' || item.kind === 'comprehension') {
        for (const turn of program.turnsOf(item.scope)) {
          visit(turn)
          turn.outputs
            .filter(({ node }) => !('kind' in node))
            .flatMap(nodesOf)
            .forEach(named)
        }
        continue
      }
      indices.set(keyOfItem(item), ++index)
      if (item.kind === 'op') {
        operands(item.node).forEach(read)
        made.add(item.node)
      } else {
        item.scope.inputs.flatMap(nodesOf).forEach(read)
        for (const node of item.scope.outputs.flatMap(nodesOf)) if (valueOf(node).kind === 'op') made.add(valueOf(node))
      }
    }
  }
  visit(call)
  const given = new Set(call.inputs.flatMap(nodesOf).map(valueOf))
  const results = new Set(resultsOf(program, call).flatMap(nodesOf).map(valueOf))
  const dying = new Map<number, Node[]>()
  for (const [node, at] of lastRead) {
    if (!made.has(node) || given.has(node) || results.has(node) || isWeight(node)) continue
    dying.set(at, [...(dying.get(at) ?? []), node])
  }
  return {
    indexOf: (item) => indices.get(keyOfItem(item))!,
    dyingAt: (at) => dying.get(at) ?? [],
    isReadAfter: (node, at) => results.has(node) || (lastRead.get(node) ?? -1) > at,
  }
}

/** Nodes and scopes do not share numbers here. */
const keyOfItem = (item: Item): number => (item.kind === 'op' ? 2 * item.node.id : 2 * item.scope.id + 1)
