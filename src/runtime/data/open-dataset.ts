import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Graph } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'
import { systemReason } from '../failure/system-reason.ts'
import { readBytes } from '../files/read-file.ts'
import { isTable } from './csv-records.ts'
import { namesIn } from './names-in.ts'
import { openCsv } from './open-csv.ts'
import { openNpy } from './open-npy.ts'
import { openNpz } from './open-npz.ts'
import { openPictureTable } from './open-picture-table.ts'
import { openPictures } from './open-pictures.ts'
import type { DatasetOptions, DataSource, OpenedDataset } from './opened-dataset.ts'

/**
 * The samples of a folder of pictures, with their classes, masks or a table of labels, a .npz, a .npy with its labels, or a table (.csv, .tsv),
 * checked against the inputs of a model and the outputs that are trained (which it must have) before the first is used.
 *
 * @throws Failure with everything that is wrong: the `data/` codes, and `input/unreadable`, `input/npy`, `input/dtype`,
 *   `input/picture`
 */
export async function openDataset({ data, labels }: DataSource, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const refuse = (reason: string): never => {
    throw new Failure([problem('data/source', { reason }, { file: data })])
  }
  if (await isFolder(data)) {
    if (labels === undefined || (await isFolder(labels))) return openPictures(data, labels, graph, options)
    if (!isTable(labels)) refuse(`--labels of a folder of pictures is a folder of masks or a table (.csv or .tsv), and ${labels} is neither`)
    return openPictureTable(await readBytes(labels), { file: labels, folder: data, names: await namesIn(data) }, graph, options)
  }
  const ending = endingOf(data)
  if (ending === '.npy') return openNpy(data, labels, graph, options)
  if (ending !== '.npz' && !isTable(data)) return refuse('it is neither a folder nor a .npz, .npy, .csv or .tsv file')
  if (labels !== undefined) refuse('--labels belongs to a folder of pictures or a .npy file; a .npz or a table holds its labels itself')
  return ending === '.npz' ? openNpz(data, graph, options) : openCsv(data, graph, options)
}

const endingOf = (file: string): string => path.extname(file).toLowerCase()

/** @throws Failure `input/unreadable` */
export async function isFolder(data: string): Promise<boolean> {
  try {
    return (await stat(data)).isDirectory()
  } catch (error) {
    const reason = systemReason(error)
    if (reason === undefined) throw error
    throw new Failure([problem('input/unreadable', { reason }, { file: data })], { cause: error })
  }
}
