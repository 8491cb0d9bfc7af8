import type { Attribute, ConstantNode, Extent, Node, OpNode, Scope } from '../graph/graph.ts'
import { commonScope } from '../graph/scope.ts'
import { opNode } from '../ir/op-node.ts'
import { joinedOrigins, type Visit } from '../ir/rewrite.ts'
import { primitives } from '../primitives/index.ts'

/** Makes nodes that stand instead of others: they have the place of the first, and come from all that those come from. */
export interface Instead {
  readonly op: (name: string, args: OpNode['args'], attributes?: OpNode['attributes']) => OpNode
  readonly constant: (shape: readonly number[], values: readonly number[]) => ConstantNode
}

export function instead([first, ...others]: readonly [Node, ...Node[]], frozen: boolean, scopes: readonly Scope[], add: Parameters<Visit>[1]): Instead {
  const place = {
    id: first.id,
    path: first.path,
    segments: first.segments,
    statement: first.statement,
    scope: commonScope(scopes, [first, ...others].map(({ scope }) => scope)),
    origins: others.map(({ origins }) => origins).reduce(joinedOrigins, first.origins),
  }
  const [origin] = first.origins
  return {
    op: (name, args, given = {}) => {
      const primitive = primitives.get(name)
      if (!primitive) throw new Error(`there is no primitive ${name}`)
      const attributes = { ...presets(primitive.signature), ...given }
      const result = opNode(primitive, args, attributes)
      if ('problem' in result) throw new Error(`${name} instead of ${first.path} is refused: ${result.problem.code}`)
      const shape = result.shape.map((extent): Extent => ('origin' in extent ? extent : { ...extent, origin }))
      return add({ ...place, kind: 'op', op: name, args, attributes, type: { shape, depends: result.depends }, frozen })
    },
    constant: (shape, values) =>
      add({ ...place, kind: 'constant', values, type: { shape: shape.map((dim) => ({ dim, origin })), depends: 'weights' } }),
  }
}

const presets = (signature: Readonly<Record<string, { readonly default?: unknown }>>): OpNode['attributes'] =>
  Object.fromEntries(
    Object.entries(signature).flatMap(([name, { default: preset }]) => (preset === undefined ? [] : [[name, preset as Attribute]])),
  )
