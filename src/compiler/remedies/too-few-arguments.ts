import { expressionAt } from './written.ts'
import { elementsOfGiven, isListOfTensors } from './list-of-tensors.ts'
import { likelyMap } from './likely-map.ts'
import type { Remedy } from './remedy.ts'

/** The second of the maps that are combined; a list of them is spread. */
export const furtherMap: Remedy<'too-few-arguments'> = ({ given: [only, ...others], call }, ctx) => {
  if (!only || only.value === 'hole' || others.length > 0) return {}
  const { value, span } = only
  if (isListOfTensors(value)) return elementsOfGiven(only, call, ctx)
  const map = value.kind === 'tensor' ? likelyMap(call, ctx, [value.node]) : undefined
  const isCalled = expressionAt(call, ctx)?.kind === 'call' && call.start <= span.start
  if (map === undefined || !isCalled) return {}
  return { fixes: [{ title: `combine it with ${map}`, safety: 'unsafe', edits: [{ span: { ...span, start: span.end }, text: `, ${map}` }] }] }
}
