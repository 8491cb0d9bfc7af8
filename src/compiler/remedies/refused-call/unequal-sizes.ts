import type { Fix } from '../../diagnostics/diagnostics.ts'
import { add, ceil, divide, keyOf, multiply, subtract, type Dim } from '../../dim/expr.ts'
import { atLeast, equal } from '../../dim/prove.ts'
import { printDim } from '../../dim/print.ts'
import type { Node } from '../../graph/graph.ts'
import { operandOf } from '../../graph/operand.ts'
import { textOf } from '../../text/source.ts'
import { argumentEdit, namedArgument } from '../../fixes/argument-edit.ts'
import { parameters, type Parameter } from '../../library/names.ts'
import { argumentOf } from '../../library/written-call.ts'
import { argumentOfWindows } from '../edits/argument-of-windows.ts'
import { enlarges, isPointwise, kernelOf, strideOf, type Window } from '../windows-of-branch.ts'
import type { Context } from '../../elaborate/context.ts'
import { factsOf } from '../../facts/facts-of.ts'
import { valueFix } from '../edits/parameter-value.ts'

/** Two maps that should be equal along an axis, and what changed their size since they were one map. */
export interface Sizes {
  readonly axis: number
  readonly small: Node
  readonly large: Node
  /** Along the way to the small map, the last first. */
  readonly branch: readonly Window[]
  readonly shortcut: readonly Window[]
}

export const extentAlong = ({ type }: Node, axis: number): Dim => type.shape[axis]!.dim

/** The whole number by which one extent is larger than another. */
export function ratioOf({ small, large, axis }: Pick<Sizes, 'small' | 'large' | 'axis'>): number | undefined {
  const ratio = divide(extentAlong(large, axis), extentAlong(small, axis))
  return typeof ratio === 'number' && Number.isInteger(ratio) ? ratio : undefined
}

/**
 * What may bring two maps to one size where they are made: the stride of the branch in the shortcut, padding, a pooling that
 * keeps every row. Which of these is right, whoever tries them finds out.
 */
export function sizeFixes(sizes: Sizes, ctx: Context): readonly Fix[] {
  const { branch, shortcut, axis, large } = sizes
  const roundingDown = branch.filter((window) => roundsDown(window, extentAlong(large, axis)))
  return [
    ...strided(sizes, ctx),
    ...padded('keeps every row', branch.filter(narrows)),
    ...write(parameters.stride, '1', 'keeps every row', branch.filter(poolsByDefault)),
    ...write(parameters.roundsUp, 'true', 'rounds up', roundingDown.filter(isPool)),
    ...padded('rounds up', roundingDown.filter((window) => !isPool(window))),
    ...padded('multiplies the rows by the stride', shortcut.filter((window) => overlaps(window, axis))),
    ...reaching(branch, ([0, 1] as const).map((side) => extentAlong(large, side))),
  ]
}

export const isLess = (a: Dim, b: Dim): boolean => atLeast(b, add(a, 1)).kind === 'proved'

/** A window without padding that takes rows away. */
export const narrows = (window: Window): boolean =>
  slides(window) && strideOf(window) === 1 && isLess(window.after, window.before)

/** Whether windows without padding made the difference, by as much on either side. */
export function isCut({ small, large, axis, branch }: Sizes): boolean {
  const lost = subtract(extentAlong(large, axis), extentAlong(small, axis))
  return typeof lost === 'number' && lost % 2 === 0 && lost <= mostLost && branch.some(isRounded(branch) ? narrows : loses)
}

/** Whether a branch gets smaller and larger again: what strides round off on the way does not come back. */
export const isRounded = (branch: readonly Window[]): boolean =>
  branch.some(enlarges) && branch.some((window) => strideOf(window) > 1 && loses(window))

/**
 * Whether a network has no padding anywhere, and what it cuts off on the way down and up is missing where it meets the skip: then that is
 * cut, as in the first U-Net.
 */
export const isValidThroughout = (sizes: Sizes, { run: { builder } }: Context): boolean =>
  isCut(sizes) && sizes.branch.some(enlarges) && !builder.nodes.some(isPadded)

/** Whether an op has windows of more than one row, of which as many fit as there are rows. */
const isPadded = (node: Node): boolean => {
  const { windows, kernel } = factsOf(node)
  const from = node.kind === 'op' ? operandOf(node, 'x') : undefined
  const isWide = kernel !== undefined && windows?.some(({ size }) => size !== 1)
  return isWide === true && from !== undefined && windows?.every(({ stride }) => stride === 1) === true && keyOf(extentAlong(from, 0)) === keyOf(extentAlong(node, 0))
}

/** What more than this is lost by is more than windows. */
const mostLost = 16

/** A window that would give more rows with padding. */
export const loses = (window: Window): boolean => {
  const quotient = divide(window.before, strideOf(window))
  return slides(window) && quotient !== undefined && isLess(window.after, ceil(quotient))
}

const slides = ({ node }: Window): boolean => factsOf(node).windows !== undefined

const isPool = (window: Window): boolean => slides(window) && factsOf(window.node).kernel === undefined

/** A pooling that is padded, and strides by its whole window all the same. */
const poolsByDefault = (window: Window): boolean =>
  isPool(window) && argumentOf(window.written, parameters.padding) !== undefined && !argumentOf(window.written, parameters.stride)

/** A stride that drops the rows which fill no window, where the other side has one more. */
const roundsDown = (window: Window, wanted: Dim): boolean =>
  slides(window) && strideOf(window) > 1 && keyOf(add(window.after, 1)) === keyOf(wanted) && isCeil(window, wanted)

const isCeil = (window: Window, wanted: Dim): boolean => {
  const quotient = divide(window.before, strideOf(window))
  return quotient !== undefined && equal(ceil(quotient), wanted).kind === 'proved'
}

/** A transposed convolution whose kernel is larger than its stride, which makes more rows than that many times those it gets. */
export const overlaps = (window: Window, axis: number): boolean => {
  const kernel = kernelOf(window, axis)
  return (
    factsOf(window.node).spreads !== undefined &&
    typeof kernel === 'number' &&
    kernel > strideOf(window) &&
    isLess(multiply(window.before, strideOf(window)), window.after)
  )
}

/** The kernel with which the transposed convolution at the end of a branch makes a map of the wanted size. */
export function reaching(branch: readonly Window[], [height, width]: readonly Dim[]): readonly Fix[] {
  const [last] = branch
  const spreads = last && factsOf(last.node).spreads
  const from = last && operandOf(last.node, 'x')
  if (!last || !spreads || !from || argumentOf(last.written, parameters.padding)) return []
  const [tall, wide] = [height, width].map((wanted, axis) => {
    const before = extentAlong(from, axis)
    return typeof wanted === 'number' && typeof before === 'number' ? wanted - (before - 1) * spreads[0].stride : undefined
  })
  // a kernel smaller than its stride leaves rows empty
  if (tall === undefined || tall !== wide || tall < spreads[0].stride || tall > widest(spreads[0].stride, extentAlong(from, 0))) return []
  return write(parameters.kernel, `${tall}x${wide}`, `gives ${printDim(height!)} rows`, [last])
}

/** The widest kernel that transposed convolutions have: what spreads a single place gives a whole map, otherwise they overlap by little. */
const widest = (stride: number, before: Dim): number => (before === 1 ? mostLost : stride === 1 ? 7 : Math.max(5, 2 * stride))

/** The stride of the branch, for the projection of the shortcut: a 1x1 convolution that has none, or one that was left at 1. */
function strided(sizes: Sizes, ctx: Context): readonly Fix[] {
  const { branch, shortcut } = sizes
  const projection = shortcut.find((window) => keyOf(window.before) === keyOf(window.after) && isPointwise(window.node))
  if (!projection) return []
  const own = argumentOf(projection.written, parameters.stride)
  if (own) {
    const ratio = ratioOf(sizes)
    const fix = ratio === undefined ? undefined : valueFix(own, String(ratio), projection.written.expr.span, projection.frame, ctx)
    return fix ? [fix] : []
  }
  const [given, ...others] = branch.flatMap(({ written }) => namedArgument(written.expr, parameters.stride.get(written.op) ?? '') ?? [])
  const name = parameters.stride.get(projection.written.op)
  if (!given || others.length > 0 || name !== given.name.name) return []
  const argument = textOf(given.span)
  return [
    { title: `give the shortcut the stride of the branch, ${argument}`, safety: 'unsafe', edits: [argumentEdit(projection.written.expr, name, argument)] },
  ]
}

const padded = (effect: string, windows: readonly Window[]): readonly Fix[] => write(parameters.padding, 'same', effect, windows)

const write = (parameter: Parameter, value: string, effect: string, windows: readonly Window[]): readonly Fix[] =>
  argumentOfWindows(parameter, value, windows, (argument) => `write ${argument}, which ${effect}`)
