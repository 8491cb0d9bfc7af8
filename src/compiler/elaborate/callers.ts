import type { BlockDeclaration, ListExpr, ModelDeclaration, Parameter } from '../syntax/ast.ts'
import type { Dim } from '../dim/expr.ts'
import { freeExtent } from '../dim/variable.ts'

/** What a caller may give to a block: extents by the names of its shapes, ints by those of its parameters. */
export interface Caller {
  /** How many axes `...S` takes; a `tensor` has one more. */
  readonly rest: number
  /** How many maps are given where a parameter collects them. */
  readonly maps: number
  readonly extent: (name: string) => Dim
  readonly int: (name: string) => Dim
  /** What is given for a parameter that has a default; undefined where it is left to it. */
  readonly given: (parameter: Parameter) => boolean | 'anything' | undefined
  /** Whether nothing is known of what open parameters get. */
  readonly isOpen?: true
}

type Declaration = BlockDeclaration | ModelDeclaration

/**
 * Whether a parameter may get what one stand-in does not speak for: tensors of any number of axes, any number of maps, something
 * else than its default.
 */
export const isOpenParameter = (parameter: Parameter): boolean =>
  hasRest(parameter) || parameter.type.suffix !== '' || parameter.default !== undefined

/**
 * Whether parameters may be given more together than `otherCallers` tries, which vary one of them at a time: then only what is wrong
 * whatever they get is certain.
 */
export function isManifold({ parameters }: Declaration): boolean {
  const open = parameters.filter(isOpenParameter)
  const isTried = ({ type }: Parameter): boolean => type.kind === 'shape' || type.name.name === 'tensor'
  const isTwofold = (one: Parameter): boolean => hasRest(one) && one.type.suffix === '...'
  return open.length > 1 || open.some((one) => !isTried(one) || isTwofold(one)) || (open.length === 1 && parameters.some(isInt))
}

/** Every caller that gives maps of the usual number of axes, two where many are collected, and only what has to be given. */
export const anyCaller: Caller = {
  rest: 2,
  maps: 2,
  extent: (name) => freeExtent(name),
  int: (name) => freeExtent(name),
  given: () => undefined,
}

/** Every caller, whatever open parameters get. */
export const openCaller: Caller = { ...anyCaller, isOpen: true }

/**
 * Callers that `anyCaller` does not speak for, and some that it does: where one of them meets no mistake at a place, none is
 * there.
 */
export function otherCallers(declaration: Declaration): readonly Caller[] {
  const { parameters } = declaration
  return [
    ...flagged(parameters),
    ...(parameters.some(hasRest) ? ranks.map((rest) => ({ ...anyCaller, rest })) : []),
    ...(parameters.some(({ type }) => type.suffix === '...') ? counts.map((maps) => ({ ...anyCaller, maps })) : []),
    ...parameters.filter(isInt).flatMap((one) => smallInts.map((int) => ({ ...anyCaller, int: only(one.name.name, int) }))),
    ...smallInts.map((int) => ({ ...anyCaller, int: () => int })),
    ...sizes.map(([extent, int]) => ({ ...anyCaller, extent: () => extent, int: () => int })),
    ...seeds.map((seed) => ({ ...anyCaller, extent: scattered(seed), int: scattered(seed + 1) })),
  ]
}

const ranks = [0, 1, 3, 4, 5, -1]
const counts = [0, 1, ...Array.from({ length: 30 }, (_, i) => i + 3)]
const smallInts = [0, -1, -2]
const seeds = [1, 5, 7]

/** Extents of maps, and ints beside them. */
const sizes: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 1],
  [3, 3],
  [4, 2],
  [6, 3],
  [8, 4],
  [12, 6],
  [16, 8],
  [32, 2],
  [64, 1],
]

const only =
  (wanted: string, int: number) =>
  (name: string): Dim =>
    name === wanted ? int : freeExtent(name)

/** A number from 1 to 12 for each name. */
const scattered =
  (seed: number) =>
  (name: string): number =>
    1 + ([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), seed) % 12)

const isInt = ({ type, default: value }: Parameter): boolean =>
  value === undefined && type.kind === 'named' && type.lists === 0 && type.name.name === 'int'

const isSpread = ({ kind }: ListExpr['items'][number]): boolean => kind === 'spread'

const hasRest = ({ type }: Parameter): boolean =>
  type.kind === 'shape' ? type.shape.items.some(isSpread) : type.name.name === 'tensor'

/** A bool may be either; of more than these nothing is known. */
const mostFlags = 3

/** Callers that do not leave parameters to their defaults: all ways to set the bools, the others left or anything but a block. */
function flagged(parameters: readonly Parameter[]): readonly Caller[] {
  const optional = parameters.filter(({ type, default: value }) => value !== undefined || type.suffix === '?')
  const flags = optional.filter((one) => isNamed(one, 'bool')).slice(0, mostFlags)
  const others = new Set(optional.filter((one) => !flags.includes(one) && !isNamed(one, 'block')))
  if (flags.length + others.size === 0) return []
  return [undefined, 'anything' as const].flatMap((other) =>
    Array.from({ length: 2 ** flags.length }, (_, bits): Caller => ({
      ...anyCaller,
      given: (parameter) => {
        const flag = flags.indexOf(parameter)
        return flag >= 0 ? ((bits >> flag) & 1) === 1 : others.has(parameter) ? other : undefined
      },
    })),
  )
}

const isNamed = ({ type }: Parameter, name: string): boolean => type.kind === 'named' && type.name.name === name
