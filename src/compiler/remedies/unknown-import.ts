import { didYouMean } from '../text/did-you-mean.ts'
import { renaming } from '../fixes/renaming.ts'
import { bindingAt } from '../syntax/bindings.ts'
import type { ReadingRemedy } from './remedy.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** The name that was meant of those the other file has; where it is read under the one that was written, that changes too. */
export const importMeant: ReadingRemedy<'unknown-import'> = ({ imported: { name, as }, declared, ast }) => {
  const near = didYouMean(name.name, declared)
  if (near === undefined) return { notes: [`it declares ${declared.join(', ') || 'nothing'}`] }
  const binding = name === as ? bindingAt(as.span, ast) : undefined
  const edits = binding ? renaming(binding, near) : [{ span: name.span, text: near }]
  return nearWord(near, `import ${near}`, edits, safetyOf(name.name, near))
}
