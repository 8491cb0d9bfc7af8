import { didYouMean } from '../text/did-you-mean.ts'
import { besideFile, fileName } from '../text/file-name.ts'
import type { ReadingRemedy } from './remedy.ts'
import { nearWord } from '../fixes/near-word.ts'

/** The file that an import means by another ending, or by nearly the same name. */
export const fileMeant: ReadingRemedy<'missing-file'> = ({ declaration: { from, fromSpan }, path }, host) => {
  const near = didYouMean(fileName(from), host.filesBeside?.(path) ?? [])
  const nearby = near === undefined ? undefined : besideFile(from, near)
  const meant = host.read(`${path}.fmw`) === undefined ? nearby : `${from}.fmw`
  if (meant === undefined) return {}
  return nearWord(meant, `import from ${meant}`, [{ span: fromSpan, text: `"${meant}"` }])
}
