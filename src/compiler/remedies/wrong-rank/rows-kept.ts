import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import type { Context } from '../../elaborate/context.ts'
import { insteadOf, writing } from '../../fixes/writing.ts'
import { parameters, type OpName } from '../../library/names.ts'
import { stepText } from '../../library/step-text.ts'
import type { CallExpr, Expr } from '../../syntax/ast.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { patternNames } from '../../syntax/pattern-names.ts'
import { contains, textOf, type Span } from '../../text/source.ts'
import { asOperator, side } from '../failed-requirement/fusion-as-operator.ts'
import { surroundingsOf } from '../surroundings.ts'
import { callsIn } from '../written-reshapes.ts'
import { expressionAt } from '../written.ts'

interface Kept {
  readonly fixes: readonly Fix[]
  /** Whether a fusion weighs a map by what becomes of it: without the pooling it would have another meaning. */
  readonly isFactor: boolean
}

const product: OpName = 'fuse.mul'

const reductions: ReadonlyMap<string, OpName> = new Map<OpName, OpName>([
  ['pool.global', 'reduce.mean'],
  ['pool.global_max', 'reduce.max'],
])

/**
 * A pooling of all places that leaves a map of one row and one column, of which convolutions and resizings go on; a fusion that is to weigh
 * a map by it stretches nothing, and becomes a product.
 */
export function rowsKept(step: Span, ctx: Context): Kept {
  const op = reductions.get(calleeName(expressionAt(step, ctx)) ?? '')
  if (!op) return { fixes: [], isFactor: false }
  const text = stepText(op, [parameters.axis, '[0, 1]'], [parameters.keeps, 'true'])
  const kept = insteadOf(text, step)
  const factors = factorsOf(step, text, ctx)
  const around = factors.find(({ span }) => contains(span, step))
  const title = [kept.title, ...factors.map((factor) => factor.text)].join(' and ')
  const fix: Fix = around ? writing(around.text, around.span) : { ...kept, title, edits: [...kept.edits, ...factors] }
  return { fixes: [fix], isFactor: factors.length > 0 }
}

/** The fusions that multiply by a step's value, or by what is assigned from it, as products, in which it is this text. */
function factorsOf(step: Span, instead: string, ctx: Context): readonly Edit[] {
  const { body, statements } = surroundingsOf(step, ctx) ?? { body: [], statements: [] }
  const own = statements.at(-1)
  const names = new Set(own?.kind === 'assign' ? own.targets.flatMap(patternNames) : [])
  const isFactor = ({ args }: CallExpr): boolean =>
    args.some(({ value }) => (value.kind === 'name' && names.has(value.name)) || contains(value.span, step))
  const sideOf = (operand: Expr): string => {
    const { span } = operand
    return contains(span, step) ? `(${textOf({ ...span, end: step.start })}${instead}${textOf({ ...span, start: step.end })})` : side(operand)
  }
  const fusions = callsIn(body).filter((call) => calleeName(call) === product && isFactor(call))
  return fusions.flatMap((call) => asOperator(call, ctx, sideOf) ?? [])
}
