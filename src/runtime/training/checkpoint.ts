import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { WeightNode } from '../../compiler/graph/graph.ts'
import { schemaComplaints } from '../../compiler/ir/schema-complaint.ts'
import { checkpointFormat } from '../weights/checkpoint-format.ts'
import { Failure, failIfAny, problem } from '../failure/failure.ts'
import { readBytes } from '../files/read-file.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../weights/safetensors.ts'
import { readSafetensorsMetadata } from '../weights/safetensors-header.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { checkWeights } from '../weights/weights.ts'
import { writeAllAtomically } from '../files/write-file.ts'
import checkpointSchema from './checkpoint.schema.json' with { type: 'json' }
import type { Totals } from './measured.ts'
import type { EpochReport } from './reports.ts'

type Tensors = ReadonlyMap<string, TensorData>

/** How far a run has come. */
export interface Progress {
  /** Steps done, over all epochs. */
  readonly step: number
  /** The epoch that is going on, from 1. */
  readonly epoch: number
  /** Its steps done, and their sums. */
  readonly stepOfEpoch: number
  readonly totals: Totals
  readonly seconds: number
  readonly history: readonly EpochReport[]
}

export interface Checkpoint {
  readonly model: string
  /** Everything that decides the numbers of the run, as the user would write it. */
  readonly settings: Readonly<Record<string, string>>
  readonly progress: Progress
  readonly weights: Tensors
  /** What the optimiser remembers, by `slot/path`. */
  readonly slots: Tensors
  /** The weights of the best epoch, once there is one. */
  readonly best: Tensors
}

/** Free texts for the header of a file of weights. */
export type Texts = Readonly<Record<string, string>>

export const checkpointFile = (folder: string): string => path.join(folder, 'checkpoint.safetensors')

/** The weights of the best epoch, for `--weights`. */
export const bestFile = (folder: string): string => path.join(folder, 'best.safetensors')

/**
 * Writes a checkpoint into its folder, whole or not at all.
 *
 * @param metadata what the file of the best weights says of itself
 * @throws Failure `output/unwritable`
 */
export async function writeCheckpoint(
  folder: string,
  { model, settings, progress, weights, slots, best }: Checkpoint,
  metadata: Texts,
): Promise<void> {
  const sections = { weights, slots, best }
  const entries = Object.entries(sections).flatMap(([section, list]) =>
    [...list].map(([name, data]) => [`${section}/${name}`, data] as const),
  )
  const tensors = new Map(entries)
  const bytes = writeSafetensors(tensors, { format: checkpointFormat, run: JSON.stringify({ model, settings, ...progress }) })
  const files = [{ path: checkpointFile(folder), bytes }]
  if (best.size > 0) files.push({ path: bestFile(folder), bytes: writeSafetensors(best, metadata) })
  await writeAllAtomically(files)
}

/**
 * @throws Failure `checkpoint/unreadable`, or what keeps the file from being read; `weights/…` with every difference to the
 *   model's weights
 */
export async function readCheckpoint(folder: string, model: readonly WeightNode[]): Promise<Checkpoint> {
  const file = checkpointFile(folder)
  const bytes = await readBytes(file)
  const tensors = readSafetensors(bytes, file)
  const { model: name, settings, ...progress } = readRun(readSafetensorsMetadata(bytes), file)
  const stray = [...tensors.keys()].find((key) => !/^(?:weights|slots|best)\//.test(key))
  if (stray !== undefined) throw unreadable(`it has a tensor ${stray}, which is no part of a checkpoint`, file)
  const section = (prefix: string): Tensors =>
    new Map(
      [...tensors].flatMap(([key, data]) =>
        key.startsWith(`${prefix}/`) ? [[key.slice(prefix.length + 1), data] as const] : [],
      ),
    )
  const weights = section('weights')
  failIfAny(checkWeights(model, weights, file))
  return { model: name, settings, progress, weights, slots: section('slots'), best: section('best') }
}

/** The model and the settings of a checkpoint alone. @throws as `readCheckpoint`, but for the weights */
export async function readSettings(folder: string): Promise<Pick<Checkpoint, 'model' | 'settings'>> {
  const file = checkpointFile(folder)
  const { model, settings } = readRun(readSafetensorsMetadata(await readBytes(file)), file)
  return { model, settings }
}

type Run = Pick<Checkpoint, 'model' | 'settings'> & Progress

function readRun(metadata: Readonly<Record<string, string>>, file: string): Run {
  const fail = (reason: string): never => {
    throw unreadable(reason, file)
  }
  if (metadata['format'] !== checkpointFormat) return fail(`it is not of the format ${checkpointFormat}`)
  let run: unknown
  try {
    run = JSON.parse(metadata['run'] ?? '')
  } catch {
    return fail('what it says of the run is not JSON')
  }
  const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<Run>(checkpointSchema)
  if (validate(run)) return run
  return fail(schemaComplaints(validate.errors ?? []).map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; '))
}

const unreadable = (reason: string, file: string): Failure =>
  new Failure([problem('checkpoint/unreadable', { reason }, { file })])

/** What a resumed run may have otherwise: of data, which a digest and the weights of classes tell apart, where it is. */
const mayChange: ReadonlySet<string> = new Set(['--epochs', '--output', '--curve', '--data', '--labels', '--validation-labels', '--class-weights'])

const isPath = (text: string | undefined): boolean => text !== undefined && !Number.isFinite(Number(text))

/** Other data for validation may be elsewhere; a part of the samples is that part. */
const isElsewhere = (setting: string, before: string | undefined, now: string | undefined): boolean => setting === '--validation' && isPath(before) && isPath(now)

/**
 * @throws Failure `checkpoint/settings` with everything in which the settings of a resumed run differ from those it began with,
 *   but for
 * the number of epochs and the places of files
 */
export function checkSettings({ settings }: Checkpoint, options: Readonly<Record<string, string>>, folder: string): void {
  const file = checkpointFile(folder)
  const before = new Map(Object.entries(settings))
  const now = new Map(Object.entries(options))
  const names = [...new Set([...before.keys(), ...now.keys()])]
  const changed = names.filter((name) => before.get(name) !== now.get(name) && !mayChange.has(name) && !isElsewhere(name, before.get(name), now.get(name)))
  const said = (value: string | undefined, setting: string): string =>
    value ?? (setting.startsWith('the ') ? 'not there' : 'not given')
  failIfAny(
    changed.map((setting) => {
      const facts = { setting, before: said(before.get(setting), setting), now: said(now.get(setting), setting) }
      return problem('checkpoint/settings', facts, { file })
    }),
  )
}
