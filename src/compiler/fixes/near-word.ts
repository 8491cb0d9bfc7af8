import { isMistyped } from '../text/did-you-mean.ts'
import type { Edit, Fix, Safety } from '../diagnostics/diagnostics.ts'

/** A word that is mistyped is surely meant; another one that is near only may be. */
export const safetyOf = (written: string, meant: string): Safety => (isMistyped(written, meant) ? 'safe' : 'unsafe')

/** The word that was most likely meant, as a note, and the fix that writes it. */
export const nearWord = (
  word: string,
  title: string,
  edits: readonly Edit[],
  safety: Safety = 'safe',
): { readonly notes: readonly string[]; readonly fixes: readonly Fix[] } => ({
  notes: [`did you mean ${word}?`],
  fixes: [{ title, safety, edits, isSaid: true }],
})
