import type { Node, OpNode } from './graph.ts'

/** The tensor that an op was given for a parameter; undefined where there is none, or a list of them. */
export function operandOf({ args }: OpNode, parameter: string): Node | undefined {
  const given = args[parameter]
  return given && 'kind' in given ? given : undefined
}
