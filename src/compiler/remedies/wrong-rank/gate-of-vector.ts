import { printDim } from '../../dim/print.ts'
import type { Advice, Context } from '../../elaborate/context.ts'
import { readsOf } from '../../elaborate/reads-of.ts'
import { writing } from '../../fixes/writing.ts'
import type { Shape } from '../../graph/graph.ts'
import { opParts } from '../../library/op-parts.ts'
import { denseStep } from '../../library/step-text.ts'
import type { Expr } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { patternNames } from '../../syntax/pattern-names.ts'
import { textOf, type Span } from '../../text/source.ts'
import { declarationAround, surroundingsOf } from '../surroundings.ts'
import { expressionAt, isBesideOperator, isPiped } from '../written.ts'

/** The gate of a vector, where a map is multiplied with what an op gives that weights a map by itself. */
export function gateOfVector(op: string, [length]: Shape, call: Span, ctx: Context): Advice | undefined {
  const expr = expressionAt(call, ctx)
  if (opParts(op).family !== 'weight' || !expr || !length || !isFactor(call, ctx)) return undefined
  const step = `${denseStep(printDim(length.dim), ctx.run.modules)} |> sigmoid`
  const notes = [`${op} makes the weights of the map that it is given, and weights that map: x |> ${op}`]
  if (isPiped(call, ctx)) return { notes, fixes: [writing(step, call)] }
  const [first] = expr.kind === 'call' ? expr.args : []
  if (first?.kind !== 'positional') return undefined
  const gate = `${textOf(first.span)} |> ${step}`
  return { notes, fixes: [writing(isBesideOperator(call, ctx) ? `(${gate})` : gate, call)] }
}

/** Whether a value is multiplied with something, there or by its name. */
function isFactor(call: Span, ctx: Context): boolean {
  const { exprs = [], statements = [] } = surroundingsOf(call, ctx) ?? {}
  if (exprs.some(isProduct)) return true
  const own = statements.at(-1)
  const declaration = declarationAround(call, ctx)
  if (own?.kind !== 'assign' || own.value.span.end !== call.end || !declaration) return false
  const names = new Set(own.targets.flatMap(patternNames))
  const reads = (expr: Expr): boolean =>
    (isProduct(expr) && childrenOf(expr).some((operand) => operand.kind === 'name' && names.has(operand.name))) || childrenOf(expr).some(reads)
  return readsOf(declaration).read.some(reads)
}

const isProduct = (expr: Expr): boolean => expr.kind === 'chain' && expr.rest.some(({ op }) => op === '*')
