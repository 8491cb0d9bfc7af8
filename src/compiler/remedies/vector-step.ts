import { hasBatch, type Node } from '../graph/graph.ts'
import { userOrigin, type Span } from '../text/source.ts'

/** Where a map became a vector. */
export interface VectorStep {
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

/** The mean of each channel instead of all elements in a row. */
export const pooledInstead = (step: Span): { readonly span: Span; readonly text: string } | undefined =>
  step.source.text.startsWith('flatten', step.start) && !step.source.library
    ? { span: { ...step, end: step.start + 'flatten'.length }, text: 'pool.global' }
    : undefined
