import { cse } from './cse.ts'
import { elementwiseAfterConcat } from './elementwise-after-concat.ts'
import type { Rule } from './rule.ts'
import { scatterConnections } from './scatter-connections.ts'
import { widenParallel } from './widen-parallel.ts'

/** The rules that training shares, in their order: those whose gradient is exactly that of the text. */
export const trainingRules: readonly Rule[] = [cse, elementwiseAfterConcat, scatterConnections, widenParallel]
