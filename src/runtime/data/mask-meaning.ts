import type { Target, TargetKind } from './opened-dataset.ts'

interface Wanted {
  /** The last extent of the output. */
  readonly classes: number
  readonly target: Target
  /** The largest number that the files could hold. */
  readonly most: number
}

/** What the numbers of masks are: a label for each place, or a value. */
export interface MaskMeaning {
  readonly kind: TargetKind
  /** The value or label that a number stands for; undefined for one that stands for none. */
  readonly valueOf: (number: number) => number | undefined
  /** Where it is not as it stands. */
  readonly note?: string
  /** What the numbers have to be, of those that stand for none. */
  readonly allowed: string
}

/**
 * What the numbers of all masks mean for an output: those of classes, or 0 and 1, where the largest number of the files may stand for 1.
 * Grey values between 0 and 1 they are only where the loss that was asked for compares values.
 */
export function maskMeaning(numbers: ReadonlySet<number>, { classes, target: { kind, ignored }, most }: Wanted): MaskMeaning {
  const said = [...numbers].filter((number) => number !== ignored)
  const isBlackAndWhite = classes <= 2 && most > 1 && said.includes(most) && said.every((number) => number === 0 || number === most)
  const keptIf = (isFine: (number: number) => boolean) => (number: number) => (number === ignored || isFine(number) ? number : undefined)
  const ofClasses: TargetKind = classes > 1 ? 'labels' : 'values'
  const allowed = classes > 1 ? `the numbers of classes, 0 to ${classes - 1}` : `0 and 1, or 0 and ${most}`
  if (isBlackAndWhite) {
    const note = `their 0 and ${most} are taken for 0 and 1`
    return { kind: ofClasses, valueOf: (number) => (number === ignored ? number : number / most), note, allowed }
  }
  const most01 = Math.max(classes, 2)
  if (classes > 1 || kind !== 'values' || said.every((number) => number < most01)) return { kind: ofClasses, valueOf: keptIf((number) => number < most01), allowed }
  const note = `their grey values are taken from 0 to 1, divided by ${most}`
  return { kind: 'values', valueOf: (number) => (number === ignored ? number : number / most), note, allowed }
}
