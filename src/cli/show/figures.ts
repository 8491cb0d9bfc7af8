import { logitsBefore } from '../../compiler/facts/class-activation-head.ts'
import { hasBatch, type Graph, type Node } from '../../compiler/graph/graph.ts'
import type { Figure } from '../../runtime/drawing/figure.ts'
import type { ColorScaleName } from '../../runtime/drawing/scale.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { UsageError } from '../exit/exit.ts'
import { saidOf, type Described } from '../files/described-by.ts'
import { findNodes, kindOf, namedNodes } from '../files/find-nodes.ts'
import type { Session } from '../files/open-model.ts'
import { activationOf, missingText, type Activation } from './activation.ts'
import { activationFigures, chosenClass, classTitle, mapTitle, together } from './activation-figures.ts'
import { activationMaps, picturesOf, readByActivation } from './activation-maps.ts'
import { valuesOf, type ComputeOptions } from './computed.ts'
import { directWeights, nodeFigure, readByFigure } from './node-figure.ts'
import { numbersOf, type Numbers } from './numbers.ts'
import { numbersJson } from './numbers-text.ts'
import { originalChannels } from './original-channels.ts'

/** What is drawn, and of what. */
export interface DrawOptions extends ComputeOptions {
  /** The file of the picture and that of the page. */
  readonly output?: string
  readonly html?: string
  readonly page?: number
  readonly scale?: 'all' | 'each'
  readonly colors?: ColorScaleName
}

interface ShownFigures {
  /** For the picture. */
  readonly main: Figure
  /** For the page. */
  readonly all: readonly Figure[]
}

/** What was computed, to be drawn or to be printed. */
export interface Shown {
  readonly figures: () => ShownFigures
  /** A table for each value; none of a whole model. */
  readonly tables: readonly { readonly title: string; readonly numbers: Numbers }[]
  /** What scripts depend on. */
  readonly json: unknown
}

/** More would make a page that no browser likes to open. */
const mostFigures = 200

const listedHere = 'without a node, fmw show lists them'

/** A node, and for a page all nodes of its scope; without a name, of the whole model. */
export async function shownNode(graph: Graph, name: string | undefined, options: DrawOptions, session: Session): Promise<Shown> {
  const { result, all } = name === undefined ? { result: undefined, all: namedNodes(graph) } : findNodes(graph, name, listedHere)
  const onPage = options.html === undefined ? [] : all.slice(0, mostFigures)
  if (options.html !== undefined && onPage.length < all.length) {
    session.terminal.note(`the page shows the first ${mostFigures} of ${all.length} nodes`)
  }
  const drawn = [...new Set([...(result ? [result] : []), ...onPage])]
  const { valueOf } = await valuesOf(graph, [...new Set(drawn.flatMap(readByFigure))], options, session)
  const figures = (): ShownFigures => nodeFigures({ name, result, onPage }, valueOf, options, session)
  if (!result || name === undefined) return { figures, tables: [], json: undefined }
  const origins = originalChannels(result, valueOf)
  const numbers = numbersOf(valueOf(result), { origins: origins?.indices, weights: directWeights(result, valueOf) })
  const about = {
    model: graph.name,
    name,
    node: result.path,
    op: kindOf(result),
    sample: hasBatch(result.type) ? options.sample : null,
    origins: origins ? { of: origins.of.path, channels: origins.indices } : null,
  }
  const from = origins ? `, from channels of ${origins.of.path},` : ''
  return { figures, tables: [{ title: titleOf(name, result) + from, numbers }], json: { ...about, ...numbersJson(numbers) } }
}

const titleOf = (name: string, { path }: Node): string => (path === name ? name : `${name} (${path})`)

interface Drawn {
  readonly name: string | undefined
  readonly result: Node | undefined
  readonly onPage: readonly Node[]
}

function nodeFigures(
  { name, result, onPage }: Drawn,
  valueOf: (node: Node) => TensorData,
  { scale = 'all', colors, page = 1 }: DrawOptions,
  { terminal }: Session,
): ShownFigures {
  const draw = (node: Node, title: string, part: number) => nodeFigure(title, node, valueOf, { scale, page: part, ...(colors ? { colors } : {}) })
  const rest = (nodes: readonly Node[]): readonly Figure[] =>
    nodes.map((node) => draw(node, node.path, 1)).filter((figure) => figure !== undefined)
  if (!result || name === undefined) {
    const figures = rest(onPage)
    return { main: figures[0]!, all: figures }
  }
  const main = draw(result, titleOf(name, result), page)
  if (!main) throw undrawable(result, valueOf(result), page)
  if (page < main.pages) {
    terminal.note(`${result.path}: page ${page} of ${main.pages}; --page ${page + 1} shows the next`)
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

interface CamOptions extends DrawOptions {
  /** The maps of Grad-CAM. */
  readonly maps?: string
}

/** What speaks for a class, over each picture; of the node, or of the output that tells classes apart. */
export async function shownActivation(
  graph: Graph,
  name: string | undefined,
  chosen: string,
  options: CamOptions,
  session: Session,
): Promise<Shown> {
  const node = name === undefined ? undefined : findNodes(graph, name, listedHere).result
  const activation = activationOf(graph, { node, maps: options.maps, list: listedHere })
  if (activation.method === 'grad-cam' && activation.missing)
    session.terminal.note(`--cam: Grad-CAM of ${activation.maps.path} (--maps NODE chooses others): ${missingText(activation.missing)}`)
  const read = readByActivation(activation)
  const ends = activation.method === 'cam' ? activation.head.parts.map(({ maps }) => maps) : [activation.maps]
  const pictures = ends.flatMap((maps) => picturesOf(graph, maps))
  const computed = await valuesOf(graph, [...new Set([...read, ...pictures])], options, session)
  const { values } = computed.valueOf(activation.logits)
  const one = chosenClass(chosen, values, classesOf(graph, activation, computed.described))
  const maps = await activationMaps(graph, activation, { index: one.index, sample: options.sample }, computed, session)
  const tables = maps.map((map) => ({
    title: `${classTitle(one)}: ${mapTitle(activation, map)}`,
    numbers: numbersOf({ shape: [map.map.height, map.map.width], values: map.map.values }, {}),
  }))
  return {
    figures: () => {
      const all = activationFigures(activation, maps, one, computed.valueOf)
      return { main: together(all), all }
    },
    tables,
    json: {
      model: graph.name,
      method: activation.method,
      sample: options.sample,
      class: { index: one.index, ...(one.name !== undefined && { label: one.name }), logit: one.logit, rank: one.rank, of: one.of },
      maps: maps.map((map, i) => {
        const { channels: _columns, ...numbers } = numbersJson(tables[i]!.numbers)
        return { nodes: map.nodes.map(({ path }) => path), inputs: map.pictures.map((input) => input.name), ...numbers }
      }),
    },
  }
}

/** The names of what a vector of logits tells apart, where the weights say them of the output that it ends in. */
function classesOf(graph: Graph, { logits }: Activation, described: Described | undefined): readonly string[] | undefined {
  const ends = graph.outputs.filter(({ node }) => logitsBefore(node) === logits)
  return ends.map(({ name }) => saidOf(name, described?.metadata)?.classes).find((classes) => classes !== undefined)
}
