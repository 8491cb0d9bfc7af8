import type { Details } from '../../diagnostics/diagnostics.ts'
import { keyOf } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import { textOf, userOrigin } from '../../text/source.ts'
import { turnedInput } from '../channels-first.ts'
import { expressionAt } from '../written.ts'
import type { Context } from '../../elaborate/context.ts'
import { reasonsOf } from '../../elaborate/reports/reasons.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import type { IntValue } from '../../elaborate/value.ts'
import { pooledInstead } from './vector-step.ts'
import { writing } from '../../fixes/writing.ts'

/** What is said of an extent of a weight that depends on the size of the input. */
export function symbolicExtent({ dim, origin }: IntValue, ctx: Context): Required<Details> {
  const labels = [{ origin, text: `${printDim(dim)} comes from here` }]
  const isExtentOfInput = ctx.run.builder.inputs.some(({ type }) => type.shape.some((extent) => keyOf(extent.dim) === keyOf(dim)))
  const turned = isExtentOfInput ? turnedInput(ctx) : undefined
  if (turned && turned.fixes.length > 0)
    return { labels: [...turned.labels, ...labels], notes: turned.notes, fixes: turned.fixes }
  const edit = pooledInstead(userOrigin(origin).span)
  return {
    labels,
    notes: ['pool.global makes a vector whose length does not depend on the size; an input of a fixed size settles it too'],
    fixes: edit ? [{ title: 'write pool.global for flatten', edits: [edit] }] : [],
  }
}

/** What is said of an extent of a weight that came out below 1: where a width was divided, at least 1 is left of it. */
export function emptyExtent({ dim, origin }: IntValue, ctx: Context): Required<Details> {
  const { span } = userOrigin(origin)
  const size = printDim(dim)
  const written = textOf(span)
  const expr = expressionAt(span, ctx)
  const computed = expr?.kind === 'call' || expr?.kind === 'chain' ? expr : undefined
  return {
    labels: [
      { origin, text: computed ? `${written} = ${size}` : `${size} decided here` },
      ...(computed && ctx.entry ? reasonsOf(computed, ctx.entry.ctx) : []),
    ],
    notes: [],
    fixes: computed?.kind === 'call' && roundings.has(calleeName(computed) ?? '') ? [writing(`max(1, ${written})`, span)] : [],
  }
}

const roundings: ReadonlySet<string> = new Set(['floor', 'ceil', 'round'])
