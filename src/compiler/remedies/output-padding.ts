import type { Advice, Context } from '../elaborate/context.ts'
import { callOf } from '../library/library-call.ts'
import { parameters, type Parameter } from '../library/names.ts'
import { argumentOf, writeArgument, type WrittenCall } from '../library/written-call.ts'
import type { Expr } from '../syntax/ast.ts'
import { isSamePlace, type Span } from '../text/source.ts'
import { expressionAt } from './written.ts'
import { withoutArgument } from './without-argument.ts'

/** Rows that PyTorch adds at the end of a transposed convolution: less is cut off there, or the kernel has as many more. */
export function lessCutOff(added: Span, op: string, at: Span, ctx: Context): Advice {
  const expr = expressionAt(at, ctx)
  const call = expr && callOf(op, expr, ctx.run.modules)
  const more = numberOf(expressionAt(added, ctx))
  const [kernel, stride] = call ? [numberIn(call, parameters.kernel), numberIn(call, parameters.stride)] : []
  if (!call || !more || !kernel || !stride) return { notes: ['the result has (n - 1) · stride + kernel rows less what padding cuts off: cut off less at the end'] }
  const rows = `${op} gives (n - 1) · ${stride} + ${kernel} rows less what padding cuts off`
  const written = argumentOf(call, parameters.padding)
  const cut = written ? numberOf(written) : (kernel + more - stride) / 2
  const [left] = withoutArgument(added, 'unsafe', ctx)
  const own = call.args.find(({ value }) => isSamePlace(value.span, added))
  if (cut === undefined || !left || !own) return { notes: [rows] }
  if (!Number.isInteger(cut) || cut < more) {
    const larger = kernel + more
    const wider = written ? undefined : writeArgument(call, parameters.kernel, `${larger}x${larger}`)
    const fixes = wider ? [{ title: `write ${larger}x${larger}`, safety: 'unsafe' as const, edits: [wider.edit, ...left.edits] }] : []
    return { notes: [`${rows}: a kernel of ${larger}x${larger} makes ${more} more`], fixes }
  }
  const ends = `[${cut}, ${cut - more}]`
  const argument = `padding: [${ends}, ${ends}]`
  const over = kernel + more - stride - 2 * cut
  const remaining = over === 0 ? `n · ${stride}` : `n · ${stride} ${over > 0 ? '+' : '-'} ${Math.abs(over)}`
  const edits = written
    ? [writeArgument(call, parameters.padding, `[${ends}, ${ends}]`)!.edit, ...left.edits]
    : [{ span: own.span, text: argument }]
  return {
    notes: [`${rows}: PyTorch's padding ${cut} with output_padding ${more} is ${argument}, which leaves ${remaining}`],
    fixes: [{ title: `write ${argument}`, safety: 'unsafe', edits }],
  }
}

/** What is written there, or what the op takes by itself. */
function numberIn(call: WrittenCall, parameter: Parameter): number | undefined {
  const written = argumentOf(call, parameter)
  return written ? numberOf(written) : byItself
}

/** Kernel and stride of a transposed convolution where none are written. */
const byItself = 2

function numberOf(expr: Expr | undefined): number | undefined {
  if (expr?.kind === 'number') return expr.value
  const [height, width] = expr?.kind === 'size' ? expr.values : []
  return height === width ? height : undefined
}
