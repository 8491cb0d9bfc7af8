import path from 'node:path'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph, InputNode } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'
import { readBytes } from '../files/read-file.ts'
import { sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { arrayDataset, type ArrayTarget } from './array-dataset.ts'
import { columnTarget } from './column-target.ts'
import { readCsvSamples } from './csv-samples.ts'
import { namesPictures } from './names-pictures.ts'
import { neededColumns } from './needed-columns.ts'
import { openPictureTable } from './open-picture-table.ts'
import type { DatasetOptions, OpenedDataset } from './opened-dataset.ts'
import { sharedClasses } from './shared-classes.ts'
import { singleInput } from './single-input.ts'

/**
 * The rows of a CSV file whose first line names the columns: files of pictures by their names, from the folder of the table, or the
 * elements of the only input, row by row. The other columns say what the model should answer.
 */
export async function openCsv(file: string, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const bytes = await readBytes(file)
  return namesPictures(bytes, file, graph) ? openPictureTable(bytes, { file, folder: path.dirname(file) }, graph, options) : openNumbers(bytes, file, graph, options)
}

function openNumbers(bytes: Uint8Array, file: string, graph: Graph, options: DatasetOptions): OpenedDataset {
  const { targets, note } = options
  const refuse = (reason: string): never => {
    throw new Failure([problem('data/source', { reason }, { file })])
  }
  const input = singleInput(graph, file)
  if (options.resize === true) refuse('--resize is for pictures and maps, and its rows have neither height nor width')
  const shape = fixedShape(input)
  if (!shape) return refuse(`its rows have no shape, and the input ${input.name} ${printShape(input.type.shape)} has no fixed size; give a .npz file`)
  const asked = targets.filter(({ from }) => from !== input.name)
  const wanted = { size: sizeOf(shape), input: `${input.name} ${printShape(input.type.shape)}`, needed: neededColumns(asked, graph), ignored: targets[0]?.ignored }
  const { samples, answers, cells, own: ownCells, notes } = readCsvSamples(bytes, file, wanted)
  for (const text of notes) note(`${file}: ${text}`)
  const own = { shape: [samples.length / wanted.size, ...shape], values: samples }
  const columnOf = (i: number): number => asked.indexOf(targets[i]!)
  const answered = sharedClasses(targets, (_, i) => cells[columnOf(i)]?.columns.join()).map((target, i): ArrayTarget => {
    const column = columnOf(i)
    return column < 0 ? { target, name: input.name, cells: ownCells, data: own } : columnTarget(answers[column]!, { target, graph, cells: cells[column]!, note })
  })
  return arrayDataset({ inputs: { [input.name]: own }, targets: answered }, graph, file, options)
}

function fixedShape({ type: { shape } }: InputNode): readonly number[] | undefined {
  const extents = shape.map(({ dim }) => dim).filter((dim) => typeof dim === 'number')
  return extents.length === shape.length ? extents : undefined
}
