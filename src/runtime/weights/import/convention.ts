import type { ForeignFile } from './foreign-file.ts'

/** Whose names and layouts a file has: PyTorch's, Keras's, or those of fmw, whose layouts are Keras's. */
export const conventions = ['torch', 'keras', 'fmw'] as const

export type Convention = (typeof conventions)[number]

/** How each calls itself. */
export const programOf: Readonly<Record<Convention, string>> = { torch: 'PyTorch', keras: 'Keras', fmw: 'fmw' }

/** The ends of names that only one of them has. */
const signs: readonly (readonly [Convention, RegExp])[] = [
  ['torch', /(?:^|[./])(?:weight|running_mean|running_var|num_batches_tracked)$/],
  ['keras', /(?:^|[./])(?:gamma|beta|moving_mean|moving_variance|depthwise_kernel|pointwise_kernel|vars\/\d+)(?::\d+)?$|:\d+$/],
  ['fmw', /(?:^|\/)(?:kernel|scale|offset|mean|variance)$/],
]

interface Named extends Pick<ForeignFile, 'format' | 'texts'> {
  readonly tensors: readonly { readonly name: string }[]
}

/** Whose a file is, by its names: all whose signs it has. A kernel alone is no sign against Keras, whose word it is. */
export function conventionsOf({ format, tensors, texts }: Named): readonly Convention[] {
  if (format === 'hdf5' || format === 'tfjs') return ['keras']
  if (texts['fmw'] !== undefined) return ['fmw']
  const found = signs.flatMap(([convention, sign]) => (tensors.some(({ name }) => sign.test(name)) ? [convention] : []))
  return found.includes('keras') ? found.filter((convention) => convention !== 'fmw') : found
}
