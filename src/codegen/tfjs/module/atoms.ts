import { keyOf, type Dim } from '../../../compiler/dim/expr.ts'
import { printLiteral } from './print-extent.ts'
import type { Atom, NamedAtom } from './tree.ts'

export const isDim = (atom: Atom): atom is Dim => typeof atom === 'number' || (typeof atom === 'object' && atom !== null && 'terms' in atom)

export const isSymbolic = (atom: Atom): boolean => (Array.isArray(atom) ? atom.some(isSymbolic) : isDim(atom) && typeof atom !== 'number')

export const isNamed = (atom: Atom): atom is NamedAtom => typeof atom === 'object' && atom !== null && 'named' in atom

const isRow = (atom: Atom): atom is readonly Atom[] => Array.isArray(atom)

export function keyOfAtom(atom: Atom): string {
  if (isRow(atom)) return `[${atom.map(keyOfAtom).join()}]`
  if (isNamed(atom)) return `${atom.of}: ${atom.named}`
  if (isDim(atom)) return Object.is(atom, -0) ? '-0' : keyOf(atom)
  return typeof atom === 'string' ? JSON.stringify(atom) : String(atom)
}

/** As TypeScript; `named` says what something with a name is called, `extent` how an extent of the inputs is. */
export function printAtom(
  atom: Atom,
  wording: { readonly named: (atom: NamedAtom) => string; readonly dim: (dim: Dim) => string },
): string {
  if (isRow(atom)) return `[${atom.map((one) => printAtom(one, wording)).join(', ')}]`
  if (isNamed(atom)) return wording.named(atom)
  if (isDim(atom)) return typeof atom === 'number' ? printLiteral(atom) : wording.dim(atom)
  if (atom === null) return 'null'
  return printLiteral(atom)
}

/** The TypeScript type of a parameter that takes these. */
export function typeOfAtoms(atoms: readonly Atom[]): string {
  const kinds = new Set(atoms.map(typeOfAtom))
  if (kinds.size === 1 && kinds.has(padding)) return 'Exclude<Pad, number | string>'
  if (kinds.has(padding) || (kinds.has('rows') && [...kinds].some((kind) => kind.startsWith("'")))) return 'Pad'
  return [...kinds].map((kind) => (kind === 'rows' ? 'readonly (readonly number[])[]' : kind)).join(' | ')
}

const padding = 'Pad'

function typeOfAtom(atom: Atom): string {
  if (isRow(atom)) {
    const inner = [...new Set(atom.map(typeOfAtom))]
    const isPairs = isRow(atom[0]) && atom.every((row) => isRow(row) && row.length === 2 && row.every((cell) => typeof cell === 'number'))
    if (isPairs) return atom.length === 2 ? padding : '[number, number][]'
    return `readonly ${inner.length === 1 && /^\w+$/.test(inner[0]!) ? inner[0] : `(${inner.join(' | ') || 'number'})`}[]`
  }
  if (isNamed(atom)) return atom.type
  if (isDim(atom)) return 'number'
  return typeof atom === 'string' ? `'${atom}'` : atom === undefined ? 'undefined' : typeof atom
}
