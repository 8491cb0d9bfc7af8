import { readFile } from '../../compiler/reading/read-file.ts'
import { weightsOf, type Graph } from '../../compiler/graph/graph.ts'
import { backendNames } from '../../runtime/backend/backend.ts'
import { readCheckpoint, readSettings } from '../../runtime/training/checkpoint.ts'
import { UsageError } from '../exit/exit.ts'
import type { Session } from '../files/open-model.ts'
import { readSource } from '../files/read-source.ts'
import { holdsTraining } from './folder.ts'
import type { TrainOptions } from './options.ts'
import { recordedParameters, withRecorded } from './settings.ts'

/** The folder of a training of a model. */
export const folderOf = ({ checkpoint }: TrainOptions, model: string): string => checkpoint ?? `${model}.training`

/**
 * The session of a training that is continued, with the parameters that the model had when it began: they decide what its weights are, which the checkpoint
 * is compared with. What is no checkpoint is left to what reads it.
 */
export async function resumedSession(file: string, options: TrainOptions, session: Session): Promise<Session> {
  if (!options.resume) return session
  const source = readSource(file)
  const { declarations } = readFile(source.path, source.text, false).ast
  const [only, ...others] = declarations.filter(({ kind }) => kind === 'model').map(({ name }) => name.name)
  const model = options.model ?? (others.length === 0 ? only : undefined)
  if (model === undefined && options.checkpoint === undefined) return session
  const folder = folderOf(options, model ?? '')
  if (!(await holdsTraining(folder))) return session
  const set = { ...recordedParameters(await readSettings(folder)), ...session.options.set }
  return { ...session, options: { ...session.options, set } }
}

/** The options of a training that begins: a run of hours is not written over because of a forgotten option. @throws UsageError */
export async function begun(folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (options.fresh || !(await holdsTraining(folder))) return options
  const instead = 'begin anew with --fresh, which forgets it, or keep another one beside it with --checkpoint FOLDER'
  throw new UsageError(`${folder} holds a training already: continue it with --resume, ${instead}`)
}

/** The options of a training that goes on: what is not said again is as it was. @throws UsageError, and what reading a checkpoint may throw */
export async function continued(model: Graph, folder: string, options: TrainOptions): Promise<TrainOptions> {
  if (options.fresh) throw new UsageError('--resume goes on with a training, and --fresh forgets it: give one of them')
  if (options.weights.length > 0) {
    throw new UsageError(
      '--resume goes on with the weights of the checkpoint, and --weights begins with others: give one of them',
    )
  }
  if (await holdsTraining(folder)) {
    const { model: trained } = await readSettings(folder)
    if (trained !== model.name) throw new UsageError(`${folder} holds a training of ${trained}, and this is ${model.name}: name its folder with --checkpoint`)
  }
  const { settings } = await readCheckpoint(folder, weightsOf(model))
  const backend = options.backend ?? backendNames.find((name) => name === settings['the backend'])
  return { ...withRecorded(options, settings), ...(backend && { backend }) }
}
