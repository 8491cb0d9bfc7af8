import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Modules } from '../reading/module.ts'
import { stepAt } from '../reading/written.ts'
import { outerSpan } from '../syntax/outer-span.ts'
import type { Span } from '../text/source.ts'

/** Takes a step out of its pipe, with its line where it has one; undefined for what is no step, or has a name of its own. */
export function withoutStep(place: Span, modules: Modules): Edit | undefined {
  const { step } = stepAt(place, modules) ?? {}
  if (!step || step.label) return undefined
  const { sign, value } = step
  const { source, end } = outerSpan(value)
  const before = source.text.slice(0, sign.start)
  const blank = before.slice(before.trimEnd().length)
  const isAlone = /^[ \t]*(?:\r?\n|$)/.test(source.text.slice(end))
  const space = (isAlone ? /\r?\n[ \t]*$|[ \t]*$/ : /[ \t]*$/).exec(blank)![0]
  return { span: { source, start: sign.start - space.length, end }, text: '' }
}
