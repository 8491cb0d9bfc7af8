import type { Details, Fix } from '../../diagnostics/diagnostics.ts'
import { textOf, type Span } from '../../text/source.ts'
import { argumentOf } from './argument-of.ts'
import { fail, type Context } from '../context.ts'
import { enumsWith } from '../enums.ts'
import { asSize, sizeBeforeNumber, withoutBrackets } from '../../remedies/calls/list-fixes.ts'
import { isKnown } from '../names.ts'
import { withoutQuotes } from '../../remedies/calls/quoted-number.ts'
import { resultTaken } from '../../remedies/several-results.ts'
import { applied, firstArgument } from '../../remedies/calls/tensor-fixes.ts'
import type { Place } from '../types.ts'
import { describe, type Value } from '../value.ts'
import { writing } from '../../fixes/writing.ts'

/** Reports an argument of another kind than its parameter takes. */
export function mismatch(value: Value, wanted: string, place: Place, ctx: Context): undefined {
  fail(ctx, 'type/mismatch', { what: argumentOf(place), wanted, found: describe(value) }, place.span, {
    labels: [{ origin: value.origin, text: `${describe(value)} comes from here` }],
    ...hintsOn(value, wanted, place, ctx),
  })
  return undefined
}

function hintsOn(value: Value, wanted: string, place: Place, ctx: Context): Pick<Details, 'notes' | 'fixes'> {
  const { op, span } = place
  const tensor = wanted.startsWith('a tensor')
  if (value.kind === 'text') return { fixes: [...withoutQuotes(value), ...unquoted(value.value, span, ctx)] }
  if (value.kind === 'results') return { notes: ['take one of the results first: a, b = …'], fixes: resultTaken(value, span) }
  if (value.kind === 'list' && !tensor) {
    if (wanted.startsWith('a size')) return { fixes: asSize(value) }
    const isElement = place.argument.endsWith(']')
    const notes =
      !isElement && /^an? (?:int|number)$/.test(wanted) && value.items.length > 1
        ? ['one number is wanted; to go through several, write for … in, or [for n in …: …]']
        : []
    const exchanged = sizeBeforeNumber(span, place.call, ctx)
    return exchanged.length > 0 ? { fixes: exchanged } : { notes, fixes: withoutBrackets(value, span, isElement, ctx) }
  }
  if (value.kind === 'tensor') {
    return tensor
      ? {}
      : { notes: ['a piped value is the first argument: it does not stand in the call again'], fixes: withoutFirst(span) }
  }
  if (value.kind === 'int' && wanted === 'a bool') {
    const meant = value.dim === 0 ? ['false'] : value.dim === 1 ? ['true'] : []
    return { notes: ['the bools are true and false'], fixes: meant.map((word) => writing(word, span)) }
  }
  if (value.kind === 'none' && wanted === 'a bool') return { notes: ['to say no, write false'], fixes: [writing('false', span)] }
  if (value.kind === 'none') return { notes: wanted === 'a block' ? ['for no block, write identity'] : [] }
  if (!tensor) return {}
  if (value.kind === 'block')
    return { notes: [`a block value has to be applied before: x |> ${value.name}(…)`], fixes: applied(value, ctx) }
  return {
    notes: [`the first argument is the map: pipe one in, x |> ${op}(…), or for a block value leave a hole, ${op}(_, …)`],
    fixes: firstArgument(place.call, ctx),
  }
}

/** A word or a name that stands in quotes. */
function unquoted(text: string, span: Span, ctx: Context): readonly Fix[] {
  const name = text.toLowerCase()
  if (enumsWith(name).length === 0 && !isKnown(name, ctx)) return []
  return [{ title: `write it without quotes: ${name}`, edits: [{ span, text: name }] }]
}

/** The argument before the next one is left out. */
function withoutFirst(span: Span): readonly Fix[] {
  const comma = /^\s*,\s*/.exec(span.source.text.slice(span.end))
  return comma
    ? [{ title: `leave out ${textOf(span)}`, edits: [{ span: { ...span, end: span.end + comma[0].length }, text: '' }] }]
    : []
}
