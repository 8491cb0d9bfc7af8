import type { Expr } from '../syntax/ast.ts'
import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Extent } from '../graph/graph.ts'
import { textOf, type Span } from '../text/source.ts'
import type { Remedy } from './remedy.ts'
import type { Context } from '../elaborate/context.ts'
import { writtenSize } from './smallest-inputs.ts'
import { distinctNames, numberThatHolds } from './number-that-holds.ts'

/**
 * What can be done about a map of a size that a model does not take: pad it to the next size it does take, or give the input that
 * size.
 */
export const acceptedSize: Remedy<'refused-input'> = ({ statement: { shape, where }, map, given, call, inner }) => {
  const extents = map.type.shape
  const wanted = extents.map(({ dim }, axis) =>
    typeof dim === 'number' ? sizeOf(shape.items[axis]?.value, dim, where, inner) : undefined,
  )
  const more = wanted.map((size, axis) => (size === undefined ? 0 : size - Number(extents[axis]!.dim)))
  if (more.every((amount) => amount === 0)) return {}
  const [rows = 0, columns = 0, ...rest] = more
  const isPaddable = extents.length === 3 && rows >= 0 && columns >= 0 && rest.every((amount) => amount === 0)
  return { fixes: [...(isPaddable ? [padding(rows, columns, given, call)] : []), ...resized(extents, wanted)] }
}

/** The next size that an extent of the input may have. */
function sizeOf(axis: Expr | undefined, size: number, where: readonly Expr[], inner: Context): number | undefined {
  if (axis?.kind !== 'name') return undefined
  const about = where.filter((condition) => distinctNames(condition).includes(axis.name))
  return about.every((condition) => distinctNames(condition).length === 1) ? numberThatHolds(about, axis.name, size, inner) : undefined
}

/** Zeros around the map, on all sides as many where that comes out. */
function padding(rows: number, columns: number, given: Span, call: Span): Fix {
  const half = (amount: number): string => `[${Math.floor(amount / 2)}, ${Math.ceil(amount / 2)}]`
  const amount = rows === columns && rows % 2 === 0 ? String(rows / 2) : `[${half(rows)}, ${half(columns)}]`
  const step = `pad(${amount})`
  // a piped map stands before the call
  const isPiped = given.start === call.start && given.end === call.end
  const text = isPiped ? `${step} |> ` : `${textOf(given)} |> ${step}`
  return {
    title: `write ${isPiped ? `${text}${textOf(given)}` : text}`,
    edits: [{ span: isPiped ? { ...given, end: given.start } : given, text }],
  }
}

/** Other numbers where the sizes are written. */
function resized(extents: readonly Extent[], wanted: readonly (number | undefined)[]): readonly Fix[] {
  const changed = extents.flatMap((extent, axis) => {
    const size = wanted[axis]
    return size === undefined || size === extent.dim ? [] : [{ span: writtenSize(extent), size }]
  })
  const edits = changed.flatMap(({ span, size }) => (span ? [{ span, text: String(size) }] : []))
  if (edits.length < changed.length) return []
  return [{ title: `write ${[...new Set(changed.map(({ size }) => size))].join(' and ')} where the size is decided`, edits }]
}
