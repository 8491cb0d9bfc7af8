import type { Fix } from '../../diagnostics/diagnostics.ts'
import { contains, indentOf, positionOf, type Span } from '../../text/source.ts'
import { loopAround } from '../surroundings.ts'
import type { Context } from '../../elaborate/context.ts'

/**
 * A head that stands at the end of a loop, so that the next turn reads what it made: its statements come behind the loop.
 *
 * @param step what makes a vector of a map
 * @param call what reads the vector in the next turn
 */
export function behindLoop(step: Span, call: Span, ctx: Context): readonly Fix[] {
  const loop = loopAround(call, ctx)
  if (!loop || !contains(loop.span, step) || step.start < call.end) return []
  const first = loop.body.findIndex((statement) => contains(statement.span, step))
  const moved = loop.body.slice(first).map(({ span }) => span)
  const [from, to] = [moved[0], moved.at(-1)]
  if (first < 1 || !from || !to || contains(loop.body[first]!.span, call)) return []
  const { source } = step
  // comments above a statement, and on its line, go with it
  const start = source.text.indexOf('\n', loop.body[first - 1]!.span.end)
  const end = commentBehind(to, ctx)?.end ?? to.end
  if (start < 0 || start > from.start) return []
  const [inner, outer] = [from, loop.span].map(indentOf)
  const text = source.text.slice(start, end).replaceAll(`\n${inner}`, `\n${outer}`)
  return [
    {
      title: `move ${lines(from, to)} behind the loop`,
      safety: 'unsafe',
      edits: [
        { span: { source, start, end }, text: '' },
        { span: { ...loop.span, start: loop.span.end }, text },
      ],
    },
  ]
}

/** The comment on the line that a statement ends on. */
function commentBehind({ source, end }: Span, { run: { modules } }: Context): Span | undefined {
  const comments = modules.userFiles.find((file) => file.source === source)?.ast.comments ?? []
  const { line } = positionOf(source, end)
  return comments.find(({ span }) => span.start >= end && positionOf(source, span.start).line === line)?.span
}

function lines(from: Span, to: Span): string {
  const [first, last] = [positionOf(from.source, from.start).line, positionOf(to.source, to.end).line]
  return first === last ? `line ${first}` : `lines ${first} to ${last}`
}
