import { classActivationHead, logitsBefore, type ClassActivationHead, type NoHead } from '../../compiler/facts/class-activation-head.ts'
import { gradientPaths } from '../../compiler/facts/gradient-reach.ts'
import { printShape } from '../../compiler/dim/print.ts'
import { hasBatch, type Graph, type Node } from '../../compiler/graph/graph.ts'
import { placeOf, userOrigin } from '../../compiler/text/source.ts'
import { UsageError } from '../exit/exit.ts'
import { findNodes, kindOf } from '../files/find-nodes.ts'

/** How maps say what speaks for a class: by the weights of their averages (CAM) or by the gradient of the class (Grad-CAM). */
export type Activation =
  | { readonly method: 'cam'; readonly logits: Node; readonly head: ClassActivationHead }
  | { readonly method: 'grad-cam'; readonly logits: Node; readonly maps: Node; readonly missing?: NoHead }

interface Named {
  /** The logits, or what probabilities are made of them; one of the outputs where it is undefined. */
  readonly node: Node | undefined
  /** The maps of Grad-CAM, as a user named them. */
  readonly maps: string | undefined
  /** What lists the names of nodes. */
  readonly list: string
}

/**
 * The class activation map of the node, or of the one output that has one: by the weights where averages of maps are weighed, by
 * gradients elsewhere, and where maps are named.
 *
 * @throws UsageError where no vector of logits is meant, or no maps lead to it
 */
export function activationOf(graph: Graph, { node, maps, list }: Named): Activation {
  const candidates = node ? [{ name: node.path, node }] : graph.outputs
  const ends = candidates.map(({ name, node: end }) => ({ name, end, head: classActivationHead(end) }))
  if (maps === undefined) {
    const heads = ends.flatMap(({ name, head }) => ('parts' in head ? [{ name, head }] : []))
    const [first, ...others] = heads
    if (first && others.every(({ head }) => head.logits === first.head.logits))
      return { method: 'cam', logits: first.head.logits, head: first.head }
    if (first) throw severalOutputs(heads.map(({ name }) => name))
  }
  const vectors = ends.filter(({ end }) => hasBatch(end.type) && logitsBefore(end).type.shape.length === 1)
  const [vector, ...others] = vectors
  if (!vector) throw new UsageError(`--cam: a class is an element of a vector, and there is none:\n${candidates.map(({ name, node: end }) => `  ${name === end.path ? '' : `${name} is `}${described(end)}`).join('\n')}`)
  const logits = logitsBefore(vector.end)
  if (others.some(({ end }) => logitsBefore(end) !== logits)) throw severalOutputs(vectors.map(({ name }) => name))
  const named = maps === undefined ? undefined : findNodes(graph, maps, list).result
  return { method: 'grad-cam', logits, maps: mapsBefore(graph, logits, named), ...('at' in vector.head && !named && { missing: vector.head }) }
}

/** Why there is no class activation map. */
export const missingText = ({ at, wanted }: NoHead): string => `${wanted} was looked for, and ${described(at)} was found`

const severalOutputs = (names: readonly string[]): UsageError =>
  new UsageError(`--cam: several outputs have class activation maps: name one of ${names.join(', ')}`)

/** The last maps from which a gradient comes, or the named ones. */
function mapsBefore(graph: Graph, logits: Node, named: Node | undefined): Node {
  const reached = gradientPaths(graph, logits)
  if (named && !(isMaps(named) && reached.has(named))) {
    const reason = isMaps(named) ? `no gradient of ${logits.path} reaches ${named.path}` : `maps [height, width, channels] of more than one place are looked for${named.kind === 'input' ? ', a node that is computed and no input' : ''}, and ${described(named)} was found`
    throw new UsageError(`--maps: ${reason}`)
  }
  const last = named ?? graph.nodes.findLast((node) => reached.has(node) && isMaps(node))
  if (!last) throw new UsageError(`--cam: no maps [height, width, channels] of more than one place lead to ${logits.path}`)
  return last
}

/** What an op gives for each sample, and has places. */
const isMaps = ({ kind, type }: Node): boolean =>
  kind === 'op' && hasBatch(type) && type.shape.length === 3 && type.shape.slice(0, 2).some(({ dim }) => dim !== 1)

function described(node: Node): string {
  const name = node.kind === 'constant' ? 'a constant' : `${node.path} (${kindOf(node)})`
  return `${name} ${printShape(node.type.shape)} at ${placeOf(userOrigin(node.origins[0]).span)}`
}
