import type { Identifier } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { Origin, Span } from '../../text/source.ts'
import { around } from '../../remedies/around.ts'
import { fail, originAt, type Context } from '../context.ts'
import { statementsIn } from '../statements-in.ts'

/** Reports a second output of one name; where another statement makes it, it can be numbered. */
export function repeatedOutput({ name, span }: Identifier, made: Origin, ctx: Context): void {
  const outputs = statementsIn(around(span, ctx)?.body ?? []).filter((statement) => statement.kind === 'output')
  const first = outputs.find((output) => output.name.name === name)
  const isOther = first !== undefined && first.name.span.start !== span.start
  fail(ctx, 'name/duplicate', { what: 'output', name }, span, {
    labels: [{ origin: isOther ? originAt(ctx, first.name.span) : made, text: 'the first' }],
    fixes: isOther ? numbered(name, span) : [],
  })
}

function numbered(name: string, span: Span): readonly Fix[] {
  const taken = (number: number): boolean => new RegExp(String.raw`\b${name}_${number}\b`).test(span.source.text)
  let number = 2
  while (taken(number)) number++
  return [{ title: `call it ${name}_${number}`, edits: [{ span, text: `${name}_${number}` }] }]
}
