import type { Edit, Fix } from '../diagnostics/diagnostics.ts'

/** The word that was most likely meant, as a note, and the fix that writes it. */
export const nearWord = (
  word: string,
  title: string,
  edits: readonly Edit[],
): { readonly notes: readonly string[]; readonly fixes: readonly Fix[] } => ({
  notes: [`did you mean ${word}?`],
  fixes: [{ title, edits, isSaid: true }],
})
