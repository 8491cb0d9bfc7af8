import type { Metadata, Normalization, PictureRules } from '../../codegen/tfjs/runtime/metadata.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { checkNormalization, isIdentity, normalizationText, parseNormalization } from '../../runtime/data/normalize.ts'
import type { Described } from './described-by.ts'

/** How values are prepared before a model is given them. */
export interface InputRules {
  readonly normalization: Normalization | undefined
  /** Whether pictures are brought to the size of the input or, where that is any, to the one they were learned in. */
  readonly resize: boolean
  /** The same of arrays, which only an option says: weights speak of pictures. */
  readonly resizesArrays: boolean
  /** How the weights have learned from pictures, where they say so. */
  readonly learned: PictureRules | undefined
}

interface Options {
  readonly normalize?: string
  readonly resize?: boolean
}

/** What options say, and where they do not, what the weights say. @throws Failure `data/normalize` */
export function inputRules(graph: Graph, { normalize, resize }: Options, described: Described | undefined): InputRules {
  const { normalize: learnedNormalization, picture: learned } = described?.metadata ?? {}
  const given = normalize === undefined ? undefined : parseNormalization(normalize)
  if (given) checkNormalization(given, graph)
  const resizes = resize ?? learned?.resize === 'bilinear-antialias'
  return { normalization: given ?? learnedNormalization, resize: resizes, resizesArrays: resize === true, learned }
}

/** What a file of weights says of classes and inputs, and where an option wins over it. */
export function metadataText({ classes, normalize, picture }: Metadata, options: Options = {}): string {
  const here = (option: string | undefined): string => (option === undefined ? '' : ` (here ${option})`)
  const normalized = normalize && (isIdentity(normalize) ? 'not normalised' : `normalised by ${normalizationText(normalize)}`)
  const resized = options.resize === undefined ? undefined : options.resize ? '--resize' : '--no-resize'
  const parts = [
    ...(classes ? [`classes ${namesText(classes)}`] : []),
    ...(normalized ? [`inputs ${normalized}${here(options.normalize && `--normalize ${options.normalize}`)}`] : []),
    ...(picture
      ? [`pictures of ${picture.size.join('x')}, ${picture.resize === 'none' ? 'no others' : 'others resized'}${here(resized)}`]
      : []),
  ]
  return parts.join('; ')
}

/** The first few names. */
export const namesText = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${(names.length - 5).toLocaleString('en-US')} more`
