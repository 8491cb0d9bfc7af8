import { add, multiply, type Dim, type Relation, type Variable } from './expr.ts'

export interface Knowledge {
  /** extent % modulus == remainder */
  readonly modulus: number
  readonly remainder: number
  readonly min: number
  readonly max: number
  readonly relations?: readonly Relation[]
}

export const nothingKnown: Knowledge = { modulus: 1, remainder: 0, min: 1, max: Infinity }

/** The extent called `name` of an input, with what a `where` says of it; `free` where parameters of the model are too. */
export const inputExtent = (name: string, known?: Knowledge, free = false): Dim =>
  extentOf({ ...inputVariable(name, known), ...(free ? { free } : {}) })

/** The variable that the extent called `name` is known by. */
export const inputVariable = (
  name: string,
  { modulus, remainder, min, max, relations = [] }: Knowledge = nothingKnown,
): Variable => ({
  kind: 'variable',
  name,
  scale: modulus,
  offset: remainder,
  min: Math.ceil((min - remainder) / modulus),
  max: Math.floor((max - remainder) / modulus),
  relations,
  key: name,
})

/**
 * Whatever a caller gives, at least 1.
 *
 * @param name what it is called where it is written
 * @param key what tells it from others of that name
 */
export const freeExtent = (name: string, key = name): Dim =>
  extentOf({ kind: 'variable', name, scale: 1, offset: 0, min: 1, max: Infinity, relations: [], free: true, key })

/** The extent a variable stands for: scale * v + offset. */
export const extentOf = (variable: Variable): Dim =>
  add(
    multiply(variable.scale, { terms: [{ coef: 1, atoms: [variable] }], den: 1, key: `(1:${variable.key})/1` }),
    variable.offset,
  )

export const knowledgeOf = (variable: Variable): Knowledge => ({
  modulus: variable.scale,
  remainder: variable.offset,
  min: variable.scale * variable.min + variable.offset,
  max: variable.scale * variable.max + variable.offset,
  ...(variable.relations.length > 0 ? { relations: variable.relations } : {}),
})

/** Both at once; undefined when no extent satisfies both (the Chinese remainder theorem, by search over one period). */
export function combine(a: Knowledge, b: Knowledge): Knowledge | undefined {
  const min = Math.max(a.min, b.min)
  const max = Math.min(a.max, b.max)
  for (let remainder = a.remainder; remainder < a.modulus * b.modulus; remainder += a.modulus) {
    if (remainder % b.modulus !== b.remainder) continue
    let modulus = a.modulus
    while (modulus % b.modulus !== 0) modulus += a.modulus
    const known = { modulus, remainder: remainder % modulus, min, max, ...both(a, b) }
    return Math.ceil((min - known.remainder) / modulus) * modulus + known.remainder <= max ? known : undefined
  }
  return undefined
}

function both(a: Knowledge, b: Knowledge): Pick<Knowledge, 'relations'> {
  const all = [...(a.relations ?? []), ...(b.relations ?? [])]
  return all.length === 0
    ? {}
    : { relations: [...new Map(all.map((one) => [`${one.kind} ${one.other} ${one.by}`, one])).values()] }
}
