import type { CallExpr, Statement } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { divide } from '../../dim/expr.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import type { Span } from '../../text/source.ts'
import { enlarges } from '../windows-of-branch.ts'
import type { Context } from '../../elaborate/context.ts'
import { ratioOf, type Sizes } from './unequal-sizes.ts'
import { writingWithin } from '../../fixes/writing.ts'

/** A loop that enlarges a map in each turn, with as many turns more as are missing. */
export function turnFixes(sizes: Sizes, ctx: Context): readonly Fix[] {
  const enlarging = sizes.branch.filter(enlarges)
  const [first] = enlarging
  const ratio = ratioOf(sizes)
  const factor = first && divide(first.after, first.before)
  if (!first || ratio === undefined || typeof factor !== 'number' || factor < 2) return []
  const missing = powerOf(factor, ratio)
  const range = enlarging.every(({ call }) => call.span.start === first.call.span.start)
    ? rangeAround(first.call.span, ctx)
    : undefined
  const turns = range?.args[0]?.value
  if (!range || turns?.kind !== 'number' || turns.value !== enlarging.length || missing === undefined) return []
  return [writingWithin(range.span, { span: turns.span, text: String(turns.value + missing) })]
}

/** How often a number is multiplied by itself to give another. */
function powerOf(factor: number, product: number): number | undefined {
  if (product === 1) return 0
  const rest = product % factor === 0 ? powerOf(factor, product / factor) : undefined
  return rest === undefined ? undefined : rest + 1
}

/** The `range(n)` of the loop in which something stands. */
function rangeAround(span: Span, ctx: Context): CallExpr | undefined {
  const range = loopAround(span, ctx)?.in
  return range?.kind === 'call' && calleeName(range) === 'range' && range.args.length === 1 ? range : undefined
}

/** The innermost loop in which something stands. */
export function loopAround({ source, start }: Span, ctx: Context): Loop | undefined {
  const module = ctx.run.modules.userFiles.find((one) => one.source === source)
  const bodies = module?.ast.declarations.flatMap((declaration) => (declaration.kind === 'const' ? [] : declaration.body)) ?? []
  return loopIn(bodies, start)
}

type Loop = Statement & { readonly kind: 'for' }

/** The innermost loop around a place. */
function loopIn(body: readonly Statement[], at: number): Loop | undefined {
  const around = body.find(({ span }) => span.start <= at && at < span.end)
  if (around?.kind === 'if') return loopIn([...around.consequent, ...around.alternative], at)
  return around?.kind === 'for' ? (loopIn(around.body, at) ?? around) : undefined
}

