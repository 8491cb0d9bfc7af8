import type { InputNode } from '../graph/graph.ts'
import { contains, type Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'

/** The input in whose declaration a place stands: what is fed decides what is written there. */
export const inputAt = (place: Span, { run: { builder } }: Context): InputNode | undefined =>
  builder.inputs.find(({ origins: [{ span }] }) => contains(span, place))
