import { didYouMean } from '../../compiler/text/did-you-mean.ts'

/** Options of the library or the plugin that cannot be; a bug of fmw may be a RangeError, too. */
export class Misuse extends RangeError {}

/**
 * @param whose in words: `emit`
 * @throws Misuse that names every option that there is not
 */
export function refuseOthers(options: object, known: readonly string[], whose: string): void {
  const others = Object.keys(options).filter((name) => !known.includes(name))
  if (others.length === 0) return
  throw new Misuse(others.map((name) => `${whose} has no option ${name}: ${hint(name, known)}`).join('\n'))
}

function hint(name: string, known: readonly string[]): string {
  const meant = didYouMean(name, known)
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`
}
