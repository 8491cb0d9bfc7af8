import type { Identifier, WeightStatement } from '../syntax/ast.ts'
import type { Initializer } from '../graph/initializer.ts'
import { fail, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { describe, isOpen, numberOf, type Value } from './value.ts'
import type { Span } from '../text/source.ts'

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
    if (isOpen(value)) continue
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

export const optionTypes: ReadonlyMap<string, string> = new Map([
  ['trainable', 'a bool'],
  ['within', '[lowest, highest]'],
  ['annealed', 'a number, on a state that is one number at first'],
])

function wrongOption(name: Identifier, value: Value, written: Span, ctx: Context): undefined {
  const wanted = optionTypes.get(name.name)
  if (wanted !== undefined) fail(ctx, 'type/mismatch', { what: name.name, wanted, found: describe(value) }, written)
  else
    fail(ctx, 'call/unknown-argument', { op: 'a weight', argument: name.name }, name.span, {
      cause: { kind: 'unknown-option', name, value, written, options: [...optionTypes.keys()] },
    })
  return undefined
}
