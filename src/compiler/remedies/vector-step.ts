import { hasBatch, type Node } from '../graph/graph.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Context } from '../elaborate/context.ts'
import type { OpName } from '../library/names.ts'
import { expressionAt } from '../reading/written.ts'
import { calleeName } from '../syntax/callee-name.ts'
import { userOrigin, type Span } from '../text/source.ts'

/** Where a map became a vector. */
interface VectorStep {
  /** The call of the user's text. */
  readonly step: Span
  readonly map: Node
}

/** The last step before a value at which a map became a vector. */
export function vectorStep(node: Node): VectorStep | undefined {
  for (let at: Node | undefined = node; at?.kind === 'op'; ) {
    const from: Node | undefined = Object.values(at.args).flat().find(({ type }) => hasBatch(type))
    if (from?.type.shape.length === 3) return { step: userOrigin(at.origins[0]).span, map: from }
    at = from
  }
  return undefined
}

/** The op that puts all elements in a row, and the one that leaves the mean of each channel. */
const [flat, mean] = ['flatten', 'pool.global'] as const satisfies readonly OpName[]

/** The mean of each channel instead of all elements in a row. */
export function pooledInstead(step: Span, { run: { modules } }: Context): Fix | undefined {
  const expr = expressionAt(step, modules)
  const callee = expr?.kind === 'call' ? expr.callee : expr
  return callee && calleeName(callee) === flat
    ? { title: `write ${mean} for ${flat}`, safety: 'unsafe', edits: [{ span: callee.span, text: mean }] }
    : undefined
}
