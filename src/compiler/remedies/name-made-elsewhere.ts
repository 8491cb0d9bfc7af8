import { patternNames } from '../syntax/pattern-names.ts'
import type { Expr, Statement } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import { indentOf, positionOf, textOf, type Span } from '../text/source.ts'
import { around, holds, type Around } from './around.ts'
import { originAt, type Context, type Advice } from '../elaborate/context.ts'
import { assignmentOf } from './assignment-of.ts'
import { statementsIn } from '../elaborate/statements-in.ts'

/** A name that is made inside a `for` or `if` that has ended before the place it is read at. */
export function madeWithin(name: string, read: Span, ctx: Context): Advice | undefined {
  const place = around(read, ctx)
  const made = place && endedIn(place.body, name, read)
  return (
    made && {
      labels: [{ origin: originAt(ctx, made), text: `${name} ends with the body it is made in` }],
      notes: [`assign ${name} before that body, and its value is carried through and out of it`],
      fixes: madeBefore(name, made, read, ctx),
    }
  )
}

function endedIn(body: readonly Statement[], name: string, read: Span): Span | undefined {
  for (const statement of body) {
    if (statement.kind !== 'for' && statement.kind !== 'if') continue
    const inner = statement.kind === 'for' ? statement.body : [...statement.consequent, ...statement.alternative]
    const found = statement.span.end <= read.start ? assignmentOf(name, inner) : endedIn(inner, name, read)
    if (found) return found
  }
  return undefined
}

/** A name that is made after it is read. */
export function madeLater(name: string, read: Span, ctx: Context): Advice | undefined {
  const place = around(read, ctx)
  const made = place && assignmentOf(name, place.body)
  return made && made.start > read.end
    ? { labels: [{ origin: originAt(ctx, made), text: `${name} is made here, after it is used` }], fixes: movedUp(name, read, ctx) }
    : undefined
}

/** A value that is made after it is read can be made before, where the two stand in one body. */
function movedUp(name: string, read: Span, ctx: Context): readonly Fix[] {
  const place = around(read, ctx)
  if (!place) return []
  return bodiesOf(place).flatMap((body) => {
    const reader = body.find((statement) => holds(statement, read))
    const maker = body.find((statement) => makes(statement, name))
    if (!reader || !maker || maker.span.start <= reader.span.start) return []
    const { source } = read
    const indent = indentOf(reader.span)
    const before = source.text.slice(0, maker.span.start).trimEnd().length
    return [
      {
        title: `move ${name} = … up, before line ${positionOf(source, reader.span.start).line}`,
        edits: [
          { span: { source, start: reader.span.start, end: reader.span.start }, text: `${textOf(maker.span)}\n${indent}` },
          { span: { source, start: before, end: maker.span.end }, text: '' },
        ],
      },
    ]
  })
}

/** A value made in a loop or a condition leaves it when the name has one before: that which the first of them is made of. */
function madeBefore(name: string, made: Span, read: Span, ctx: Context): readonly Fix[] {
  const place = around(read, ctx)
  if (!place) return []
  return bodiesOf(place).flatMap((body) => {
    const inner = body.find((statement) => (statement.kind === 'for' || statement.kind === 'if') && holds(statement, made))
    const maker = inner && statementsIn([inner]).find((statement) => statement.kind === 'assign' && holds(statement, made))
    const head = maker?.kind === 'assign' ? headOf(maker.value) : undefined
    if (!inner || head === undefined || head === name) return []
    const { source, start } = inner.span
    const indent = indentOf(inner.span)
    const first = `${name} = ${head}`
    return [
      {
        title: `write ${first} before line ${positionOf(source, start).line}`,
        edits: [{ span: { source, start, end: start }, text: `${first}\n${indent}` }],
      },
    ]
  })
}

/** The bodies that a place stands in, the outermost first. */
const bodiesOf = ({ body, statements }: Around): readonly (readonly Statement[])[] => [
  body,
  ...statements.flatMap((statement) => {
    if (statement.kind === 'for') return [statement.body]
    return statement.kind === 'if' ? [statement.consequent, statement.alternative] : []
  }),
]

function makes(statement: Statement, name: string): boolean {
  if (statement.kind === 'assign') return statement.targets.flatMap(patternNames).includes(name)
  return (statement.kind === 'layer' || statement.kind === 'weight') && statement.name.name === name
}

/** The name that a value begins with: what is piped, or the first argument. */
function headOf(expr: Expr): string | undefined {
  switch (expr.kind) {
    case 'name':
      return expr.name
    case 'pipe':
      return headOf(expr.head)
    case 'chain':
      return headOf(expr.first)
    case 'label':
      return headOf(expr.of)
    case 'call': {
      const [first] = expr.args
      return first?.kind === 'positional' ? headOf(first.value) : undefined
    }
    default:
      return undefined
  }
}
