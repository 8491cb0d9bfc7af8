import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import { writing } from '../fixes/writing.ts'

/** What is meant by a number as a condition: that it is not 0; a tensor weighs both sides of a choice. */
export const conditionMeant: Remedy<'not-a-condition'> = ({ value, condition: { kind, span } }) => {
  if (value.kind === 'tensor') return { notes: [noteOnTensors] }
  const isPlain = kind === 'name' || kind === 'member' || kind === 'index'
  return value.kind === 'int' && isPlain && !span.source.library ? { fixes: [writing(`${textOf(span)} != 0`, span, 'safe')] } : {}
}

const noteOnTensors =
  'conditions are decided when the model is compiled; to choose for each element, weigh: m * a + (1 - m) * b with m = x > 0.5'
