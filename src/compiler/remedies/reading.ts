import type { Details } from '../diagnostics/diagnostics.ts'
import { syntaxFixes } from '../fixes/syntax/syntax-fixes.ts'
import type { AdviseReading, ReadingCause, ReadingCauses } from '../reading/cause.ts'
import type { Host } from '../text/host.ts'
import { anotherName } from './family-name.ts'
import { fileMeant } from './missing-file.ts'
import type { ReadingRemedy } from './remedy.ts'
import { importMeant } from './unknown-import.ts'

/** For each cause of a mistake in reading what would mend it. */
const remedies: { readonly [K in keyof ReadingCauses]: ReadingRemedy<K> } = {
  syntax: ({ problem, ...tokens }) => ({ fixes: syntaxFixes(problem, tokens) }),
  'unknown-import': importMeant,
  'missing-file': fileMeant,
  'family-name': anotherName,
}

export const adviseReading: AdviseReading = (cause, host) => adviseOn(cause, host)

function adviseOn<K extends keyof ReadingCauses>(cause: ReadingCause<K>, host: Host): Details {
  const remedy: ReadingRemedy<K> = remedies[cause.kind]
  return remedy(cause, host)
}
