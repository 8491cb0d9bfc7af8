import type { InputStatement } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'
import { givenList } from './given-values.ts'
import type { Matched } from './value.ts'

/** Two inputs of a model that were given each the map of the other. */
export interface Exchanged {
  /** The names of the inputs, as they are declared. */
  readonly names: readonly [string, string]
  /** What was given for the second. */
  readonly other: Span
}

/** The first two inputs that fit when their maps are exchanged, and not as they are. */
export function exchangedInputs(inputs: readonly InputStatement[], matched: Matched): Exchanged | undefined {
  const given = inputs.flatMap(({ name, shape }) => {
    const [one] = givenList(matched.get(name.name))
    return one?.value.kind === 'tensor' ? [{ name: name.name, shape, extents: one.value.node.type.shape, span: one.span }] : []
  })
  for (const [i, a] of given.entries()) {
    const b = given
      .slice(i + 1)
      .find((other) => !fits(a.shape, a.extents) && fits(a.shape, other.extents) && fits(other.shape, a.extents))
    if (!b || fits(b.shape, b.extents)) continue
    return { names: [a.name, b.name], other: b.span }
  }
  return undefined
}

/** Whether extents are those that are written as numbers. */
const fits = ({ items }: InputStatement['shape'], extents: readonly { readonly dim: unknown }[]): boolean =>
  items.length === extents.length &&
  items.every(({ kind, value }, axis) => kind === 'value' && (value.kind !== 'number' || value.value === extents[axis]!.dim))
