import { classActivationHead, type ClassActivationHead } from '../../compiler/facts/class-activation-head.ts'
import type { Graph, Node } from '../../compiler/graph/graph.ts'
import { withOutputs } from '../../compiler/ir/with-outputs.ts'
import type { BackendName } from '../../runtime/backend/backend.ts'
import type { Figure } from '../../runtime/drawing/figure.ts'
import type { ColorScaleName } from '../../runtime/drawing/scale.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { activationFigures, findHead } from './activation-figures.ts'
import { execute } from '../run/execute.ts'
import { UsageError } from '../exit/exit.ts'
import type { Described } from '../files/described-by.ts'
import { nodeFigure, readByFigure } from './node-figure.ts'
import type { Session } from '../files/open-model.ts'
import type { ValueOptions } from '../options/values.ts'
import { givenValues } from '../run/given-values.ts'
import { sampleOf } from './sample-of.ts'
import { findNodes, namedNodes } from '../files/find-nodes.ts'

/** What is drawn, and of what. */
export interface DrawOptions extends ValueOptions {
  /** The file of the picture and that of the page. */
  readonly output?: string
  readonly html?: string
  readonly sample: number
  readonly page: number
  readonly scale: 'all' | 'each'
  readonly colors?: ColorScaleName
  readonly backend?: 'auto' | BackendName
}

export interface ShownFigures {
  /** For the picture. */
  readonly main: Figure
  /** For the page. */
  readonly all: readonly Figure[]
}

/** More would make a page that no browser likes to open. */
const mostFigures = 200

const listedHere = 'without a node, fmw show lists them'

/** The figure of a node, and those of all nodes of its scope; without a name, of the whole model. */
export async function nodeFigures(
  graph: Graph,
  name: string | undefined,
  options: DrawOptions,
  session: Session,
): Promise<ShownFigures> {
  if (name === undefined && options.output !== undefined)
    throw new UsageError('which node? Without one and without -o, fmw show lists them')
  const { result, all } = name === undefined ? { result: undefined, all: namedNodes(graph) } : findNodes(graph, name, listedHere)
  const onPage = options.html === undefined ? [] : all.slice(0, mostFigures)
  if (options.html !== undefined && onPage.length < all.length) {
    session.terminal.note(`the page shows the first ${mostFigures} of ${all.length} nodes`)
  }
  const drawn = [...new Set([...(result ? [result] : []), ...onPage])]
  const { valueOf } = await valuesOf(graph, [...new Set(drawn.flatMap(readByFigure))], options, session)
  const { scale, colors } = options
  const draw = (node: Node, title: string, page: number) =>
    nodeFigure(title, node, valueOf, { scale, page, ...(colors ? { colors } : {}) })
  const rest = (nodes: readonly Node[]): readonly Figure[] =>
    nodes.map((node) => draw(node, node.path, 1)).filter((figure) => figure !== undefined)
  if (!result || name === undefined) {
    const figures = rest(onPage)
    return { main: figures[0]!, all: figures }
  }
  const main = draw(result, result.path === name ? name : `${name} (${result.path})`, options.page)
  if (!main) throw undrawable(result, valueOf(result), options.page)
  if (options.page < main.pages) {
    session.terminal.note(`${result.path}: page ${options.page} of ${main.pages}; --page ${options.page + 1} shows the next`)
  }
  const at = onPage.indexOf(result)
  return { main, all: at < 0 ? [main, ...rest(onPage)] : [...rest(onPage.slice(0, at)), main, ...rest(onPage.slice(at + 1))] }
}

const undrawable = ({ path }: Node, { shape }: TensorData, page: number): UsageError =>
  new UsageError(
    shape.length > 4
      ? `${path} [${shape.join(', ')}] has ${shape.length} axes: maps, kernels, matrices and vectors are drawn`
      : `--page ${page}: ${path} [${shape.join(', ')}] has fewer pages`,
  )

/** The class activation map over each picture; of the node, or of the output that has one. */
export async function camFigures(
  graph: Graph,
  name: string | undefined,
  chosen: string,
  options: DrawOptions,
  session: Session,
): Promise<ShownFigures> {
  const head = findHead(graph, name === undefined ? undefined : findNodes(graph, name, listedHere).result)
  const { inputs } = withOutputs(graph, [head.maps])
  const pictures = graph.inputs.filter(({ name: input }) => inputs.some((read) => read.name === input))
  const computed = await valuesOf(graph, [head.maps, head.kernel, head.logits, ...pictures], options, session)
  const all = activationFigures(head, pictures, chosen, { ...computed, classes: classesOf(graph, head, computed.described) })
  return { main: all[0]!, all }
}

/** The names of what a vector of logits tells apart, where the weights say them of the output that it ends in. */
function classesOf(graph: Graph, { logits }: ClassActivationHead, described: Described | undefined): readonly string[] | undefined {
  const output = graph.outputs.find(({ name }) => name === described?.metadata.output)
  const end = output && classActivationHead(output.node)
  return end && 'logits' in end && end.logits === logits ? described?.metadata.classes : undefined
}

interface Computed {
  /** The value that a node has for the chosen sample. */
  readonly valueOf: (node: Node) => TensorData
  readonly described: Described | undefined
}

/** Computes nodes. */
async function valuesOf(
  graph: Graph,
  nodes: readonly Node[],
  options: DrawOptions,
  session: Session,
): Promise<Computed> {
  const part = withOutputs(graph, nodes)
  const { note } = session.terminal
  const { inputs, weights, described } = await givenValues(graph, options, session, part.inputs)
  if (inputs.size > 0) checkSample(options.sample, Math.min(...[...inputs.values()].map(({ shape }) => shape[0]!)), note)
  const { outputs } = await execute(part, inputs, weights, options.backend, session)
  return { described, valueOf: (node) => sampleOf(node, outputs.get(String(node.id))!, options.sample) }
}

function checkSample(sample: number, count: number, note: (text: string) => void): void {
  const there = count === 1 ? 'there is 1 sample' : `there are ${count} samples`
  if (sample >= count) throw new UsageError(`--sample ${sample}: ${there}, counted from 0`)
  if (count > 1) note(`sample ${sample} of ${count}, counted from 0`)
}
