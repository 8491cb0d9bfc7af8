import type { Graph } from '../../compiler/graph/graph.ts'
import { readNpy } from '../files/npy.ts'
import { readBytes } from '../files/read-file.ts'
import { arrayDataset } from './array-dataset.ts'
import type { DatasetOptions, OpenedDataset } from './opened-dataset.ts'
import { singleInput } from './single-input.ts'

/** The samples of the only input in one .npy file, their labels or values in another. */
export async function openNpy(file: string, labels: string, graph: Graph, { target }: DatasetOptions): Promise<OpenedDataset> {
  const { name } = singleInput(graph, file)
  const [samples, targets] = [readNpy(await readBytes(file), file), readNpy(await readBytes(labels), labels)]
  return arrayDataset({ inputs: { [name]: samples }, targets, targetsName: labels }, graph, target, file)
}
