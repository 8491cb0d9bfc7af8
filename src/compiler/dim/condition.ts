import { divide, substitute, subtract, variablesOf, type Dim, type Variable } from './expr.ts'
import { printDim } from './print.ts'
import { areRelated } from './related.ts'
import { combine, inputExtent, inputVariable, knowledgeOf, nothingKnown, type Knowledge } from './variable.ts'

/** Something a `where` says of the extents of inputs, by their names. */
export type Condition =
  | { readonly kind: 'remainder'; readonly extent: string; readonly modulus: number; readonly remainder: number }
  | { readonly kind: 'least' | 'most'; readonly extent: string; readonly bound: number }
  | { readonly kind: 'is'; readonly extent: string; readonly size: number }
  | { readonly kind: 'equal' | 'related'; readonly extent: string; readonly other: string }
  | { readonly kind: 'expressed'; readonly extent: string; readonly dim: Dim }

/** As fmw text: `H % 16 == 0`. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'remainder':
      return `${condition.extent} % ${condition.modulus} == ${condition.remainder}`
    case 'least':
      return `${condition.extent} >= ${condition.bound}`
    case 'most':
      return `${condition.extent} <= ${condition.bound}`
    case 'is':
      return `${condition.extent} == ${condition.size}`
    case 'related':
      return `${condition.extent} >= ${condition.other}`
    case 'expressed':
      return `${condition.extent} == ${printDim(condition.dim)}`
    case 'equal':
      return `${condition.extent} == ${condition.other}`
  }
}

export const printConditions = (conditions: readonly Condition[]): string => conditions.map(printCondition).join(', ')

/** What a condition says of one extent; undefined where it relates two. */
export function knowledgeIn(condition: Condition): Knowledge | undefined {
  switch (condition.kind) {
    case 'remainder':
      return { ...nothingKnown, modulus: condition.modulus, remainder: condition.remainder }
    case 'least':
      return { ...nothingKnown, min: condition.bound }
    case 'most':
      return { ...nothingKnown, max: condition.bound }
    case 'is':
      return { ...nothingKnown, min: condition.size, max: condition.size }
    case 'related':
      return { ...nothingKnown, relations: [{ kind: 'least', other: condition.other, by: 0 }] }
    case 'expressed':
    case 'equal':
      return undefined
  }
}

/** The conditions that say of an extent what is known of it. */
export function conditionsOn(extent: string, { modulus, remainder, min, max }: Knowledge): readonly Condition[] {
  const [first, smallest] = [firstFrom(min, modulus, remainder), firstFrom(1, modulus, remainder)]
  if (first + modulus > max) return [{ kind: 'is', extent, size: first }]
  return [
    ...(modulus > 1 ? [{ kind: 'remainder', extent, modulus, remainder } as const] : []),
    ...(first > smallest ? [{ kind: 'least', extent, bound: first } as const] : []),
    ...(max < Infinity ? [{ kind: 'most', extent, bound: max } as const] : []),
  ]
}

/** The first number from `min` on that leaves the remainder. */
const firstFrom = (min: number, modulus: number, remainder: number): number =>
  Math.ceil((min - remainder) / modulus) * modulus + remainder

/** All conditions in as few as say the same; undefined where no extent meets those that speak of it. */
export function conjunction(conditions: readonly Condition[]): readonly Condition[] | undefined {
  const known = new Map<string, Knowledge>()
  const unmerged = new Map<string, Condition>()
  for (const condition of conditions) {
    const said = knowledgeIn(condition)
    if (!said || condition.kind === 'related') unmerged.set(printCondition(condition), condition)
    else {
      const both = combine(known.get(condition.extent) ?? nothingKnown, said)
      if (!both) return undefined
      known.set(condition.extent, both)
    }
  }
  return [...[...known].flatMap(([extent, knowledge]) => conditionsOn(extent, knowledge)), ...unmerged.values()]
}

/** The extent where the conditions hold too; undefined where no inputs can meet them. */
export function assume(dim: Dim, conditions: readonly Condition[]): Dim | undefined {
  const expressed = new Map(conditions.flatMap((one) => (one.kind === 'expressed' ? [[one.extent, one.dim] as const] : [])))
  const named = namesUnder(conditions)
  const about = [dim, ...expressed.values()].flatMap((one) => [...variablesOf(one).values()])
  const known = knownUnder(about, conditions)
  if (!known) return undefined
  const extentNamed = (name: string): Dim => inputExtent(named(name), known.get(named(name)))
  const narrowed = (one: Dim, extent: (name: string) => Dim): Dim =>
    substitute(one, ({ name, offset, scale }) => divide(subtract(extent(name), offset), scale)!)
  return narrowed(dim, (name) => {
    const as = expressed.get(named(name))
    return as === undefined ? extentNamed(name) : narrowed(as, extentNamed)
  })
}

/** The one name of extents that are equal where the conditions hold. */
function namesUnder(conditions: readonly Condition[]): (name: string) => string {
  const aliases = new Map(conditions.flatMap((one) => (one.kind === 'equal' ? [[one.extent, one.other] as const] : [])))
  return (name) => aliases.get(name) ?? name
}

/** What is known of extents where the conditions hold too, by the one name of those that are equal. */
function knownUnder(
  variables: readonly Variable[],
  conditions: readonly Condition[],
): ReadonlyMap<string, Knowledge> | undefined {
  const named = namesUnder(conditions)
  const known = new Map<string, Knowledge>()
  const said = [
    ...variables.map((variable) => [variable.name, knowledgeOf(variable)] as const),
    ...conditions.map((condition) => [condition.extent, knowledgeIn(condition) ?? nothingKnown] as const),
  ]
  for (const [name, more] of said) {
    const both = combine(known.get(named(name)) ?? nothingKnown, more)
    if (!both) return undefined
    known.set(named(name), both)
  }
  return known
}

/**
 * Some sizes of extents where the conditions hold too, the smallest first; undefined where no inputs can meet them. None of the
 * conditions may express an extent by others.
 */
export function sizesUnder(
  variables: readonly Variable[],
  conditions: readonly Condition[],
): readonly Readonly<Record<string, number>>[] | undefined {
  const known = knownUnder(variables, conditions)
  if (!known) return undefined
  const named = namesUnder(conditions)
  const names = [...new Set(variables.map(({ name }) => named(name)))]
  const narrower = names.map((name) => inputVariable(name, known.get(name)))
  return [0, 1, 2, 3].flatMap((step) => {
    const sizes = new Map(
      narrower.map(({ name, scale, offset, min, max }, i) => [name, scale * Math.min(min + step * (i + 1), max) + offset]),
    )
    const at = Object.fromEntries(variables.map(({ name }) => [name, sizes.get(named(name))!]))
    return areRelated(narrower, at) ? [at] : []
  })
}
