import { rangeOf } from '../../compiler/facts/range-of.ts'
import type { Node } from '../../compiler/graph/graph.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { TargetKind } from '../data/opened-dataset.ts'
import { rowsOf, type Rows } from '../data/rows-of.ts'
import { endingOf } from './ending.ts'
import type { LossName } from './losses.ts'

interface Choice {
  readonly loss: LossName
  /** How the model ends and what the targets are. */
  readonly because: string
}

/**
 * The loss that the end of a model and the targets [batch, ...] of its output ask for together. Give it all targets there are: a batch of values
 * may be whole by chance.
 */
export function defaultLoss(output: Node, kind: TargetKind, targets: TensorData): Choice {
  const { kind: end } = endingOf(output)
  const ends = endings[end]
  if (kind === 'labels') {
    const loss = end === 'mixed softmaxes' ? 'nll' : 'categorical_crossentropy'
    return { loss, because: `the targets are labels${end === 'other' || end === 'sigmoid' ? '' : ` and ${ends}`}` }
  }
  const rows = rowsOf(targets)
  const [low, high] = rangeOf(output)
  const isOpen = low === -Infinity && high === Infinity
  const ofRows: LossName | undefined =
    end === 'mixed softmaxes' ? 'nll' : end === 'softmax' || (isOpen && rows === 'one-hot') ? 'categorical_crossentropy' : undefined
  if (ofRows && (rows === 'one-hot' || rows === 'shares')) return { loss: ofRows, because: `${means[rows]} and ${ends}` }
  const numbers = numbersIn(targets.values)
  const ofNumbers: LossName | undefined =
    end === 'sigmoid' ? 'binary_crossentropy' : end === 'mixed sigmoids' ? 'binary_nll' : isOpen && numbers === 'ones' ? 'binary_crossentropy' : undefined
  if (ofNumbers && numbers !== 'others') return { loss: ofNumbers, because: `${said[numbers]} and ${ends}` }
  return { loss: 'mse', because: `the targets are values${end === 'other' ? '' : `, though ${ends}`}` }
}

const endings: Readonly<Record<ReturnType<typeof endingOf>['kind'], string>> = {
  softmax: 'it ends in a softmax',
  sigmoid: 'it ends in a sigmoid',
  'mixed softmaxes': 'it is a sum of softmaxes',
  'mixed sigmoids': 'it is a sum of sigmoids',
  other: 'it ends in no probabilities',
}

const means: Readonly<Record<Exclude<Rows, 'others'>, string>> = {
  'one-hot': 'the targets are rows of zeros with a one',
  shares: 'the targets are rows whose sum is 1',
}

const said = { ones: 'the targets are zeros and ones', parts: 'the targets lie between 0 and 1' } as const

function numbersIn(values: Float32Array): keyof typeof said | 'others' {
  if (values.every((value) => value === 0 || value === 1)) return 'ones'
  return values.every((value) => value >= 0 && value <= 1) ? 'parts' : 'others'
}
