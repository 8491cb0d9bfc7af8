import type { Call } from './call-of.ts'
import type { Facts } from './facts.ts'
import type { Primitive } from './primitive.ts'

/** What is certain of a call that the primitive's shape rule accepts. */
export const factsOfCall = ({ facts, factsOf }: Primitive, call: Call): Facts =>
  factsOf ? { ...facts, ...factsOf(call) } : facts
