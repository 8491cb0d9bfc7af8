import { suggestion } from '../../compiler/text/suggestion.ts'
import { Failure, problem } from '../failure/failure.ts'
import type { Augmentation } from './augmentation.ts'
import { flip } from './flip.ts'
import { shiftBy } from './shift.ts'

/** By name; padding by n and cutting out, which is how a random crop keeps the size, is a shift. */
const byPixels: Readonly<Record<string, (pixels: number) => Augmentation>> = { shift: shiftBy, crop: shiftBy }

const names = ['flip', ...Object.keys(byPixels)]

/** What `--augment` says: `flip`, `shift=2`, `crop=4`. @throws Failure `data/augment` */
export function parseAugmentation(text: string): Augmentation {
  const fail = (reason: string): never => {
    throw new Failure([problem('data/augment', { reason: `${text}: ${reason}` })])
  }
  const [name, ...rest] = text.split('=')
  if (name === 'flip') return rest.length === 0 ? flip : fail('flip takes no number')
  const make = name !== undefined && Object.hasOwn(byPixels, name) ? byPixels[name] : undefined
  if (!make) return fail(`there are ${names.join(', ')}${suggestion(name ?? '', names)}`)
  const pixels = rest.join('=')
  if (!/^[1-9]\d*$/.test(pixels)) return fail(`it needs a number of pixels from 1 on, such as ${name}=2`)
  return make(Number(pixels))
}
