import type { WeightStatement } from '../syntax/ast.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Initializer } from '../graph/initializer.ts'
import { fail, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { parameterMeant, parameterMissed } from './reports/other-frameworks.ts'
import { describe, numberOf, type Value } from './value.ts'
import { writing } from '../fixes/writing.ts'

/** What is said of a weight besides its shape and how it starts. */
export interface Options {
  readonly trainable: boolean
  readonly within: readonly [number, number] | undefined
  readonly annealed: number | undefined
}

export function optionsOf(
  { weight, options }: WeightStatement,
  init: Initializer | undefined,
  ctx: Context,
): Options | undefined {
  let trainable = true
  let within: readonly [number, number] | undefined
  let annealed: number | undefined
  for (const { name, value: expr } of options) {
    const value = evaluate(expr, ctx)
    if (value.kind === 'error') return undefined
    if (name.name === 'trainable' && value.kind === 'bool') trainable = value.value
    else if (name.name === 'within' && boundsOf(value)) within = boundsOf(value)
    else if (name.name === 'annealed' && weight === 'state' && init?.kind === 'constant' && numberOf(value) !== undefined)
      annealed = numberOf(value)
    else return wrongOption(name, value, expr.span, ctx)
  }
  return { trainable, within, annealed }
}

function boundsOf(value: Value): readonly [number, number] | undefined {
  if (value.kind !== 'list' || value.items.length !== 2) return undefined
  const [low, high] = value.items.map(numberOf)
  return low !== undefined && high !== undefined && low <= high ? [low, high] : undefined
}

const optionTypes: Readonly<Record<string, string>> = {
  trainable: 'a bool',
  within: '[lowest, highest]',
  annealed: 'a number, on a state that is one number at first',
}

function wrongOption(name: WeightStatement['name'], value: Value, span: WeightStatement['span'], ctx: Context): undefined {
  const wanted = optionTypes[name.name]
  if (wanted !== undefined) fail(ctx, 'type/mismatch', { what: name.name, wanted, found: describe(value) }, span)
  else {
    const near = parameterMeant(name.name, Object.keys(optionTypes)) ?? didYouMean(name.name, Object.keys(optionTypes))
    fail(ctx, 'call/unknown-argument', { op: 'a weight', argument: name.name }, name.span, {
      notes: [
        near ? `did you mean ${near}?` : (parameterMissed(name.name) ?? `a weight has ${Object.keys(optionTypes).join(', ')}`),
      ],
      fixes: near ? [{ title: `call it ${near}`, edits: [{ span: name.span, text: near }] }] : frozenAs(name, value, span),
    })
  }
  return undefined
}

/** A weight is frozen by not being trained. */
function frozenAs(name: WeightStatement['name'], value: Value, span: WeightStatement['span']): readonly Fix[] {
  if (!/^(?:frozen|freeze)$/.test(name.name) || value.kind !== 'bool') return []
  return [writing(`trainable: ${!value.value}`, { ...name.span, end: span.end })]
}
