import type { Expr } from '../../syntax/ast.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { indentOf, type Span } from '../../text/source.ts'
import { around } from '../around.ts'
import type { Context } from '../../elaborate/context.ts'

/** A step that is labelled and read like a value gets a name of its own, and the pipe goes on from that. */
export function namedStep(label: Span, ctx: Context): readonly Fix[] {
  const statement = around(label, ctx)?.statements.at(-1)
  if (statement?.kind !== 'assign' && statement?.kind !== 'output') return []
  const { value } = statement
  const end = value && endOfLabelled(value, label)
  if (!value || end === undefined) return []
  const { source } = label
  const { start } = statement.span
  const name = source.text.slice(label.start, label.end)
  const indent = indentOf(statement.span)
  const edits: readonly Edit[] = [
    { span: { source, start, end: value.span.start }, text: `${name} = ` },
    { span: { source, start: end, end: label.end }, text: `\n${indent}${source.text.slice(start, value.span.start)}${name}` },
  ]
  return [{ title: `make ${name} a value of its own: ${name} = …`, edits }]
}

/** Where the step of a pipe ends that a label stands behind. */
function endOfLabelled(value: Expr, label: Span): number | undefined {
  if (value.kind === 'label') return value.label.span.start === label.start ? value.of.span.end : undefined
  if (value.kind !== 'pipe') return undefined
  const step = value.steps.find((one) => one.label?.span.start === label.start)
  return step ? step.value.span.end : endOfLabelled(value.head, label)
}
