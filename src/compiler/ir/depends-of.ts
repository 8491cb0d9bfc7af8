import { nodesIn, type Attribute, type Depends, type OpNode } from '../graph/graph.ts'

/** What decides the value of a call: what its arguments depend on, and the inputs' extents where an attribute has any. */
export function dependsOf(call: Pick<OpNode, 'args' | 'attributes'>): Depends {
  const read = nodesIn(call.args).map(({ type }) => type.depends)
  if (read.includes('inputs')) return 'inputs'
  return read.includes('extents') || Object.values(call.attributes).some(isSymbolic) ? 'extents' : 'weights'
}

function isSymbolic(attribute: Attribute): boolean {
  if (typeof attribute !== 'object' || attribute === null) return false
  return 'terms' in attribute || attribute.some(isSymbolic)
}
