import type { Declaration, Expr } from '../../syntax/ast.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../../text/source.ts'
import { around } from '../around.ts'
import type { Context } from '../../elaborate/context.ts'
import { namesIn } from '../names-in.ts'
import { statementsIn } from '../../elaborate/statements-in.ts'

/** Python's `len(list)`. */
export function lengthOf(callee: Span, ctx: Context): readonly Fix[] {
  const call = callOf(callee, ctx)
  const [list, ...others] = call?.kind === 'call' ? call.args : []
  if (!call || list?.kind !== 'positional' || others.length > 0) return []
  const text = textOf(list.value.span)
  const isWhole = ['name', 'member', 'call', 'index', 'list'].includes(list.value.kind)
  const written = `${isWhole ? text : `(${text})`}.length`
  return [{ title: `write ${written}`, edits: [{ span: call.span, text: written }] }]
}

/** What is nothing in other languages: no value, or an activation that does nothing. */
export const nothing = (span: Span): readonly Fix[] =>
  ['none', 'identity'].map((text) => ({ title: `write ${text}`, edits: [{ span, text }] }))

/** A word stands for itself where it is wanted: a value that was to hold it is written out. */
export function writtenOut(word: string, span: Span, ctx: Context): readonly Fix[] {
  const place = around(span, ctx)
  const statement = place?.statements.at(-1)
  const [target, ...others] = statement?.kind === 'assign' ? statement.targets : []
  const declaration = declarationAt(span, ctx)
  if (
    statement?.kind !== 'assign' ||
    target?.kind !== 'name' ||
    others.length > 0 ||
    statement.value.span.start !== span.start ||
    !declaration
  )
    return []
  const { source } = span
  const isMade = statementsIn(place?.body ?? []).filter(
    (one) => one.kind === 'assign' && one.targets.some((made) => made.kind === 'name' && made.name === target.name),
  )
  const reads = namesIn(declaration).filter((read) => read.name === target.name && read.span.start > span.end)
  if (isMade.length > 1 || reads.length === 0) return []
  const uses = reads.map(({ span: read }): Edit => {
    const isShort = source.text[read.end] === ':'
    return isShort ? { span: { source, start: read.end + 1, end: read.end + 1 }, text: ` ${word}` } : { span: read, text: word }
  })
  const before = source.text.slice(0, statement.span.start).trimEnd().length
  return [
    {
      title: `write ${word} where ${target.name} stands`,
      edits: [{ span: { source, start: before, end: statement.span.end }, text: '' }, ...uses],
    },
  ]
}

/** The one value made before a place that nothing reads, where what is read there is a value. */
export function unreadName(span: Span, ctx: Context): string | undefined {
  const place = around(span, ctx)
  const declaration = declarationAt(span, ctx)
  if (!place || !declaration || callOf(span, ctx) || isStep(span, place.exprs)) return undefined
  const read = new Set(namesIn(declaration).map(({ name }) => name))
  const made = statementsIn(place.body)
    .filter((statement) => statement.span.end <= span.start)
    .flatMap((statement) => (statement.kind === 'assign' ? statement.targets : []))
    .flatMap((target) => (target.kind === 'name' && !read.has(target.name) ? [target.name] : []))
  const [only, ...others] = new Set(made)
  return others.length === 0 ? only : undefined
}

const declarationAt = (span: Span, ctx: Context): Declaration | undefined =>
  ctx.run.modules.userFiles
    .find(({ source }) => source === span.source)
    ?.ast.declarations.find((one) => one.span.start <= span.start && span.end <= one.span.end)

/** The call that a name is called in. */
const callOf = (callee: Span, ctx: Context): Expr | undefined =>
  around(callee, ctx)?.exprs.find(
    (expr) => expr.kind === 'call' && expr.callee.span.start === callee.start && expr.callee.span.end === callee.end,
  )

const isStep = (span: Span, exprs: readonly Expr[]): boolean =>
  exprs.some(
    (expr) =>
      expr.kind === 'pipe' && expr.steps.some(({ value }) => value.span.start === span.start && value.span.end === span.end),
  )
