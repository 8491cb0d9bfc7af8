import type { Node } from '../../compiler/graph/graph.ts'
import type { OpenedDataset, Target } from '../../runtime/data/opened-dataset.ts'
import { failIfAny } from '../../runtime/failure/failure.ts'
import { checkLoss } from '../../runtime/training/check-loss.ts'
import { defaultLoss } from '../../runtime/training/default-loss.ts'
import { isOfClasses, type LossName } from '../../runtime/training/losses.ts'

/** What the targets of an output have to be for a loss. */
export const targetOf = (output: string, loss: LossName | undefined): Target =>
  loss === undefined || isOfClasses(loss) ? { output } : { output, kind: 'values' }

/** The loss that is given, which has to fit the output, or the one that model and data ask for, of which is told. */
export function chosenLoss(given: LossName | undefined, node: Node, { kind, targets }: OpenedDataset, output: string, note: (text: string) => void): LossName {
  if (given !== undefined) {
    failIfAny(checkLoss(node, given, output))
    return given
  }
  const { loss, because } = defaultLoss(node, kind, targets)
  note(`loss: ${loss} of ${output}, as ${because} (--loss takes another)`)
  for (const { message, file, notes = [] } of checkLoss(node, loss, output)) note([`${file === undefined ? '' : `${file}: `}${message}`, ...notes].join('\n  = '))
  return loss
}
