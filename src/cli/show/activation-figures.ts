import { classActivationHead, type ClassActivationHead } from '../../compiler/facts/class-activation-head.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph, InputNode, Node } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { placeOf, userOrigin } from '../../compiler/text/source.ts'
import { classActivation } from '../../runtime/drawing/class-activation.ts'
import type { Figure } from '../../runtime/drawing/figure.ts'
import { overlay } from '../../runtime/drawing/overlay.ts'
import { shortNumber, statisticsOf, statisticsText } from '../../runtime/drawing/statistics.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { UsageError } from '../exit/exit.ts'
import { kindOf } from '../files/find-nodes.ts'

/**
 * The end of the network that class activation maps are drawn of: that of the node, or of the one output that has such an end.
 *
 * @throws UsageError with what was looked for, and what stands there instead
 */
export function findHead(graph: Graph, node: Node | undefined): ClassActivationHead {
  const candidates = node ? [{ name: node.path, node }] : graph.outputs
  const found = candidates.map(({ name, node: end }) => ({ name, head: classActivationHead(end) }))
  const heads = found.flatMap(({ name, head }) => ('maps' in head ? [{ name, head }] : []))
  const [first, ...others] = heads
  if (first && others.every(({ head }) => head.logits === first.head.logits)) return first.head
  if (first) {
    throw new UsageError(
      `--cam: several outputs have class activation maps: name one of ${heads.map(({ name }) => name).join(', ')}`,
    )
  }
  const reasons = found.flatMap(({ name, head }) =>
    'at' in head ? [`  ${name}: ${head.wanted} was looked for, and ${described(head.at)} was found`] : [],
  )
  const looked = 'logits = dense(pool.global(maps)), with nothing but dropout, reshape and softmax or sigmoid besides'
  throw new UsageError(`--cam: class activation maps need ${looked}\n${reasons.join('\n')}`)
}

function described(node: Node): string {
  const name = node.kind === 'constant' ? 'a constant' : `${node.path} (${kindOf(node)})`
  return `${name} ${printShape(node.type.shape)} at ${placeOf(userOrigin(node.origins[0]).span)}`
}

interface Computed {
  readonly valueOf: (node: Node) => TensorData
  /** The names of the classes, where they have some. */
  readonly classes: readonly string[] | undefined
}

/** The map of a class over each picture that the maps were made of. */
export function activationFigures(
  { maps, kernel, logits }: ClassActivationHead,
  inputs: readonly InputNode[],
  chosen: string,
  { valueOf, classes }: Computed,
): readonly Figure[] {
  const pictures = inputs.filter(isPicture)
  if (pictures.length === 0) {
    const given = inputs.map(({ name, type }) => `${name} ${printShape(type.shape)}`).join(', ')
    throw new UsageError(`--cam: a map is laid over a picture [H, W, 1], [H, W, 3] or [H, W, 4], and the maps depend on ${given}`)
  }
  const { values } = valueOf(logits)
  const index = classOf(chosen, values, classes)
  const name = classes?.[index]
  const called = `class ${index}${name === undefined || name === String(index) ? '' : ` (${name})`}`
  const map = classActivation(valueOf(maps), valueOf(kernel), index)
  const larger = values.filter((value) => value > values[index]!).length
  const rank = larger === 0 ? `the largest of ${values.length}` : `rank ${larger + 1} of ${values.length}`
  const title = `${called}, logit ${shortNumber(values[index]!)}, ${rank}`
  const statistics = statisticsText(statisticsOf(map.values))
  return pictures.map((picture) => ({
    title,
    captions: [`class activation map of ${maps.path} [${map.height}, ${map.width}] ${statistics}`],
    alt: `the input ${picture.name}, the class activation map of ${called} (values ${statistics}), and the map laid over the input`,
    panel: (theme) => overlay(valueOf(picture), map, theme),
  }))
}

const isPicture = ({ type: { shape } }: InputNode): boolean =>
  shape.length === 3 && [1, 3, 4].some((channels) => shape[2]!.dim === channels)

/** A number is that of a class, whatever classes are called. */
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
