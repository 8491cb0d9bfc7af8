import type { Expr } from '../ast.ts'
import type { Fix } from '../diagnostics.ts'
import type { Node } from '../graph.ts'
import type { Problem } from '../primitives/primitive.ts'
import { textOf, type Span } from '../source.ts'
import type { Context } from './context.ts'
import { missingWhere, type Remedies } from './missing-where.ts'

const none: Remedies = { notes: [], fixes: [] }

/** Ways out of a problem between tensors: a 1x1 projection, an alignment, the missing `where`. `at` is the call in the user's text. */
export function remediesOf(problem: Problem, tensors: readonly Node[], at: Span, ctx: Context): Remedies {
  if (problem.missing !== undefined) return missingWhere(problem.missing, ctx)
  const [left, right] = problem.labels.map(({ extent }) => extent.dim)
  const maps = tensors.length === 2 && tensors.every(({ type }) => type.shape.length === 3)
  if (!maps || typeof left !== 'number' || typeof right !== 'number') return none
  const operands = operandsOf(ctx.run.modules.readExpression(at.source, textOf(at), at.start))
  if (!operands) return none
  const [small, large] = left < right ? operands.sides : [operands.sides[1], operands.sides[0]]
  if (problem.code === 'shape/channel-mismatch') return { notes: [], fixes: [stepBehind(small, `conv(${Math.max(left, right)}, 1x1)`, operands.infix)] }
  if (problem.code !== 'shape/size-mismatch' || large.kind !== 'name') return none
  const aligned = `align(like: ${large.name})`
  // where one side is a multiple of the other, which of them is meant is the author's choice
  if (Math.abs(left - right) === 1) return { notes: [], fixes: [stepBehind(small, aligned, operands.infix)] }
  return { notes: [`to bring one to the size of the other: ${textOf(small.span)} |> ${aligned}`], fixes: [] }
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
