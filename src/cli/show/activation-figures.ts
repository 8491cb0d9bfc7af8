import { suggestion } from '../../compiler/text/suggestion.ts'
import { above, words } from '../../runtime/drawing/panel.ts'
import type { Figure } from '../../runtime/drawing/figure.ts'
import { activationScale, overlay } from '../../runtime/drawing/overlay.ts'
import { shortNumber, statisticsOf, statisticsText } from '../../runtime/drawing/statistics.ts'
import { UsageError } from '../exit/exit.ts'
import type { Activation } from './activation.ts'
import type { ActivationMap } from './activation-maps.ts'
import type { Computed } from './computed.ts'

/** A class, as its map is titled. */
interface ChosenClass {
  readonly index: number
  readonly name: string | undefined
  readonly logit: number
  /** From 1, the largest logit. */
  readonly rank: number
  readonly of: number
}

/** A number is that of a class, whatever classes are called. */
export function chosenClass(chosen: string, logits: Float32Array, classes: readonly string[] | undefined): ChosenClass {
  const index = classOf(chosen, logits, classes)
  const larger = logits.filter((value) => value > logits[index]!).length
  return { index, name: classes?.[index], logit: logits[index]!, rank: larger + 1, of: logits.length }
}

function classOf(chosen: string, logits: Float32Array, classes: readonly string[] = []): number {
  if (chosen === 'top') return logits.reduce((best, value, i) => (value > logits[best]! ? i : best), 0)
  const index = Number(chosen)
  if (/^\d+$/.test(chosen) && index < logits.length) return index
  const named = classes.flatMap((name, i) => (name === chosen ? [i] : []))
  const [first, ...others] = named
  if (first !== undefined && others.length === 0) return first
  if (first !== undefined) throw new UsageError(`--cam ${chosen}: several classes are called so: ${named.join(', ')}`)
  const names = classes.length > 0 ? `, or the name of one${suggestion(chosen, classes)}` : ''
  throw new UsageError(`--cam ${chosen}: a class is top or a number from 0 to ${logits.length - 1}${names}`)
}

const called = ({ index, name }: ChosenClass): string =>
  `class ${index}${name === undefined || name === String(index) ? '' : ` (${name})`}`

export function classTitle(chosen: ChosenClass): string {
  const rank = chosen.rank === 1 ? `the largest of ${chosen.of}` : `rank ${chosen.rank} of ${chosen.of}`
  return `${called(chosen)}, logit ${shortNumber(chosen.logit)}, ${rank}`
}

/** What a map is, in a line. */
export const mapTitle = ({ method }: Activation, { nodes }: ActivationMap): string =>
  `${method === 'cam' ? 'class activation map' : 'Grad-CAM'} of ${nodes.map(({ path }) => path).join(' and ')}`

/** The maps of a class over each picture that they were made of, in common colours. */
export function activationFigures(
  activation: Activation,
  maps: readonly ActivationMap[],
  chosen: ChosenClass,
  valueOf: Computed['valueOf'],
): readonly Figure[] {
  const scale = activationScale(maps.map(({ map }) => map))
  const isOne = new Set(maps.flatMap(({ pictures }) => pictures)).size === 1
  return maps.flatMap((one) => {
    const { map, pictures } = one
    const statistics = statisticsText(statisticsOf(map.values))
    const what = activation.method === 'cam' ? 'class activation map' : 'Grad-CAM'
    return pictures.map((picture) => ({
      title: classTitle(chosen),
      captions: [`${mapTitle(activation, one)} [${map.height}, ${map.width}] ${statistics}`],
      alt: `the input ${picture.name}, the ${what} of ${called(chosen)} (values ${statistics}), and the map laid over the input`,
      panel: (theme) => overlay(valueOf(picture), map, theme, { title: isOne ? 'input' : `input ${picture.name}`, scale }),
    }))
  })
}

/** Several figures as one picture, each below its captions. */
export function together(figures: readonly Figure[]): Figure {
  const [first, ...others] = figures
  if (!first) throw new Error('there is nothing to draw')
  if (others.length === 0) return first
  return {
    title: first.title,
    captions: [`${figures.length} pictures`],
    alt: figures.map(({ alt }) => alt).join('; '),
    panel: (theme) =>
      above(figures.map(({ captions, panel }) => above([...captions.map((caption) => words(caption, theme.faint)), panel(theme)], 8)), 24),
  }
}
