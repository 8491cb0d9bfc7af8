import { bindParameters } from './call-block.ts'
import { calleeContext } from './callee-context.ts'
import { originAt, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { failed, isSilent, type Target, type Value, type Matched } from './value.ts'
import type { Call } from './call-site.ts'

/** A `const f(v: float) = …`: its expression with the parameters bound. */
export function callFunction(target: Target & { kind: 'function' }, call: Call, matched: Matched, ctx: Context): Value {
  const { declaration, module } = target
  const origin = originAt(ctx, call.span)
  return ctx.run.limiter.nested(origin, () => {
    const inner = calleeContext(declaration, module, call, { ...ctx.site, turns: [] }, matched, ctx)
    const bound = bindParameters(declaration.parameters ?? [], matched, call, ctx, { ctx: inner, boundBy: new Map() })
    if (!bound) return failed(origin)
    const value = evaluate(declaration.value, inner)
    // the number was decided where the function was called
    return isSilent(value) ? value : { ...value, origin }
  })
}
