import type { Graph } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'
import { readNpy, readNpyOrTexts } from '../files/npy.ts'
import { readBytes } from '../files/read-file.ts'
import { arrayDataset, type ArrayTarget } from './array-dataset.ts'
import { namedLabels } from './named-labels.ts'
import { notePositions } from './note-positions.ts'
import type { DatasetOptions, OpenedDataset } from './opened-dataset.ts'
import { sharedClasses } from './shared-classes.ts'
import { singleInput } from './single-input.ts'

/** The samples of the only input in one .npy file, the labels or values of outputs in another; of outputs that should be the input in none. */
export async function openNpy(file: string, labels: string | undefined, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const refuse = (reason: string): never => {
    throw new Failure([problem('data/source', { reason }, { file })])
  }
  const { name } = singleInput(graph, file)
  const targets = sharedClasses(options.targets, ({ from }) => (from === undefined ? labels : undefined))
  const stranger = targets.find(({ from }) => from !== undefined && from !== name)
  if (stranger) refuse(`the target of ${stranger.output} is called ${stranger.from}, and a .npy file has one array; give a .npz file`)
  const isNeeded = targets.some(({ from }) => from === undefined)
  if (isNeeded && labels === undefined) refuse('its labels are in a file of their own (--labels FILE.npy)')
  if (!isNeeded && labels !== undefined) refuse(`--labels ${labels} is for nothing: every target is ${name}`)
  const samples = readNpy(await readBytes(file), file)
  const answers = labels === undefined ? undefined : readNpyOrTexts(await readBytes(labels), labels)
  const answered = targets.map((target): ArrayTarget => {
    if (labels === undefined || !answers || target.from !== undefined) return { target, name, data: samples }
    if ('texts' in answers) return { ...namedLabels(answers, { target, name: labels, graph, file: labels }), file: labels }
    notePositions({ target, name: labels }, labels, options.note)
    return { target, name: labels, file: labels, data: answers }
  })
  return arrayDataset({ inputs: { [name]: samples }, targets: answered }, graph, file, options)
}
