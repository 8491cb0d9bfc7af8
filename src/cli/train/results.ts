import { drawLearningCurve } from '../../runtime/drawing/learning-curve.ts'
import { writeSafetensors } from '../../codegen/tfjs/runtime/safetensors.ts'
import { bestFile, checkpointFile } from '../../runtime/training/checkpoint.ts'
import type { Trained } from '../../runtime/training/train.ts'
import type { EndReport, EpochReport } from '../../runtime/training/reports.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import { scoreText } from './display.ts'

interface Results {
  readonly folder: string
  readonly files: { readonly curve: string; readonly output?: string }
  readonly title: string
  readonly trained: Trained
  /** What the file of weights says of itself. */
  readonly metadata: Readonly<Record<string, string>>
}

interface Written {
  readonly checkpoint: string
  /** The best weights, where an epoch was finished. */
  readonly weights?: string
  readonly output?: string
  readonly curve?: string
}

/** Writes what a training ends with. @throws Failure `output/unwritable` */
export async function writeResults({ folder, files, title, trained, metadata }: Results): Promise<Written> {
  const { history, best } = trained
  const measured = history.length > 0
  const output = files.output === undefined ? [] : [{ path: files.output, bytes: writeSafetensors(best, metadata) }]
  const curve = measured ? [{ path: files.curve, bytes: drawLearningCurve(title, history) }] : []
  await writeAllAtomically([...output, ...curve])
  return {
    checkpoint: checkpointFile(folder),
    ...(measured && { weights: bestFile(folder), curve: files.curve }),
    ...(files.output !== undefined && { output: files.output }),
  }
}

interface Ended {
  readonly best: EpochReport | undefined
  readonly patience: number | undefined
  /** That the best epoch is no better than always saying the commonest class. */
  readonly common: string | undefined
}

/** How a training ended, what it has reached, and where that is. */
export function summaryText({ why, epoch, step }: EndReport, { checkpoint, weights, output, curve }: Written, { best, patience, common }: Ended): string {
  const how = {
    finished: `finished ${epochsText(epoch)}`,
    patience: `stopped after epoch ${epoch}: ${epochsText(patience ?? 0)} without a better one`,
    stopped: `stopped at step ${step} in epoch ${epoch}`,
  }[why]
  const reached =
    best && `best is epoch ${best.epoch}: ${best.validation ? `validation ${scoreText(best.validation)}` : scoreText(best)}`
  const next = why === 'stopped' ? '--resume continues' : `--resume --epochs ${2 * epoch} goes on`
  const places = [
    ['weights', output ?? weights],
    ['curve', curve],
    ['checkpoint', `${checkpoint} (${next})`],
  ].flatMap(([what, place]) => (place === undefined ? [] : [`${what!.padEnd(10)}  ${place}`]))
  return [how, ...(reached === undefined ? [] : [reached]), ...(common === undefined ? [] : [common]), ...places].join('\n')
}

export const epochsText = (count: number): string => `${count} ${count === 1 ? 'epoch' : 'epochs'}`
