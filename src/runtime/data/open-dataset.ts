import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Graph } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'
import { systemReason } from '../failure/system-reason.ts'
import { openCsv } from './open-csv.ts'
import { openNpy } from './open-npy.ts'
import { openNpz } from './open-npz.ts'
import { openPictures } from './open-pictures.ts'
import type { DatasetOptions, DataSource, OpenedDataset } from './opened-dataset.ts'

type Open = (file: string, graph: Graph, options: DatasetOptions) => Promise<OpenedDataset>

const openers: Readonly<Record<string, Open>> = { '.npz': openNpz, '.csv': openCsv }

/**
 * The samples of a folder of pictures, a .npz, a .npy with its labels, or a .csv file, checked against the inputs of a model and
 * the output that is trained (which it must have) before the first is used.
 *
 * @throws Failure with everything that is wrong: the `data/` codes, and `input/unreadable`, `input/npy`, `input/dtype`,
 *   `input/picture`
 */
export async function openDataset({ data, labels }: DataSource, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const refuse = (reason: string): never => {
    throw new Failure([problem('data/source', { reason }, { file: data })])
  }
  const ending = path.extname(data).toLowerCase()
  const folder = await isFolder(data)
  if (!folder && options.resize) refuse('--resize is for a folder of pictures')
  if (!folder && ending === '.npy') {
    return openNpy(data, labels, graph, options)
  }
  const open = folder ? openPictures : (openers[ending] ?? refuse('it is neither a folder nor a .npz, .npy or .csv file'))
  if (labels !== undefined) refuse('--labels belongs to a .npy file; a folder, .npz or .csv holds its labels itself')
  return open(data, graph, options)
}

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
