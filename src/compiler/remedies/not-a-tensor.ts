import { elementsMeant, isListOfTensors } from './list-of-tensors.ts'
import { blockApplied } from './pass-map.ts'
import { withoutQuotes } from './quoted-number.ts'
import type { Remedy } from './remedy.ts'
import { stepsAsBlock } from './steps-as-block.ts'
import { resultTaken } from './several-results.ts'

/** What makes a tensor of a value: one result of several, a block that is applied to a map, a number without its quotes. */
export const tensorOf: Remedy<'not-a-tensor'> = ({ value, written, use }, ctx) => {
  const isOutput = use === 'output'
  if (value.kind === 'results')
    return { notes: isOutput ? [] : ['take one of the results first: a, b = …'], fixes: resultTaken(value, written, ctx) }
  if (value.kind === 'block' && !isOutput) {
    const steps = stepsAsBlock(written, ctx)
    if (steps.notes) return steps
  }
  if (value.kind === 'block')
    return { notes: isOutput ? ['a block value is not applied to anything yet'] : [], fixes: blockApplied(value, ctx) }
  if (value.kind === 'list' && isOutput)
    return { notes: ['an output is one tensor: give each a name, output a, b = list, or join them with fuse.concat(...list)'] }
  if (isListOfTensors(value)) return elementsMeant(written, ctx)
  return value.kind === 'text' ? { fixes: withoutQuotes(value, ctx) } : {}
}
