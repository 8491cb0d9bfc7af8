import { divide, keyOf, substitute, subtract, type Atom, type Dim, type Expr, type Variable } from './expr.ts'
import { extentOf } from './variable.ts'

/** How an extent is written in each language that prints one. */
interface Notation {
  readonly variable: (name: string) => string
  readonly floor: (inner: string) => string
  readonly ceil: (inner: string) => string
  readonly extreme: (kind: 'max' | 'min', a: string, b: string) => string
  readonly times: string
}

const fmw: Notation = {
  variable: (name) => name,
  floor: (inner) => `floor(${inner})`,
  ceil: (inner) => `ceil(${inner})`,
  extreme: (kind, a, b) => `${kind}(${a}, ${b})`,
  times: '*',
}

/** An extent as fmw writes it, in the names of the inputs' extents: `ceil(H / 2)`, `733888*H*W`. */
export const printDim = (dim: Dim): string => printDimAs(dim, fmw)

export const printShape = (shape: readonly { readonly dim: Dim }[]): string =>
  `[${shape.map((extent) => printDim(extent.dim)).join(', ')}]`

/** Sizes of the inputs: `H = 8, W = 6`. */
export const printSizes = (sizes: Readonly<Record<string, number>>): string =>
  Object.entries(sizes)
    .map(([name, size]) => `${name} = ${size}`)
    .join(', ')

/** An extent that is divided further: a sum or a quotient stands in parentheses. */
export function printDividend(dim: Dim): string {
  const plain = inExtents(dim)
  const isAlone = typeof plain === 'number' || (plain.terms.length === 1 && plain.den === 1)
  return isAlone ? printDim(dim) : `(${printDim(dim)})`
}

export function printDimAs(dim: Dim, notation: Notation): string {
  const plain = inExtents(dim)
  return typeof plain === 'number' ? String(plain) : printExpr(plain, notation)
}

/** The same of the extents themselves instead of what is known of them. */
const inExtents = (dim: Dim): Dim =>
  substitute(dim, (variable) => divide(subtract(extentOf(unscaled(variable)), variable.offset), variable.scale)!)

const unscaled = (variable: Variable): Variable => ({
  ...variable,
  scale: 1,
  offset: 0,
  min: variable.scale * variable.min + variable.offset,
  max: variable.scale * variable.max + variable.offset,
})

function printExpr({ terms, den }: Expr, notation: Notation): string {
  const ordered = [...terms].sort((a, b) => b.atoms.length - a.atoms.length)
  let text = ''
  for (const { coef, atoms } of ordered) {
    const size = Math.abs(coef)
    const factors = atoms.map((atom) => printAtom(atom, notation))
    if (size !== 1 || factors.length === 0) factors.unshift(String(size))
    const product = factors.join(notation.times)
    if (text === '') text = coef < 0 ? `-${product}` : product
    else text += coef < 0 ? ` - ${product}` : ` + ${product}`
  }
  if (den === 1) return text
  return terms.length === 1 ? `${text} / ${den}` : `(${text}) / ${den}`
}

function printAtom(atom: Atom, notation: Notation): string {
  if (atom.kind === 'variable') return notation.variable(atom.name)
  if (atom.kind !== 'floor')
    return notation.extreme(atom.kind, printDimAs(atom.of[0], notation), printDimAs(atom.of[1], notation))
  const { of } = atom
  const constant = of.terms.find((term) => term.atoms.length === 0)?.coef ?? 0
  // floor((a + d - 1) / d) is better known as ceil(a / d)
  const rounded = subtract(of, (of.den - 1) / of.den)
  if (constant === of.den - 1 && typeof rounded !== 'number' && keyOf(rounded) !== keyOf(of)) {
    return notation.ceil(printExpr(rounded, notation))
  }
  return notation.floor(printExpr(of, notation))
}
