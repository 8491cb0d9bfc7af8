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
import { camFigures, nodeFigures, type DrawOptions, type ShownFigures } from '../show/figures.ts'
import { kindOf, namedNodes } from '../files/find-nodes.ts'
import { table } from '../terminal/table.ts'

interface ShowOptions extends CommonOptions, DrawOptions {
  /** A number or `top`. */
  readonly cam?: string
  readonly json: boolean
}

/** Draws what a node computes, or lists the nodes. */
export async function show(file: string, name: string | undefined, options: ShowOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  const { output, html, cam } = options
  if (name === undefined && cam === undefined && output === undefined && html === undefined) return list(graph, options, session)
  checkFiles(options, name)
  const figures =
    cam === undefined ? await nodeFigures(graph, name, options, session) : await camFigures(graph, name, cam, options, session)
  await write(graph, figures, options, session)
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
    'fmw show FILE NAME -o picture.png draws one of them; the beginning of a name, such as a/b, stands for the last op in it',
  )
}

/** Endings are checked before anything is computed. */
function checkFiles({ output, html }: ShowOptions, name: string | undefined): void {
  if (output === undefined && html === undefined) {
    throw new UsageError(`say where to draw${name === undefined ? '' : ` ${name}`}: -o picture.png, --html page.html, or both`)
  }
  const endsIn = (file: string | undefined, ...endings: readonly string[]): boolean =>
    file === undefined || endings.includes(path.extname(file).toLowerCase())
  if (!endsIn(output, '.png')) throw new UsageError(`${output}: a picture is written as .png`)
  if (!endsIn(html, '.html', '.htm')) throw new UsageError(`${html}: a page is written as .html`)
}

async function write(
  graph: Graph,
  { main, all }: ShownFigures,
  { output, html }: ShowOptions,
  { terminal }: Session,
): Promise<void> {
  await writeAllAtomically([
    ...(output === undefined ? [] : [{ path: output, bytes: pictureOf(titledPanel(main, light), light) }]),
    ...(html === undefined ? [] : [{ path: html, bytes: Buffer.from(pageOf(graph, all)) }]),
  ])
  if (output !== undefined) terminal.result(`${main.title}: ${main.captions.join('; ')} → ${output}`)
  if (html !== undefined) terminal.result(`${all.length === 1 ? all[0]!.title : `${all.length} nodes`} → ${html}`)
}

function pageOf({ name, doc }: Graph, figures: ShownFigures['all']): string {
  const drawn = figures.map(({ title, captions, alt, panel }) => {
    return { title, captions, alt, light: pictureOf(panel(light), light), dark: pictureOf(panel(dark), dark) }
  })
  return htmlPage(name, doc.trim(), drawn)
}
