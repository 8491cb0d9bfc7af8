import { bindingsIn } from '../syntax/bindings.ts'
import { statementsIn } from '../elaborate/statements-in.ts'
import { originAt } from '../elaborate/context.ts'
import { around } from './around.ts'
import type { Remedy } from './remedy.ts'

/** A second output of one name; where another statement makes it, it can be numbered. */
export const numberedOutput: Remedy<'repeated-output'> = ({ name: { name, span }, made }, ctx) => {
  const outputs = statementsIn(around(span, ctx)?.body ?? []).filter((statement) => statement.kind === 'output')
  const first = outputs.find((output) => output.name.name === name)
  if (!first || first.name.span.start === span.start) return { labels: [{ origin: made, text: 'the first' }] }
  const names = new Set(bindingsIn(ctx.module.ast).map((binding) => binding.name))
  let number = 2
  while (names.has(`${name}_${number}`)) number++
  const text = `${name}_${number}`
  return {
    labels: [{ origin: originAt(ctx, first.name.span), text: 'the first' }],
    fixes: [{ title: `call it ${text}`, edits: [{ span, text }] }],
  }
}
