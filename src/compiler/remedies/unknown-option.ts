import type { Fix } from '../diagnostics/diagnostics.ts'
import { writing } from '../fixes/writing.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import { parameterMeant, parameterMissed } from './other-frameworks.ts'
import type { Remedy } from './remedy.ts'
import type { Causes } from '../elaborate/context.ts'
import { nearWord, safetyOf } from '../fixes/near-word.ts'

/** What is said of a weight by the name that it has elsewhere, or by nearly its own. */
export const otherOption: Remedy<'unknown-option'> = (cause) => {
  const { name, options } = cause
  const elsewhere = parameterMeant(name.name, options)
  const meant = elsewhere ?? didYouMean(name.name, options)
  return meant === undefined
    ? { notes: [parameterMissed(name.name)?.instead ?? `a weight has ${options.join(', ')}`], fixes: frozenAs(cause) }
    : nearWord(meant, `call it ${meant}`, [{ span: name.span, text: meant }], elsewhere === undefined ? safetyOf(name.name, meant) : 'safe')
}

/** A weight is frozen by not being trained. */
function frozenAs({ name, value, written }: Causes['unknown-option']): readonly Fix[] {
  if ((name.name !== 'frozen' && name.name !== 'freeze') || value.kind !== 'bool') return []
  const fix = writing(`trainable: ${!value.value}`, { ...name.span, end: written.end }, 'safe')
  return [value.value ? { ...fix, isSaid: true } : fix]
}
