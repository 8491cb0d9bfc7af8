import { applyFixes } from './apply-fixes.ts'
import type { Diagnostic, Fix } from '../diagnostics/diagnostics.ts'
import type { Mended } from '../diagnostics/mended.ts'
import { mendedBy } from './fix-effect.ts'
import type { Recheck } from './sound-fixes.ts'

export interface Fixed {
  /** The new text of every file that changed, by its path. */
  readonly texts: ReadonlyMap<string, string>
  readonly mended: readonly Mended[]
  /** What is left. */
  readonly diagnostics: readonly Diagnostic[]
}

/** What one round reveals, the next one fixes. */
const mostRounds = 50

/** Which fixes are applied: those that are safe, or the others too. */
export type WhichFixes = 'safe' | 'all'

/**
 * Applies the first fix of every diagnostic that may be applied, and again of what is then found, until nothing changes. After each
 * round everything is checked again: a fix that does not do what it is for, beside the others or at all, is taken back.
 *
 * @param check the diagnostics of all files, with these texts instead of what some of them hold
 */
export function fixAll(check: Recheck, which: WhichFixes): Fixed {
  let state: Fixed = { texts: new Map(), mended: [], diagnostics: check(new Map()) }
  for (let round = 0; round < mostRounds; round++) {
    const next = afterRound(state, check, which)
    if (!next) break
    state = next
  }
  return state
}

interface Candidate extends Fix {
  readonly mended: Mended
}

/** All that goes together at once; where that is no good, the first that is good alone. */
function afterRound(state: Fixed, check: Recheck, which: WhichFixes): Fixed | undefined {
  const candidates = state.diagnostics.flatMap((diagnostic): readonly Candidate[] => {
    const fix = diagnostic.fixes.find(({ safety }) => safety === 'safe' || (which === 'all' && safety === 'unsafe'))
    return fix ? [{ ...fix, mended: { diagnostic, fix } }] : []
  })
  const together = attempt(candidates, state, check)
  if (together || candidates.length < 2) return together
  for (const candidate of candidates) {
    const alone = attempt([candidate], state, check)
    if (alone) return alone
  }
  return undefined
}

/** The state after some fixes; undefined where one of them has not done what it is for. */
function attempt(candidates: readonly Candidate[], state: Fixed, check: Recheck): Fixed | undefined {
  const { texts, applied, edits } = applyFixes(candidates)
  if (applied.length === 0) return undefined
  const changed = new Map([...state.texts, ...texts])
  const diagnostics = check(changed)
  const mended = applied.map((one) => one.mended)
  const isMended = mendedBy(edits, state.diagnostics, diagnostics)
  if (!mended.every(({ diagnostic }) => isMended(diagnostic))) return undefined
  return { texts: changed, mended: [...state.mended, ...mended], diagnostics }
}
