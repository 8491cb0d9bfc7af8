import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import type { InputNode, Node } from '../../graph/graph.ts'
import { placeKey } from '../../elaborate/assumptions.ts'
import { textOf, userOrigin } from '../../text/source.ts'
import { callOf } from '../../library/library-call.ts'
import { parameters } from '../../library/names.ts'
import { argumentOf, writeArgument, type WrittenCall } from '../../library/written-call.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import { isTooSmall } from '../../elaborate/reports/report-problem.ts'
import { isChannelsFirst } from '../channels-first/turned-maps.ts'
import type { Remedy, Searched } from '../remedy.ts'
import { writtenSize } from '../smallest-inputs.ts'
import { declaredShape, expressionAt } from '../written.ts'
import { noRemedies, type Remedies } from '../remedy.ts'
import { writing, writingWithin } from '../../fixes/writing.ts'

/**
 * What lets a window fit: padding, a smaller window, a larger input. Pictures have the size that they have, so another input
 * comes last; of a single row no window gathers anything, and whether there are larger pictures or a step goes the author knows.
 */
export const roomForWindow: Remedy<'refused-call'> = ({ problem, op, primitive, tensors, call: span }, ctx, searched) => {
  const [label] = problem.labels
  const expr = expressionAt(userOrigin(originAt(ctx, span)).span, ctx)
  if (!isTooSmall(problem) || !label || !expr || primitive === undefined) return {}
  const call = callOf(op, expr, ctx.run.modules)
  if (problem.code === 'shape/window-too-large' && isChannelsFirst(ctx)) return {}
  const { notes, fixes } = largerInputs(searched, ctx)
  const padded = paddingFixes(call, primitive)
  const smaller = smallerWindow(call, tensors)
  const isExhausted = primitive !== 'conv2d_transpose' && label.extent.dim === 1
  if (isExhausted) return { notes, fixes: [...fixes, ...padded, ...smaller] }
  return { notes, fixes: [...(primitive === 'avg_pool' ? [...smaller, ...padded] : [...padded, ...smaller]), ...fixes] }
}

/** A transposed convolution is cut by its padding, any other window is helped by it. */
function paddingFixes(call: WrittenCall, primitive: string): readonly Fix[] {
  const write = (padding: string, effect: string): readonly Fix[] => {
    const written = writeArgument(call, parameters.padding, padding)
    return written ? [{ title: `write ${written.text}, ${effect}`, safety: 'unsafe', edits: [written.edit] }] : []
  }
  if (primitive !== 'conv2d_transpose') return write('same', 'with which any window fits')
  return [
    ...(argumentOf(call, parameters.padding) ? write('valid', 'which cuts nothing off') : []),
    ...write('same', 'which keeps every row'),
  ]
}

/** The inputs from which on everything fits. */
function largerInputs({ sizes }: Searched, ctx: Context): Remedies {
  if (!sizes) return noRemedies
  const axes = ctx.run.builder.inputs.flatMap((input) =>
    input.type.shape.flatMap((extent, axis) => {
      const span = writtenSize(extent)
      const size = span && sizes.get(placeKey(span))
      return span && size !== undefined ? [{ input, axis, span, size }] : []
    }),
  )
  if (axes.length === 0) return noRemedies
  const shapes = [...new Set(axes.map(({ input }) => input))].map((input) => ({ input, shape: enlarged(input, axes, ctx) }))
  const edits = axes.map(({ span, size }) => ({ span, text: String(size) }))
  return {
    notes: [`everything fits where ${shapes.map(({ input, shape }) => `${input.name} is at least ${shape}`).join(' and ')}`],
    fixes: [{ title: `write ${shapes.map(({ input, shape }) => `input ${input.name}: ${shape}`).join(' and ')}`, safety: 'unsafe', edits }],
  }
}

interface Larger {
  readonly input: InputNode
  readonly axis: number
  readonly size: number
}

/** The shape of an input as it is written, with other sizes. */
function enlarged(input: InputNode, axes: readonly Larger[], ctx: Context): string {
  const written = declaredShape(input, ctx)?.items.map(({ value }) => textOf(value.span)) ?? []
  const sizes = input.type.shape.map(
    (_, axis) => axes.find((one) => one.input === input && one.axis === axis)?.size ?? written[axis],
  )
  return `[${sizes.join(', ')}]`
}

/** A square window as large as the map, where the call says how large it is and something remains of it. */
function smallerWindow(call: WrittenCall, [map]: readonly Node[]): readonly Fix[] {
  const [height, width] = map?.type.shape.map(({ dim }) => dim) ?? []
  if (typeof height !== 'number' || typeof width !== 'number') return []
  const written = call.args.flatMap(({ value }) => (value.kind === 'size' ? [value] : []))
  const [size, ...others] = written.length > 0 ? written : windowOfPool(call)
  const [rows, columns] = size?.kind === 'size' ? size.values : size?.kind === 'number' ? [size.value, size.value] : []
  if (!size || rows === undefined || columns === undefined || others.length > 0) return []
  const [tall, wide] = [Math.min(rows, height), Math.min(columns, width)]
  if (tall !== wide || tall === 1) return []
  return [
    size.kind === 'size'
      ? writing(`${tall}x${wide}`, size.span)
      : writingWithin(call.expr.span, { span: size.span, text: String(tall) }),
  ]
}

/** The number that a pooling is given for both sides of its window. */
function windowOfPool(call: WrittenCall): readonly (Expr & { readonly kind: 'number' })[] {
  const window = argumentOf(call, parameters.window)
  return window?.kind === 'number' ? [window] : []
}
