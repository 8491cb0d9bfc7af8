import { knowledgeIn, type Condition } from '../dim/condition.ts'
import { substitute, variablesOf, type Dim } from '../dim/expr.ts'

/** Sizes of extents, by their names. */
type Sizes = Readonly<Record<string, number>>

/**
 * Whether conditions exclude nothing that the model could have meant: for every size that one of them excludes it has an error
 * anyway. Sizes are tried around the bounds and between the multiples that a condition speaks of.
 *
 * @param isWrong whether the model has an error where these conditions hold
 */
export const isNeeded = (conditions: readonly Condition[], isWrong: (assumed: readonly Condition[]) => boolean): boolean =>
  conditions.every((condition) => {
    const excluded = excludedBy(condition, conditions)
    return (
      excluded.length > 0 &&
      excluded.every((sizes) => {
        const others = conditions.filter(({ kind, extent }) => isOfTwo(kind) || sizes[extent] === undefined)
        const said = Object.entries(sizes).map(([extent, size]): Condition => ({ kind: 'is', extent, size }))
        return isWrong([...others.filter((other) => other !== condition), ...said])
      })
    )
  })

const isOfTwo = (kind: Condition['kind']): boolean => kind === 'equal' || kind === 'related' || kind === 'expressed'

function excludedBy(condition: Condition, all: readonly Condition[]): readonly Sizes[] {
  const { extent } = condition
  const others = all.filter((other) => other !== condition)
  const pairs = (name: string, isFine: (size: number, other: number) => boolean): readonly Sizes[] =>
    sizesOf(name, others).flatMap((other) =>
      sizesOf(extent, others).flatMap((size) => (isFine(size, other) ? [] : [{ [extent]: size, [name]: other }])),
    )
  switch (condition.kind) {
    case 'equal':
      return pairs(condition.other, (size, other) => size === other)
    case 'related':
      return pairs(condition.other, (size, other) => size >= other)
    case 'expressed': {
      const [name, ...more] = variablesOf(condition.dim).keys()
      return name === undefined || more.length > 0 ? [] : pairs(name, (size, other) => size === sizeWith(condition.dim, other))
    }
    default:
      return near(condition)
        .filter((size) => size > 0 && !allows(condition, size))
        .map((size) => ({ [extent]: size }))
  }
}

const sizeWith = (dim: Dim, size: number): Dim => substitute(dim, ({ offset, scale }) => (size - offset) / scale)

/** Some sizes, a single row among them, that what is said of an extent alone allows. */
const sizesOf = (extent: string, conditions: readonly Condition[]): readonly number[] =>
  [1, 32, 33, 48, 64].filter((size) => conditions.every((one) => one.extent !== extent || isOfTwo(one.kind) || allows(one, size)))

function allows(condition: Condition, size: number): boolean {
  const known = knowledgeIn(condition)
  return known === undefined || (size % known.modulus === known.remainder && size >= known.min && size <= known.max)
}

/** Sizes around what a condition says of one extent: of multiples those of each divisor too, which a weaker one would allow. */
function near(condition: Condition): readonly number[] {
  switch (condition.kind) {
    case 'remainder': {
      const { modulus, remainder } = condition
      const divisors = Array.from({ length: modulus - 1 }, (_, i) => i + 1).filter((divisor) => modulus % divisor === 0)
      return divisors.flatMap((divisor) => [1, 4].map((times) => times * modulus + remainder - divisor))
    }
    case 'least':
      return [1, 2, 3, 4, condition.bound / 2].map((less) => Math.ceil(condition.bound - less))
    case 'most':
      return [condition.bound + 1, condition.bound + 2, 2 * condition.bound]
    case 'is':
      return [1, condition.size - 1, condition.size + 1, 2 * condition.size, Math.ceil(condition.size / 2)]
    default:
      return []
  }
}
