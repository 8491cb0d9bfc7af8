import { ownProperty } from '../text/own-property.ts'

/**
 * Exact symbolic extents: polynomials with rational coefficients over integer-valued atoms (input extents, floor, max, min),
 * kept in a canonical form, so that two extents that are equal by algebra have the same key.
 */
export type Dim = number | Expr

export interface Expr {
  /** Integer coefficients over the common positive denominator `den`; sorted by key, no zeros, lowest terms. */
  readonly terms: readonly Term[]
  readonly den: number
  readonly key: string
}

export interface Term {
  readonly coef: number
  /** Sorted by key; a power is a repetition; the constant term has none. */
  readonly atoms: readonly Atom[]
}

export type Atom = Variable | Floor | Extreme

/**
 * An extent of an input, known as `scale * v + offset` with an integer v between min and max:
 * what `H % 16 == 3` says is `H = 16 * v + 3`, and floor(H / 2) is then plain arithmetic.
 */
export interface Variable {
  readonly kind: 'variable'
  readonly name: string
  readonly scale: number
  readonly offset: number
  readonly min: number
  readonly max: number
  /** How the extent compares with other extents; whatever is said of two is known of both. */
  readonly relations: readonly Relation[]
  /** It stands for what any caller gives: what cannot be decided of it is no mistake. */
  readonly free?: true
  readonly key: string
}

/** extent >= other + by, or extent <= other + by. */
export interface Relation {
  readonly kind: 'least' | 'most'
  readonly other: string
  readonly by: number
}

interface Floor {
  readonly kind: 'floor'
  readonly of: Expr
  readonly key: string
}

interface Extreme {
  readonly kind: 'max' | 'min'
  readonly of: readonly [Dim, Dim]
  readonly key: string
}

/** A coefficient left the range in which arithmetic is exact (2^53). */
export class ExtentOverflow extends RangeError {}

const exact = (n: number): number => {
  if (!(Math.abs(n) <= Number.MAX_SAFE_INTEGER)) throw new ExtentOverflow('an extent is too large to compute exactly')
  return n
}

const safe = (n: number): number => {
  if (!Number.isSafeInteger(n)) throw new ExtentOverflow('an extent is too large to compute exactly')
  return n
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b))

const monomialKey = (atoms: readonly Atom[]): string => atoms.map((atom) => atom.key).join('*')

const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The canonical extent of a sum of terms over a denominator. */
function build(terms: Iterable<Term>, den: number): Dim {
  const sums = new Map<string, Term>()
  for (const term of terms) {
    const key = monomialKey(term.atoms)
    sums.set(key, { atoms: term.atoms, coef: safe((sums.get(key)?.coef ?? 0) + term.coef) })
  }
  const kept = [...sums].filter(([, term]) => term.coef !== 0)
  const divisor = kept.reduce((d, [, term]) => gcd(d, term.coef), den)
  const sign = den < 0 ? -divisor : divisor
  const reduced = kept.map(([key, { coef, atoms }]) => ({ key, coef: coef / sign, atoms }))
  const over = den / sign
  if (reduced.length === 0) return 0
  if (reduced.length === 1 && reduced[0]!.atoms.length === 0) return reduced[0]!.coef / over
  reduced.sort((a, b) => compareKeys(a.key, b.key))
  const key = `(${reduced.map((term) => `${term.coef}:${term.key}`).join('+')})/${over}`
  return { terms: reduced.map(({ coef, atoms }) => ({ coef, atoms })), den: over, key }
}

/** A single term as an extent. */
export const polynomialOf = (coef: number, atoms: readonly Atom[]): Dim => build([{ coef, atoms }], 1)

/** A finite number as an exact fraction; extents only ever meet small dyadic or rational constants. */
function fraction(value: number): { num: number; den: number } {
  if (Number.isInteger(value)) return { num: safe(value), den: 1 }
  for (let den = 2; den <= 1 << 20; den++) {
    const num = value * den
    if (Math.abs(num - Math.round(num)) < 1e-12 * Math.max(1, Math.abs(num))) return { num: Math.round(num), den }
  }
  throw new ExtentOverflow(`${value} is not a fraction small enough to compute extents with`)
}

interface Polynomial {
  readonly terms: readonly Term[]
  readonly den: number
}

const polynomial = (dim: Dim): Polynomial => {
  if (typeof dim !== 'number') return dim
  const { num, den } = fraction(dim)
  return { terms: num === 0 ? [] : [{ coef: num, atoms: [] }], den }
}

export function add(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  const left = polynomial(a)
  const right = polynomial(b)
  const scaled = [
    ...left.terms.map((term) => ({ ...term, coef: safe(term.coef * right.den) })),
    ...right.terms.map((term) => ({ ...term, coef: safe(term.coef * left.den) })),
  ]
  return build(scaled, safe(left.den * right.den))
}

export function multiply(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b
  const left = polynomial(a)
  const right = polynomial(b)
  const products = left.terms.flatMap((x) =>
    right.terms.map((y) => ({
      coef: safe(x.coef * y.coef),
      atoms: [...x.atoms, ...y.atoms].sort((p, q) => compareKeys(p.key, q.key)),
    })),
  )
  return build(products, safe(left.den * right.den))
}

export const negate = (a: Dim): Dim => multiply(a, -1)

export const subtract = (a: Dim, b: Dim): Dim => add(a, negate(b))

/** a / b, exact; undefined when b is zero or a symbolic b does not divide every term of a. */
export function divide(a: Dim, b: Dim): Dim | undefined {
  if (b === 0) return undefined
  if (typeof b === 'number') {
    if (typeof a === 'number') return a / b
    const { num, den } = fraction(b)
    return build(
      a.terms.map((term) => ({ ...term, coef: safe(term.coef * den) })),
      safe(a.den * num),
    )
  }
  if (typeof a !== 'number' && a.key === b.key) return 1
  if (a === 0) return 0
  if (b.terms.length !== 1) return undefined
  const { coef, atoms } = b.terms[0]!
  const numerator = polynomial(a)
  const quotients: Term[] = []
  for (const term of numerator.terms) {
    const left = [...term.atoms]
    for (const atom of atoms) {
      const at = left.findIndex((candidate) => candidate.key === atom.key)
      if (at < 0) return undefined
      left.splice(at, 1)
    }
    quotients.push({ coef: safe(term.coef * b.den), atoms: left })
  }
  return build(quotients, safe(numerator.den * coef))
}

/** Whether the value is provably an integer: every atom is one, so a denominator of 1 says so. */
export const isInteger = (dim: Dim): boolean => (typeof dim === 'number' ? Number.isInteger(dim) : dim.den === 1)

export function floor(dim: Dim): Dim {
  if (typeof dim === 'number') return Math.floor(dim)
  if (dim.den === 1) return dim
  // floor(n + r) = n + floor(r) for the integer part n of every coefficient
  const whole = dim.terms.map((term) => ({ ...term, coef: Math.floor(term.coef / dim.den) }))
  const rest = build(
    dim.terms.map((term, i) => ({ ...term, coef: term.coef - whole[i]!.coef * dim.den })),
    dim.den,
  )
  return add(build(whole, 1), floorOfRest(rest))
}

function floorOfRest(rest: Dim): Dim {
  if (typeof rest === 'number') return Math.floor(rest)
  if (rest.den === 1) return rest
  // floor((floor(a / m) + k) / n) = floor((a + m * k) / (m * n)) for integers k
  const nested = rest.terms.filter((term) => term.coef === 1 && term.atoms.length === 1 && term.atoms[0]!.kind === 'floor')
  if (nested.length === 1) {
    const inner = (nested[0]!.atoms[0] as Floor).of
    const others = build(
      rest.terms.filter((term) => term !== nested[0]),
      1,
    )
    return floor(divide(add(inner, others), rest.den)!)
  }
  // floor((g * p + c) / (g * m)) = floor((p + floor(c / g)) / m) for an integer-valued p
  const shared = rest.terms.reduce((d, { atoms, coef }) => (atoms.length === 0 ? d : gcd(d, coef)), rest.den)
  if (shared > 1) {
    const reduced = rest.terms.map(({ atoms, coef }) => ({ atoms, coef: Math.floor(coef / shared) }))
    return floor(build(reduced, rest.den / shared))
  }
  const { min, max } = bounds(rest)
  if (Math.floor(min) === Math.floor(max)) return Math.floor(min)
  const atom: Floor = { kind: 'floor', of: rest, key: `floor${rest.key}` }
  return build([{ coef: 1, atoms: [atom] }], 1)
}

export const ceil = (dim: Dim): Dim => {
  if (typeof dim === 'number') return Math.ceil(dim)
  // ceil(a / d) = floor((a + d - 1) / d) for an integer-valued a
  return floor(add(dim, (dim.den - 1) / dim.den))
}

/** a - b * floor(a / b), the sign of b, as in Python. */
export function modulo(a: Dim, b: Dim): Dim | undefined {
  const quotient = divide(a, b)
  return quotient === undefined ? undefined : subtract(a, multiply(b, floor(quotient)))
}

export function extreme(kind: 'max' | 'min', a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math[kind](a, b)
  const { min, max } = bounds(subtract(a, b))
  if (min >= 0) return kind === 'max' ? a : b
  if (max <= 0) return kind === 'max' ? b : a
  const [first, second] = [a, b].sort((x, y) => compareKeys(keyOf(x), keyOf(y))) as [Dim, Dim]
  const atom: Extreme = { kind, of: [first, second], key: `${kind}[${keyOf(first)},${keyOf(second)}]` }
  return build([{ coef: 1, atoms: [atom] }], 1)
}

/** Equal keys mean equal values (not the other way round). */
export const keyOf = (dim: Dim): string => (typeof dim === 'number' ? String(dim) : dim.key)

export interface Bounds {
  readonly min: number
  readonly max: number
}

const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

/** An interval that holds the value for every allowed input; it may be wider than the true one. */
export function bounds(dim: Dim): Bounds {
  if (typeof dim === 'number') return { min: dim, max: dim }
  let min = 0
  let max = 0
  for (const { coef, atoms } of dim.terms) {
    let low = coef
    let high = coef
    for (const atom of atoms) {
      const b = atomBounds(atom)
      const corners = [times(low, b.min), times(low, b.max), times(high, b.min), times(high, b.max)]
      low = Math.min(...corners)
      high = Math.max(...corners)
    }
    min += low
    max += high
  }
  return { min: min / dim.den, max: max / dim.den }
}

function atomBounds(atom: Atom): Bounds {
  if (atom.kind === 'variable') return atom
  if (atom.kind === 'floor') {
    const inner = bounds(atom.of)
    return { min: Math.floor(inner.min), max: Math.floor(inner.max) }
  }
  const [a, b] = atom.of.map(bounds) as [Bounds, Bounds]
  const pick = Math[atom.kind]
  return { min: pick(a.min, b.min), max: pick(a.max, b.max) }
}

/** The input extents that occur in an extent, each once, by name. */
export function variablesOf(dim: Dim, found = new Map<string, Variable>()): Map<string, Variable> {
  if (typeof dim === 'number') return found
  for (const atom of dim.terms.flatMap((term) => term.atoms)) {
    if (atom.kind === 'variable') found.set(atom.name, atom)
    else if (atom.kind === 'floor') variablesOf(atom.of, found)
    else for (const part of atom.of) variablesOf(part, found)
  }
  return found
}

/** Whether the extent depends on what a caller gives. */
export const isFree = (dim: Dim): boolean => [...variablesOf(dim).values()].some(({ free }) => free === true)

/** The extent with every variable replaced; `replace` gets the variable and gives what its *atom* (not its extent) becomes. */
export function substitute(dim: Dim, replace: (variable: Variable) => Dim): Dim {
  if (typeof dim === 'number') return dim
  const substituteAtom = (atom: Atom): Dim => {
    if (atom.kind === 'variable') return replace(atom)
    if (atom.kind === 'floor') return floor(substitute(atom.of, replace))
    return extreme(atom.kind, substitute(atom.of[0], replace), substitute(atom.of[1], replace))
  }
  let sum: Dim = 0
  for (const { coef, atoms } of dim.terms) {
    sum = add(sum, atoms.reduce<Dim>((product, atom) => multiply(product, substituteAtom(atom)), coef))
  }
  return divide(sum, dim.den)!
}

/** The number an extent is once the input extents are known. */
export function evaluate(dim: Dim, extents: Readonly<Record<string, number>>): number {
  if (typeof dim === 'number') return dim
  const valueOf = (atom: Atom): number => {
    if (atom.kind === 'floor') return Math.floor(evaluate(atom.of, extents))
    if (atom.kind !== 'variable') return Math[atom.kind](evaluate(atom.of[0], extents), evaluate(atom.of[1], extents))
    const extent = ownProperty(extents, atom.name)
    if (extent === undefined) throw new Error(`no value for the extent ${atom.name}`)
    return (extent - atom.offset) / atom.scale
  }
  let sum = 0
  for (const { coef, atoms } of dim.terms) {
    let product = coef
    for (const atom of atoms) product = exact(product * valueOf(atom))
    sum = exact(sum + product)
  }
  return sum / dim.den
}
