import type { Identifier, Statement } from '../syntax/ast.ts'
import { namesInPattern } from '../syntax/pattern-names.ts'
import { contains, type Span } from '../text/source.ts'
import { originAt, type Context, type Advice } from '../elaborate/context.ts'
import { statementsIn } from '../elaborate/statements-in.ts'
import { around } from './around.ts'

/** A name that is made after it is read, or inside a `for` or `if` that has ended before. */
export function madeElsewhere(name: string, read: Span, ctx: Context): Advice | undefined {
  const others = statementsIn(around(read, ctx)?.body ?? []).filter((statement) => !contains(statement.span, read))
  const made = others.flatMap(madeBy).find((one) => one.name === name)?.span
  if (!made) return undefined
  const origin = originAt(ctx, made)
  if (made.start > read.end) return { labels: [{ origin, text: `${name} is made here, after it is used` }] }
  return {
    labels: [{ origin, text: `${name} ends with the body it is made in` }],
    notes: [`assign ${name} before that body, and its value is carried through and out of it`],
  }
}

function madeBy(statement: Statement): readonly Identifier[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(namesInPattern)
  return statement.kind === 'layer' || statement.kind === 'weight' ? [statement.name] : []
}
