import type { Advice, Context } from '../../elaborate/context.ts'
import { writing } from '../../fixes/writing.ts'
import type { CallExpr, MemberExpr } from '../../syntax/ast.ts'
import { textOf } from '../../text/source.ts'
import { plainWord } from '../../text/did-you-mean.ts'
import { callTo } from '../surroundings.ts'
import { numbersOf } from './axes.ts'
import { shapeOf } from './tensors-given.ts'
import { opInstead } from './op-of-elsewhere.ts'

/** Methods of tensors whose arguments are axes, extents or counts; any other op is a step of a pipe. */
const methods: ReadonlyMap<string, string> = new Map([
  ['sum', 'reduce.sum'],
  ['mean', 'reduce.mean'],
  ['max', 'max'],
  ['min', 'min'],
  ['amax', 'reduce.max'],
  ['amin', 'reduce.min'],
  ['softmax', 'softmax'],
  ['flatten', 'flatten'],
  ['split', 'split'],
  ['chunk', 'split'],
  ['view', 'reshape'],
  ['reshape', 'reshape'],
  ['permute', 'transpose'],
  ['transpose', 'transpose'],
  ['t', 'transpose'],
])

/** Without an argument these are of all elements; any other method is a step then. */
const takesAll: ReadonlySet<string> = new Set(['max', 'min', 'transpose'])

/** A method of PyTorch's tensors, or of numpy's where it has an `axis`, as a call of an op. */
export function methodOfElsewhere(expr: MemberExpr, ctx: Context): Advice | undefined {
  const call = callTo(expr.span, ctx)
  if (expr.member.name === 'T' && shapeOf(expr.of, ctx)?.length === 2)
    return { notes: ['a matrix is transposed by an op'], fixes: [writing(`transpose(${textOf(expr.of.span)}, [1, 0])`, expr.span, 'safe')] }
  if (call && expr.member.name === 'size') return extentOf(expr, call, ctx)
  const { name } = expr.member
  const meant = methods.get(plainWord(name))
  if (!call || meant === undefined || (meant === name && call.args.length === 0 && !takesAll.has(name))) return undefined
  const isNumpy = call.args.some((arg) => arg.kind === 'named' && arg.name.name === 'axis')
  return opInstead(meant, { word: name, module: isNumpy ? 'np' : 'torch', place: expr.span, self: expr.of }, ctx)
}

/** `x.size(1)` of PyTorch, which counts the batch and has the channels before height and width. */
function extentOf({ of }: MemberExpr, { args: [axis, ...others], span }: CallExpr, ctx: Context): Advice | undefined {
  const [number] = axis && others.length === 0 ? (numbersOf(axis.value) ?? []) : []
  const extent = shapeOf(of, ctx)?.length === 3 && number !== undefined ? ['channels', 'height', 'width'][number - 1] : undefined
  return { notes: ['extents are .height, .width and .channels, or .shape[0] on, without the batch'], fixes: extent === undefined ? [] : [writing(`${textOf(of.span)}.${extent}`, span)] }
}
