import type { Diagnostic, Fix } from '../diagnostics/diagnostics.ts'
import { applyFixes } from './apply-fixes.ts'
import { mendedBy } from './fix-effect.ts'

/** Checks the same program again, with other texts for some of its files. */
export type Recheck = (texts: ReadonlyMap<string, string>) => readonly Diagnostic[]

/** What a check found, and what it took. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  readonly effort: number
}

/** So many fixes are tried one by one, and no more of them than this effort, or so many checks of this program, allow. */
const mostAlone = 60
const leastEffort = 20_000
const mostChecks = 6

/** A fix with the mistake it is for. */
interface Offer {
  readonly diagnostic: Diagnostic
  readonly fix: Fix
}

/**
 * Diagnostics with those of their fixes that leave no error; where a mistake hid others, with those that leave the fewest. Each fix
 * is tried by itself; of those that there are too many for, the first one of every diagnostic is tried together with the others.
 * What is to be filled in is not tried.
 */
export function withSoundFixes(first: Checked, recheck: (texts: ReadonlyMap<string, string>) => Checked): readonly Diagnostic[] {
  const { diagnostics } = first
  const budget = Math.max(leastEffort, mostChecks * first.effort)
  let spent = 0
  /** How many errors are left where fixes mend what they are for. */
  const errorsAfter = (offers: readonly Offer[]): number | undefined => {
    const { texts, applied, edits } = applyFixes(offers.map(({ fix }) => fix))
    if (applied.length < offers.length) return undefined
    const after = recheck(texts)
    spent += after.effort
    const isMended = mendedBy(edits, diagnostics, after.diagnostics)
    return offers.every(({ diagnostic }) => isMended(diagnostic)) ? after.diagnostics.filter(isError).length : undefined
  }
  const offers = diagnostics.flatMap((diagnostic) => diagnostic.fixes.filter(isWhole).map((fix) => ({ diagnostic, fix })))
  const left = new Map<Fix, number>()
  let tried = 0
  for (const offer of offers) {
    if (tried === mostAlone || spent > budget) break
    tried++
    const errors = errorsAfter([offer])
    if (errors !== undefined) left.set(offer.fix, errors)
  }
  const rest = offers.slice(tried).filter(({ diagnostic, fix }) => fix === diagnostic.fixes[0])
  const isSound = (some: readonly Offer[]): boolean => errorsAfter(some) !== undefined
  for (const { fix } of soundTogether(rest, isSound, () => spent > 2 * budget)) left.set(fix, 0)
  return diagnostics.map((diagnostic) => {
    if (diagnostic.fixes.length === 0) return diagnostic
    const fewest = Math.min(...diagnostic.fixes.map((fix) => left.get(fix) ?? Infinity))
    const best = diagnostic.fixes.filter((fix) => left.get(fix) === fewest)
    const narrow = best.filter(({ isWider }) => !isWider)
    const unfilled = diagnostic.fixes.filter((fix) => !isWhole(fix))
    return { ...diagnostic, fixes: [...withOneSafe(narrow.length > 0 ? narrow : best), ...unfilled] }
  })
}

/** Whether a text can be compiled with a fix, in which nothing is left to fill in. */
const isWhole = ({ safety }: Fix): boolean => safety !== 'placeholder'

/** Where several are as good, none is what the author surely meant. */
function withOneSafe(fixes: readonly Fix[]): readonly Fix[] {
  const [, another] = fixes.filter(({ safety }) => safety === 'safe')
  return another ? fixes.map((fix) => (fix.safety === 'safe' ? { ...fix, safety: 'unsafe' } : fix)) : fixes
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error'

/** Of many fixes those that are good together; where not all are, of either half. */
function soundTogether(
  offers: readonly Offer[],
  isSound: (offers: readonly Offer[]) => boolean,
  isSpent: () => boolean,
): readonly Offer[] {
  if (offers.length === 0 || isSpent()) return []
  if (isSound(offers)) return offers
  const middle = Math.ceil(offers.length / 2)
  return offers.length === 1
    ? []
    : [offers.slice(0, middle), offers.slice(middle)].flatMap((half) => soundTogether(half, isSound, isSpent))
}
