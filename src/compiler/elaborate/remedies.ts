import type { Expr } from '../ast.ts'
import type { Fix } from '../diagnostics.ts'
import type { Node } from '../graph.ts'
import type { Problem } from '../primitives/primitive.ts'
import { textOf, type Span } from '../source.ts'
import { argumentEdit } from './argument-edit.ts'
import type { Context } from './context.ts'
import { missingWhere, type Remedies } from './missing-where.ts'
import { isBranchOf, sizeFixes, type Sizes } from './size-fixes.ts'

const none: Remedies = { notes: [], fixes: [] }

/** The argument that settles a problem of the call alone. */
const calls: Readonly<Record<string, readonly [name: string, value: string]>> = {
  'shape/inner-mismatch': ['transpose_b', 'true'],
  'shape/half-even-kernel': ['padding', 'same'],
}

const withArgument = (call: Expr, name: string, value: string): Fix => ({
  title: `write ${name}: ${value}`,
  edits: [argumentEdit(call, name, `${name}: ${value}`)],
})

/** Ways out of a problem between tensors: a 1x1 projection, an alignment, the missing `where`. `at` is the call in the user's text. */
export function remediesOf(problem: Problem, tensors: readonly Node[], at: Span, ctx: Context): Remedies {
  if (problem.missing !== undefined) return missingWhere(problem.missing, ctx)
  const calling = calls[problem.code]
  if (calling) return { notes: [], fixes: [withArgument(ctx.run.modules.readExpression(at.source, textOf(at), at.start), ...calling)] }
  const [left, right] = problem.labels.map(({ extent }) => extent.dim)
  if (typeof left !== 'number' || typeof right !== 'number' || !tensors.every(({ type }) => type.shape.length === 3)) return none
  const operands = tensors.length === 2 ? operandsOf(ctx.run.modules.readExpression(at.source, textOf(at), at.start)) : undefined
  const sides = operands && (left < right ? operands.sides : [operands.sides[1], operands.sides[0]] as const)
  if (problem.code === 'shape/channel-mismatch') {
    return operands && sides ? { notes: [], fixes: [stepBehind(sides[0], `conv(${Math.max(left, right)}, 1x1)`, operands.infix)] } : none
  }
  const sizes = problem.code === 'shape/size-mismatch' ? sizesOf(left, right, tensors) : undefined
  return sizes ? forSizes(sizes, sides, operands?.infix ?? false, ctx) : none
}

/** The maps whose sizes differ, and the axis along which they do. */
function sizesOf(left: number, right: number, tensors: readonly Node[]): Sizes | undefined {
  const [less, more] = left < right ? [left, right] : [right, left]
  for (const axis of [0, 1]) {
    const small = tensors.find(({ type }) => type.shape[axis]?.dim === less)
    const large = tensors.find(({ type }) => type.shape[axis]?.dim === more)
    if (small && large) return { axis, small, large }
  }
  return undefined
}

/** Where one of two maps stands in a name, the other can be brought to its size where they meet. */
function forSizes(sizes: Sizes, sides: readonly [Expr, Expr] | undefined, infix: boolean, ctx: Context): Remedies {
  const made = sizeFixes(sizes, ctx)
  const [small, large] = sides ?? []
  if (!small || large?.kind !== 'name') return { notes: [], fixes: made }
  const aligned = stepBehind(small, `align(like: ${large.name})`, infix)
  const channels = sizes.small.type.shape[2]?.dim
  const stride = ratioOf(sizes)
  const isShortcut = isBranchOf(sizes.small, sizes.large) && stride !== undefined && typeof channels === 'number'
  const projected = isShortcut ? [stepBehind(large, `conv(${channels}, 1x1, stride: ${stride})`, infix)] : []
  return { notes: [], fixes: [...made, ...projected, aligned] }
}

function ratioOf({ small, large, axis }: Sizes): number | undefined {
  const [less, more] = [small, large].map(({ type }) => type.shape[axis]?.dim)
  const stride = typeof less === 'number' && typeof more === 'number' ? Math.ceil(more / less) : 1
  return stride > 1 && typeof more === 'number' && Math.ceil(more / stride) === less ? stride : undefined
}

function stepBehind({ span }: Expr, step: string, infix: boolean): Fix {
  const piped = `${textOf(span)} |> ${step}`
  return { title: `write ${piped}`, edits: [{ span, text: infix ? `(${piped})` : piped }] }
}

interface Operands {
  readonly sides: readonly [Expr, Expr]
  /** They stand beside an operator, which binds tighter than a pipe. */
  readonly infix: boolean
}

/** The two tensors of `fuse.add(a, b)` or `a + b`. */
function operandsOf(expr: Expr): Operands | undefined {
  if (expr.kind === 'chain') {
    const [link, ...others] = expr.rest
    return link && others.length === 0 ? { sides: [expr.first, link.value], infix: true } : undefined
  }
  if (expr.kind !== 'call') return undefined
  const [left, right, ...others] = expr.args
  if (left?.kind !== 'positional' || right?.kind !== 'positional') return undefined
  return others.some((arg) => arg.kind !== 'named' && !literals.has(arg.value.kind)) ? undefined : { sides: [left.value, right.value], infix: false }
}

/** What stands for no further tensor. */
const literals: ReadonlySet<Expr['kind']> = new Set(['number', 'size', 'list', 'text', 'bool'])
