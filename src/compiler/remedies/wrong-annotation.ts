import type { Expr } from '../syntax/ast.ts'
import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { keyOf } from '../dim/expr.ts'
import { printDim, printShape } from '../dim/print.ts'
import type { Extent } from '../graph/graph.ts'
import type { OpName } from '../library/names.ts'
import { writingAll } from '../fixes/writing.ts'
import { textOf } from '../text/source.ts'
import { isWrittenTurned } from './channels-first/written-turned.ts'
import { turnedEdit } from './channels-first/turned-text.ts'
import { differingAxes } from '../elaborate/written-shape.ts'
import type { Remedy } from './remedy.ts'

/** A map where a vector of all its elements is written. */
export const asVector: Remedy<'wrong-annotation'> = ({ value: { node }, written, expr }) => {
  if (!expr || expr.kind === 'choice' || written.length !== 1 || node.type.shape.length !== 3) return {}
  const fixes = (['flatten', 'pool.global'] satisfies OpName[]).map((step): Fix => ({
    title: `write ${textOf(expr.span)} |> ${step}`,
    safety: 'unsafe',
    edits: [{ span: { ...expr.span, start: expr.span.end }, text: ` |> ${step}` }],
  }))
  return { fixes }
}

/** The shape that it is, for an author who finds the written one wrong. */
export const trueShape: Remedy<'wrong-annotation'> = ({ value, written, shape }) => {
  const extents = value.node.type.shape
  const wrong = differingAxes(extents, written)
  const isPlain = wrong && shape.items.every(({ kind }) => kind === 'value')
  const texts = shape.items.map((item, axis) =>
    wrong?.includes(axis) ? extentAs(item.value, extents[axis]!) : textOf(item.value.span),
  )
  const edit: Edit = { span: shape.span, text: isPlain ? `[${texts.join(', ')}]` : printShape(extents) }
  const isSaid = isWrittenTurned(written, extents) && turnedEdit(shape).some(({ text }) => text === edit.text)
  return { fixes: isSaid ? [] : [writingAll([edit])] }
}

/** An extent as the product that was written there, with other factors where they are others. */
function extentAs(expr: Expr, { dim, from = [] }: Extent): string {
  const factors =
    expr.kind === 'chain' && expr.rest.every(({ op }) => op === '*') ? [expr.first, ...expr.rest.map(({ value }) => value)] : []
  const numbers = factors.flatMap((factor) => (factor.kind === 'number' ? [factor.value] : []))
  if (numbers.length === 0 || numbers.length !== factors.length || factors.length !== from.length) return printDim(dim)
  const left = from.map((extent) => keyOf(extent.dim))
  const take = (at: number): string | undefined => (at < 0 ? undefined : left.splice(at, 1)[0])
  const kept = numbers.map((number) => take(left.indexOf(keyOf(number))))
  return kept.map((factor) => factor ?? take(0)).join(' * ')
}
