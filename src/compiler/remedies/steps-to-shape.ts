import type { Fix } from '../diagnostics/diagnostics.ts'
import { divide, keyOf, type Dim } from '../dim/expr.ts'
import type { Node } from '../graph/graph.ts'
import { argumentOf, replaceArgument } from '../library/written-call.ts'
import { writingWithin } from '../fixes/writing.ts'
import { parameters, type Parameter } from '../library/names.ts'
import { argumentOfWindows } from './edits/argument-of-windows.ts'
import { enlarges, isPointwise, strideOf, windowsOf, type Window } from './windows-of-branch.ts'
import type { Advice, Context } from '../elaborate/context.ts'
import { isWrittenTurned } from './channels-first/written-turned.ts'
import { joinedAlongRows } from './refused-call/joined-along-rows.ts'
import { loses, narrows, overlaps, reaching } from './refused-call/unequal-sizes.ts'
import type { TensorValue } from '../elaborate/value.ts'
import type { Remedy } from './remedy.ts'
import { pooledInstead, vectorStep } from './vector-step.ts'
import { differingAxes } from '../elaborate/written-shape.ts'
import type { WrittenExtent } from '../elaborate/written-extent.ts'

/** What may give a value the shape that is written for it, changed where the value is made, in the body that `ctx` is in. */
export const otherSteps: Remedy<'wrong-annotation' | 'wrong-result'> = ({ value, written }, ctx) =>
  value.kind === 'tensor' ? (joined(value, written, ctx) ?? { fixes: shapeRepairs(value, written, ctx) }) : {}

/** Maps that were put beside each other, where the channels are to be joined. */
function joined({ node }: TensorValue, written: readonly WrittenExtent[], ctx: Context): Advice | undefined {
  const [axis = 2] = differingAxes(node.type.shape, written) ?? []
  return node.type.shape.length === 3 && axis < 2 && !isWrittenTurned(written, node.type.shape) ? joinedAlongRows([node], axis, ctx) : undefined
}

function shapeRepairs({ node }: TensorValue, written: readonly WrittenExtent[], ctx: Context): readonly Fix[] {
  const { shape } = node.type
  const wrong = differingAxes(shape, written)
  if (!wrong) return []
  if (shape.length === 1) return averaged(node, written, ctx)
  if (shape.length !== 3) return []
  const [axis = 0] = wrong
  return axis < 2 ? resized(node, axis, written, ctx) : []
}

/** Padding that keeps every row, a stride that is missing, or one too many. */
function resized(node: Node, axis: number, written: readonly WrittenExtent[], ctx: Context): readonly Fix[] {
  const wanted = written[axis] ?? 'any'
  const [input] = ctx.run.builder.inputs
  const own = (input ? windowsOf(node, input, axis, ctx) : []).filter((window) => window.frame === ctx.frame)
  const windows = own.filter((window) => !enlarges(window))
  const overlapping = own.filter((window) => overlaps(window, axis))
  const narrowing = windows.filter(narrows)
  const ratio = wanted === 'any' ? undefined : ratioOf(node, axis, wanted)
  const step =
    ratio === undefined || ratio < 2 ? undefined : windows.findLast((window) => strideOf(window) === 1 && !isPointwise(window.node))
  const steps = ratio === undefined || ratio > 0.5 ? [] : windows.filter((window) => strideOf(window) * ratio === 1).slice(0, 1)
  const both = written.flatMap((extent) => (extent === 'any' ? [] : [extent]))
  const losing = own.filter((window) => overlaps(window, axis) || loses(window))
  return [
    ...reaching(own, both),
    ...resizedTo(own, both, ctx),
    ...padded(narrowing.slice(0, 1)),
    ...(narrowing.length > 1 ? padded(narrowing) : []),
    ...padded(overlapping.slice(0, 1)),
    ...(overlapping.length > 1 ? padded(overlapping) : []),
    ...(losing.some((window) => !narrowing.includes(window) && !overlapping.includes(window)) ? padded(losing) : []),
    ...rewritten(parameters.stride, String(ratio), step ? [step] : []),
    ...rewritten(parameters.stride, '1', steps),
  ]
}

/** A resizing to the size that is written, or to that of an input which has it. */
function resizedTo([last]: readonly Window[], wanted: readonly Dim[], ctx: Context): readonly Fix[] {
  const size = wanted.slice(0, 2)
  if (!last || size.length < 2) return []
  const like = ctx.run.builder.inputs.find(({ type }) => size.every((dim, axis) => type.shape.length === 3 && keyOf(type.shape[axis]!.dim) === keyOf(dim)))
  const given = argumentOf(last.written, parameters.factor) ? parameters.factor : parameters.size
  const edits = [
    ...(like ? [replaceArgument(last.written, given, parameters.like, like.name)] : []),
    ...(size.every((dim) => typeof dim === 'number') ? [replaceArgument(last.written, given, parameters.size, `[${size.join(', ')}]`)] : []),
  ]
  return edits.flatMap((edit) => (edit ? [writingWithin(last.written.expr.span, edit)] : []))
}

function ratioOf({ type }: Node, axis: number, wanted: Exclude<WrittenExtent, 'any'>): number | undefined {
  const ratio = divide(type.shape[axis]!.dim, wanted)
  return typeof ratio === 'number' && (Number.isInteger(ratio) || Number.isInteger(1 / ratio)) ? ratio : undefined
}

const rewritten = (parameter: Parameter, value: string, windows: readonly Window[]): readonly Fix[] =>
  argumentOfWindows(parameter, value, windows, (argument, calls) => `write ${argument} in ${calls.join(' and ')}`)

const padded = (windows: readonly Window[]): readonly Fix[] => rewritten(parameters.padding, 'same', windows)

/** One element for each channel is what an average leaves. */
function averaged(node: Node, [wanted]: readonly WrittenExtent[], ctx: Context): readonly Fix[] {
  const made = vectorStep(node)
  const channels = made?.map.type.shape[2]?.dim
  const pooled =
    made && channels !== undefined && wanted !== undefined && wanted !== 'any' && keyOf(channels) === keyOf(wanted)
      ? pooledInstead(made.step, ctx)
      : undefined
  return pooled ? [pooled] : []
}
