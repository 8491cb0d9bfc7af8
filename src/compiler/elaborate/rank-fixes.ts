import type { Fix } from '../diagnostics.ts'
import { textOf, userOrigin, type Span } from '../source.ts'
import { originAt, type Context } from './context.ts'
import { inputShapeEdit } from './input-shape.ts'
import type { Place } from './types.ts'
import type { TensorValue } from './value.ts'

/** What may give a tensor the number of axes that a parameter wants. */
export function rankFixes(wanted: number, { node, origin }: TensorValue, place: Place, ctx: Context): readonly Fix[] {
  const found = node.type.shape.length
  const call = userOrigin(originAt(ctx, place.call)).span
  if (wanted === 1 && found === 3) return [...before(call, 'flatten'), ...before(call, 'pool.global')]
  if (wanted === 3 && found === 1) return withoutStep(userOrigin(origin).span)
  const batched = wanted === 3 && found === 4 && node.type.shape[0]?.dim === 1 ? ctx.run.builder.inputs.find((input) => input === node) : undefined
  const edit = batched && inputShapeEdit(batched, [1, 2, 3])
  return edit ? [{ title: `leave out the batch: ${edit.text}`, edits: [edit] }] : []
}

/** A step that is put before a call which a pipe leads to. */
function before(call: Span, step: string): readonly Fix[] {
  if (!/\|>\s*$/.test(call.source.text.slice(0, call.start))) return []
  return [{ title: `write ${step} |> ${textOf(call)}`, edits: [{ span: { ...call, end: call.start }, text: `${step} |> ` }] }]
}

function withoutStep(step: Span): readonly Fix[] {
  const pipe = /\s*\|>\s*$/.exec(step.source.text.slice(0, step.start))
  return pipe ? [{ title: `leave out |> ${textOf(step)}`, edits: [{ span: { ...step, start: step.start - pipe[0].length }, text: '' }] }] : []
}
