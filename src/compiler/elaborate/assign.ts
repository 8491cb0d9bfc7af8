import type { Statement } from '../syntax/ast.ts'
import { checkAnnotation } from './annotation.ts'
import { fail, originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { bindPattern } from './pattern.ts'
import { describe, failed, isSilent, type Value } from './value.ts'

/** `x = …`, `x: [28, 28, 6] = …`, `a, b = …`. */
export function assign({ targets, shape, value: expr, span }: Statement & { kind: 'assign' }, ctx: Context): void {
  const value = evaluate(expr, ctx)
  const [target] = targets
  if (targets.length === 1 && target) {
    const name = target.kind === 'name' ? target.name : 'the value'
    bindPattern(target, checkAnnotation(shape, value, name, expr, ctx), ctx, 'assign')
    return
  }
  const parts = partsOf(value)
  if (parts?.length !== targets.length && !isSilent(value)) {
    fail(
      ctx,
      'type/mismatch',
      { what: 'the right side', wanted: `${targets.length} values, one for each name`, found: describe(value) },
      expr.span,
      { cause: { kind: 'unequal-targets', value, count: parts?.length ?? 1, targets } },
    )
  }
  const nothing = isSilent(value) ? value : failed(originAt(ctx, span))
  const matching = parts?.length === targets.length ? parts : targets.map(() => nothing)
  targets.forEach((one, i) => bindPattern(one, matching[i]!, ctx, 'assign'))
}

const partsOf = (value: Value): readonly Value[] | undefined =>
  value.kind === 'results' || value.kind === 'list' ? value.items : undefined
