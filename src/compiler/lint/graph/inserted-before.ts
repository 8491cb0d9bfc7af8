import type { Edit } from '../../diagnostics/diagnostics.ts'
import type { Modules } from '../../reading/module.ts'
import { expressionAt, stepAt } from '../../reading/written.ts'
import { textOf, type Span } from '../../text/source.ts'

/** Lets what a call is given go through steps of a pipe before; undefined where it does not stand in the text. */
export function insertedBefore(place: Span, steps: string, modules: Modules): Edit | undefined {
  const step = stepAt(place, modules)
  if (step) {
    const { source, start } = step.step.value.span
    return { span: { source, start, end: start }, text: `${steps} |> ` }
  }
  const call = expressionAt(place, modules)
  const [first] = call?.kind === 'call' ? call.args : []
  return first?.kind === 'positional' ? { span: first.value.span, text: `${textOf(first.value.span)} |> ${steps}` } : undefined
}
