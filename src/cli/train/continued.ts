import path from 'node:path'
import { readFile } from '../../compiler/reading/read-file.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { backendNames } from '../../runtime/backend/backend.ts'
import { readCheckpoint, readSettings, type Checkpoint } from '../../runtime/training/checkpoint.ts'
import { UsageError } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'
import { readSource } from '../files/read-source.ts'
import { holdsTraining } from './folder.ts'
import type { TrainOptions } from './options.ts'
import { recordedParameters, withRecorded } from './record.ts'

/** Whose training a checkpoint is of, and what it began with. */
type TrainingRecord = Pick<Checkpoint, 'model' | 'settings'>

/** The folder of a training of a model. */
export const folderOf = ({ checkpoint }: TrainOptions, model: string): string => checkpoint ?? `${model}.training`

/** What a checkpoint says of a training that is to be continued; nothing where there is none, which is left to what reads it whole. */
export async function resumedRecord(file: string, options: TrainOptions): Promise<TrainingRecord | undefined> {
  if (!options.resume) return undefined
  const source = readSource(file)
  const { declarations } = readFile(source.path, source.text, false).ast
  const [only, ...others] = declarations.filter(({ kind }) => kind === 'model').map(({ name }) => name.name)
  const model = options.model ?? (others.length === 0 ? only : undefined)
  if (model === undefined && options.checkpoint === undefined) return undefined
  const folder = folderOf(options, model ?? '')
  return (await holdsTraining(folder)) ? readSettings(folder) : undefined
}

/** The session in which the model has the parameters that it began with: they decide what its weights are, which the checkpoint is compared with. */
export const withParameters = (session: Session, record: TrainingRecord | undefined): Session =>
  record ? { ...session, options: { ...session.options, set: { ...recordedParameters(record), ...session.options.set } } } : session

/** The options of a training that begins: a run of hours is not written over because of a forgotten option. @throws UsageError */
export async function begun(folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (options.fresh || !(await holdsTraining(folder))) return options
  const instead = 'begin anew with --fresh, which forgets it, or keep another one beside it with --checkpoint FOLDER'
  throw new UsageError(`${folder} holds a training already: continue it with --resume, ${instead}`)
}

/** The options of a training that goes on: what is not said again is as it was. @throws UsageError, and what reading a checkpoint may throw */
export async function continued(model: Graph, folder: string, options: TrainOptions, record: TrainingRecord | undefined): Promise<TrainOptions> {
  if (options.fresh) throw new UsageError('--resume goes on with a training, and --fresh forgets it: give one of them')
  if (options.weights.length > 0) {
    throw new UsageError(
      '--resume goes on with the weights of the checkpoint, and --weights begins with others: give one of them',
    )
  }
  if (!(await holdsTraining(folder))) throw new UsageError(`there is no training to go on with in ${path.resolve(folder)}: --checkpoint names the folder of one`)
  if (record && record.model !== model.name)
    throw new UsageError(`${folder} holds a training of ${record.model}, and this is ${model.name}: name its folder with --checkpoint`)
  const { settings } = await readCheckpoint(folder, weightsOf(model))
  const backend = options.backend ?? backendNames.find((name) => name === settings['the backend'])
  return { ...withRecorded(options, settings, folder), ...(backend && { backend }) }
}
