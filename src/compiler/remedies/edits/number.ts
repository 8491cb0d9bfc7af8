import type { Edit } from '../../diagnostics/diagnostics.ts'
import { isSamePlace, isStanding } from '../../text/source.ts'
import { argumentEdit } from '../../fixes/argument-edit.ts'
import type { Context } from '../../elaborate/context.ts'
import type { IntValue } from '../../elaborate/value.ts'
import { expressionAt } from '../written.ts'
import { isNumeral } from '../is-numeral.ts'
import { parametersOf } from './parameters-of.ts'

interface NumberEdit {
  /** What is written. */
  readonly text: string
  readonly edit: Edit
}

/**
 * How a number of the text becomes another one: where it is written; where it is the default of a block's parameter, in the call,
 * so that other calls keep it.
 */
export function numberEdits({ origin: { span } }: IntValue, number: number, ctx: Context): readonly NumberEdit[] {
  if (!isNumeral(span)) return []
  for (let frame = ctx.frame; frame; frame = frame.parent) {
    const parameter = parametersOf(frame, ctx).find((one) => one.default && isSamePlace(one.default.span, span))
    if (!parameter) continue
    if (isStanding(frame) || frame.call.source.library) return []
    const call = expressionAt(frame.call, ctx)
    if (!call) return []
    const text = `${parameter.name.name}: ${number}`
    return [{ text, edit: argumentEdit(call, parameter.name.name, text) }]
  }
  return [{ text: String(number), edit: { span, text: String(number) } }]
}
