import type { Expr, Identifier } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { indentOf, type Span } from '../text/source.ts'
import { around, declarationAround } from './around.ts'
import { originAt, type Context, type Advice } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'

/** A label names a step in paths, not a value. */
export function labelledStep(name: string, read: Span, ctx: Context): Advice | undefined {
  const declaration = declarationAround(read, ctx)
  const label = declaration && readsOf(declaration).read.flatMap(labelsIn).find((one) => one.name === name)?.span
  return (
    label && {
      labels: [{ origin: originAt(ctx, label), text: 'a label names a step in paths, not a value' }],
      fixes: namedStep(label, ctx),
    }
  )
}

function labelsIn(expr: Expr): readonly Identifier[] {
  const own = expr.kind === 'label' ? [expr.label] : expr.kind === 'pipe' ? expr.steps.flatMap((step) => step.label ?? []) : []
  return [...own, ...childrenOf(expr).flatMap(labelsIn)]
}

/** A step that is labelled and read like a value gets a name of its own, and the pipe goes on from that. */
function namedStep(label: Span, ctx: Context): readonly Fix[] {
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
