import type { AveragedMaps } from '../../compiler/facts/class-activation-head.ts'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph, InputNode, Node } from '../../compiler/graph/graph.ts'
import { neededFor } from '../../compiler/graph/needed-for.ts'
import { classActivation, gradientActivation } from '../../runtime/drawing/class-activation.ts'
import type { DrawnMap } from '../../runtime/drawing/map-panel.ts'
import { UsageError } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'
import type { Activation } from './activation.ts'
import type { Computed } from './computed.ts'
import { mapGradient } from './map-gradient.ts'

/** What speaks for a class in some maps, and the pictures that they were made of. */
export interface ActivationMap {
  readonly nodes: readonly Node[]
  readonly pictures: readonly InputNode[]
  readonly map: DrawnMap
}

/** The nodes whose values an activation is computed from. */
export const readByActivation = (activation: Activation): readonly Node[] =>
  activation.method === 'cam'
    ? [activation.logits, activation.head.kernel, ...activation.head.parts.map(({ maps }) => maps)]
    : [activation.logits, activation.maps]

/** The inputs that maps were made of and that can be drawn. @throws UsageError where there are none */
export function picturesOf(graph: Graph, maps: Node): readonly InputNode[] {
  const needed = neededFor(graph, [maps])
  const read = graph.inputs.filter((input) => needed.has(input))
  const pictures = read.filter(isPicture)
  if (pictures.length > 0) return pictures
  const given = read.map(({ name, type }) => `${name} ${printShape(type.shape)}`).join(', ')
  throw new UsageError(`--cam: a map is laid over a picture [H, W, 1], [H, W, 3] or [H, W, 4], and ${maps.path} depends on ${given}`)
}

const isPicture = ({ type: { shape } }: InputNode): boolean =>
  shape.length === 3 && [1, 3, 4].some((channels) => shape[2]!.dim === channels)

interface Asked {
  readonly index: number
  readonly sample: number
}

/** The maps of a class; those of averages side by side are one where they have one size and the same pictures, as their maps side by side had. */
export async function activationMaps(
  graph: Graph,
  activation: Activation,
  { index, sample }: Asked,
  computed: Computed,
  session: Session,
): Promise<readonly ActivationMap[]> {
  if (activation.method === 'grad-cam') {
    const { maps, logits } = activation
    const gradient = await mapGradient({ maps, logits, index, sample }, computed, session)
    const map = gradientActivation(computed.valueOf(maps), gradient)
    if (map.values.every((value) => value === 0))
      session.terminal.note(`${maps.path}: nothing speaks for class ${index}: the map is 0 everywhere`)
    return [{ nodes: [maps], pictures: picturesOf(graph, maps), map }]
  }
  const { parts, kernel } = activation.head
  const found = new Map<string, ActivationMap>()
  for (const part of parts) {
    const one = partOf(graph, part, classActivation(computed.valueOf(part.maps), computed.valueOf(kernel), index, part.first))
    const key = [one.map.height, one.map.width, ...one.pictures.map(({ name }) => name)].join(' ')
    const same = found.get(key)
    found.set(key, same ? together(same, one) : one)
  }
  return [...found.values()]
}

const partOf = (graph: Graph, { maps }: AveragedMaps, map: DrawnMap): ActivationMap => ({ nodes: [maps], pictures: picturesOf(graph, maps), map })

const together = (a: ActivationMap, b: ActivationMap): ActivationMap => ({
  ...a,
  nodes: [...a.nodes, ...b.nodes],
  map: { ...a.map, values: a.map.values.map((value, place) => value + b.map.values[place]!) },
})
