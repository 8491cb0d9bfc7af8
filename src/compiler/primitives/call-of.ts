import type { Node, OpNode } from '../graph/graph.ts'
import type { Primitive } from './primitive.ts'

/** A call as the rules of its primitive read it: the type of each tensor argument, and the attributes. */
export type Call = Parameters<Primitive['shape']>[0]

/** The call that a node is; `none` is undefined to the rules. Sound for nodes that `verify` accepts. */
export function callOf({ args, attributes }: Pick<OpNode, 'args' | 'attributes'>, { signature }: Primitive): Call {
  const typed = (arg: Node | readonly Node[]) => ('type' in arg ? arg.type : arg.map(({ type }) => type))
  const entries = Object.keys(signature).map((name) => {
    const arg = args[name]
    return [name, arg === undefined ? (attributes[name] ?? undefined) : typed(arg)]
  })
  return Object.fromEntries(entries) as Call
}
