import fc from 'fast-check'
import * as assert from 'uvu/assert'
import type { Rule } from '../../src/compiler/passes/rule.ts'
import type { BackendName } from '../../src/runtime/backend/backend.ts'
import { withBackend } from '../backends.ts'
import { anyNetwork } from './random-network.ts'
import { trainsAlike } from './same-training.ts'

/** Tries rules on random networks; they have to change at least a quarter of them. */
export async function alwaysTrainsAlike(rules: readonly Rule[], backends: readonly BackendName[] = ['cpu']): Promise<void> {
  const runs = 40
  for (const backend of backends) {
    let changed = 0
    await withBackend(backend, (tf) =>
      fc.assert(
        fc.property(anyNetwork, (graph) => {
          if (trainsAlike(graph, rules, tf) !== graph) changed += 1
        }),
        { numRuns: runs, seed: 12, endOnFailure: true },
      ),
    )
    assert.ok(changed >= runs / 4, `only ${changed} of ${runs} networks were changed`)
  }
}
