import { writing } from '../../fixes/writing.ts'
import type { Node } from '../../graph/graph.ts'
import type { Expr, Subscript } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'
import { noRemedies, type Remedies } from '../remedy.ts'
import { isWrittenOut } from '../is-written-out.ts'

/**
 * The extent that -1 leaves to be found elsewhere. One that is left for the batch goes, and so does a batch that is written: 1, or the
 * first extent of a tensor that has one.
 */
export function inferredExtent(extents: readonly number[], { type: { shape } }: Node, list: Expr | undefined): Remedies {
  const items = list?.kind === 'list' ? list.items.flatMap((item) => (item.kind === 'value' ? [item.value] : [])) : []
  const elements = productOf(shape.map(({ dim }) => Number(dim)))
  const [first] = items
  if (!first || items.length !== extents.length || !Number.isInteger(elements)) return noRemedies
  const isWritten = isFirstExtent(first) || (extents[0] === 1 && extents[1] !== 1 && shape[0]?.dim !== 1)
  const isLeft = extents[0] === -1 && elements === productOf(extents.slice(1))
  const texts = [
    ...(extents.length > 1 && (isWritten || isLeft) ? listWith(extents.slice(1), items.slice(1), elements) : []),
    ...listWith(extents, items, elements),
  ]
  const isOne = texts.length === 1 && !isWritten && !isLeft
  return {
    notes: [isOne ? 'no extent is inferred: each is written' : 'the batch is not written, and no extent is inferred'],
    fixes: list ? texts.map((text) => writing(text, list.span, isOne ? 'safe' : 'unsafe')) : [],
  }
}

/** A shape with a number for the only -1 in it, if it has the elements then. */
function listWith(extents: readonly number[], items: readonly Expr[], elements: number): readonly string[] {
  const known = extents.filter((extent) => extent !== -1)
  const left = elements / productOf(known)
  const isFound = known.length === extents.length ? left === 1 : known.length === extents.length - 1 && Number.isInteger(left)
  // among names a number would hold for one size alone
  const isSaid = known.length === extents.length || items.every((item) => isWrittenOut(item) || isFirstExtent(item))
  return isFound && isSaid ? [`[${items.map((item, i) => (extents[i] === -1 ? left : textOf(item.span))).join(', ')}]`] : []
}

const productOf = (numbers: readonly number[]): number => numbers.reduce((product, number) => product * number, 1)

/** `x.shape[0]`, which is the batch elsewhere. */
const isFirstExtent = (expr: Expr): boolean =>
  expr.kind === 'index' && expr.of.kind === 'member' && expr.of.member.name === 'shape' && expr.subscripts.length === 1 && isZero(expr.subscripts[0]!)

const isZero = (subscript: Subscript): boolean => subscript.kind === 'at' && subscript.index.kind === 'number' && subscript.index.value === 0
