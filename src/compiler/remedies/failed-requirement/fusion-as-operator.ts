import type { Fix } from '../../diagnostics/diagnostics.ts'
import { textOf, userOrigin } from '../../text/source.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import type { OpName } from '../../library/names.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { isBesideOperator } from '../written.ts'
import { meetingAt } from '../meeting.ts'

/** The operators that stretch maps, which the fusions of the same meaning do not. */
const operators: ReadonlyMap<string, string> = new Map<OpName, string>([
  ['fuse.add', '+'],
  ['fuse.sub', '-'],
  ['fuse.mul', '*'],
  ['fuse.div', '/'],
])

/** A fusion of two maps, one of which would be stretched, written as the operator that does so. */
export function stretchFixes(ctx: Context): readonly Fix[] {
  const at = ctx.frame && userOrigin(originAt(ctx, ctx.frame.call)).span
  const meeting = at && meetingAt(at, ctx.entry, ctx)
  if (!at || meeting?.call.kind !== 'call' || meeting.operands.length !== 2) return []
  const operator = operators.get(calleeName(meeting.call) ?? '')
  // what a pipe leads to has no left side of its own
  const isWhole = meeting.operands.every(({ expr }) => at.start <= expr.span.start && expr.span.end <= at.end)
  if (operator === undefined || !isWhole) return []
  const sides = meeting.operands.map(({ expr: { kind, span } }) =>
    kind === 'name' || kind === 'call' ? textOf(span) : `(${textOf(span)})`,
  )
  const text = sides.join(` ${operator} `)
  return [{ title: `write ${text}`, safety: 'unsafe', edits: [{ span: at, text: isBesideOperator(at, ctx) ? `(${text})` : text }] }]
}
