import { Buffer } from 'node:buffer'
import path from 'node:path'
import { printDim, printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { titledPanel } from '../../runtime/drawing/figure.ts'
import { htmlPage } from '../../runtime/drawing/html-page.ts'
import { pictureOf } from '../../runtime/drawing/panel.ts'
import { dark, light } from '../../runtime/drawing/theme.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { UsageError } from '../exit/exit.ts'
import { openModel, openSession, type Session } from '../files/open-model.ts'
import { shownActivation, shownNode, type DrawOptions, type Shown } from '../show/figures.ts'
import { numbersCsv, numbersText, pagesOf, type RowsOf } from '../show/numbers-text.ts'
import { kindOf, namedNodes } from '../files/find-nodes.ts'
import { table } from '../terminal/table.ts'

interface ShowOptions extends CommonOptions, DrawOptions {
  /** A number, a name or `top`. */
  readonly cam?: string
  /** The maps of Grad-CAM. */
  readonly maps?: string
  readonly json: boolean
  readonly csv: boolean
  readonly by?: RowsOf
}

/** Draws what a node computes, prints it as numbers, or lists the nodes. */
export async function show(file: string, name: string | undefined, options: ShowOptions): Promise<void> {
  checkOptions(name, options)
  const session = await openSession(options)
  const graph = openModel(file, session)
  const { cam } = options
  if (name === undefined && cam === undefined && !isDrawn(options)) return list(graph, options, session)
  const shown = cam === undefined ? await shownNode(graph, name, options, session) : await shownActivation(graph, name, cam, options, session)
  if (isDrawn(options)) await write(graph, shown.figures(), options, session)
  if (!isDrawn(options) || options.json || options.csv) print(shown, options, session)
}

const isDrawn = ({ output, html }: ShowOptions): boolean => output !== undefined || html !== undefined

/** Before anything is computed, and so that no option is without effect. */
function checkOptions(name: string | undefined, options: ShowOptions): void {
  const { output, html, cam, maps, json, csv, by, page, scale, colors } = options
  const refuse = (reason: string): never => {
    throw new UsageError(reason)
  }
  const isNamed = name !== undefined || cam !== undefined
  if (!isNamed && output !== undefined) refuse('which node? Without one and without -o, fmw show lists them')
  if (!isNamed && (csv || (json && html !== undefined))) refuse(`which node? Without one there is nothing to print as ${csv ? 'CSV' : 'JSON'}`)
  const endsIn = (file: string | undefined, ...endings: readonly string[]): boolean =>
    file === undefined || endings.includes(path.extname(file).toLowerCase())
  if (!endsIn(output, '.png')) refuse(`${output}: a picture is written as .png`)
  if (!endsIn(html, '.html', '.htm')) refuse(`${html}: a page is written as .html`)
  if (maps !== undefined && cam === undefined) refuse('--maps belongs to --cam')
  if (json && csv) refuse('one of --json and --csv')
  const isTable = isNamed && (csv || (!isDrawn(options) && !json))
  if (by !== undefined && (!isTable || cam !== undefined))
    refuse(cam === undefined ? '--by is for the table of a node and for --csv' : '--by is for nodes: a class activation map has a row for each of its own')
  const [given] = cam === undefined ? [] : Object.entries({ '--scale': scale, '--colors': colors, '--page': isDrawn(options) ? page : undefined }).flatMap(([option, value]) => (value === undefined ? [] : [option]))
  if (given !== undefined) refuse(`${given} is for nodes: a class activation map is one page in colours of its own`)
  if (!isDrawn(options) && scale !== undefined) refuse('--scale is for pictures: -o picture.png, --html page.html, or both')
  if (!isDrawn(options) && colors !== undefined) refuse('--colors is for pictures: -o picture.png, --html page.html, or both')
  if (page !== undefined && !isDrawn(options) && !(isTable && !csv)) refuse('--page is for pictures and for tables of places')
}

function print({ tables, json }: Shown, { by = 'channel', page, cam, csv, json: isJson }: ShowOptions, { terminal }: Session): void {
  if (isJson) return terminal.json(json)
  const rows = cam === undefined ? by : 'place'
  if (csv) {
    const [first, ...others] = tables
    if (others.length > 0) throw new UsageError(`--csv holds one map, and there are ${tables.length}: --json has all of them`)
    return terminal.text(numbersCsv(first!.numbers, rows))
  }
  const most = Math.max(...tables.map(({ numbers }) => pagesOf(numbers, rows)))
  const shownPage = page ?? 1
  if (shownPage > most) throw new UsageError(`--page ${shownPage}: there ${most === 1 ? 'is 1 page' : `are ${most} pages`}`)
  const fitting = tables.filter(({ numbers }) => shownPage <= pagesOf(numbers, rows))
  terminal.result(fitting.map(({ title, numbers }) => numbersText(title, numbers, { by: rows, page: shownPage }, terminal.outStyle)).join('\n\n'))
  if (shownPage < most) terminal.note(`page ${shownPage} of ${most}; --page ${shownPage + 1} shows the next, --csv all`)
}

function list(graph: Graph, { json }: ShowOptions, { terminal }: Session): void {
  const nodes = namedNodes(graph)
  if (json) {
    const shapeOf = ({ type }: (typeof nodes)[number]) =>
      type.shape.map(({ dim }) => (typeof dim === 'number' ? dim : printDim(dim)))
    const rows = nodes.map((node) => ({ name: node.path, op: kindOf(node), shape: shapeOf(node) }))
    return terminal.json({ model: graph.name, nodes: rows })
  }
  const rows = nodes.map((node) => [node.path, kindOf(node), printShape(node.type.shape)])
  terminal.result(table(['name', 'op', 'shape'], rows, new Set(), terminal.outStyle).join('\n'))
  terminal.note(
    'fmw show FILE NAME prints the numbers of one of them, and -o picture.png draws it; the beginning of a name, such as a/b, stands for the last op in it',
  )
}

async function write(
  graph: Graph,
  { main, all }: ReturnType<Shown['figures']>,
  { output, html, json, csv, cam }: ShowOptions,
  { terminal }: Session,
): Promise<void> {
  // numbers on stdout stand there alone
  const say = json || csv ? terminal.note : terminal.result
  await writeAllAtomically([
    ...(output === undefined ? [] : [{ path: output, bytes: pictureOf(titledPanel(main, light), light) }]),
    ...(html === undefined ? [] : [{ path: html, bytes: Buffer.from(pageOf(graph, all)) }]),
  ])
  if (output !== undefined) say(`${main.title}: ${main.captions.join('; ')} → ${output}`)
  if (html !== undefined) say(`${all.length === 1 ? all[0]!.title : `${all.length} ${cam === undefined ? 'nodes' : 'pictures'}`} → ${html}`)
}

function pageOf({ name, doc }: Graph, figures: ReturnType<Shown['figures']>['all']): string {
  const drawn = figures.map(({ title, captions, alt, panel }) => {
    return { title, captions, alt, light: pictureOf(panel(light), light), dark: pictureOf(panel(dark), dark) }
  })
  return htmlPage(name, doc.trim(), drawn)
}
