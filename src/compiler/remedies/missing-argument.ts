import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Advice, Context } from '../elaborate/context.ts'
import type { Node } from '../graph/graph.ts'
import { parameters } from '../library/names.ts'
import type { Formal } from '../elaborate/formals.ts'
import { argumentEdit } from '../fixes/argument-edit.ts'
import type { Span } from '../text/source.ts'
import { expressionAt } from './written.ts'
import { callLayer } from './call-layer.ts'
import { layerMeant } from './other-frameworks.ts'
import { elementsOfGiven, isListOfTensors } from './list-of-tensors.ts'
import { firstArgument, furtherArgument } from './pass-map.ts'
import type { Remedy } from './remedy.ts'
import { stepsWanted } from './steps-as-block.ts'
import { wantsBlock } from './wants-block.ts'

/** The map that was left out, or the block itself where an op was only to be named. */
export const argumentLeftOut: Remedy<'missing-argument'> = ({ op, formal, formals, args, call }, ctx) => {
  const layer = layerMeant(op)
  if (layer !== undefined) return callLayer(layer, call, ctx)
  const [first] = args.positional
  if (formal.tensor && first && first.value !== 'hole' && isListOfTensors(first.value)) return elementsOfGiven(first, call, ctx)
  const isFirst = formals[0] === formal && formal.tensor
  const steps = isFirst ? stepsWanted(call, ctx) : {}
  if (steps.notes) return steps
  const isBare = args.positional.length + args.named.size === 0
  const expr = isBare ? expressionAt(call, ctx) : undefined
  const itself: readonly Fix[] =
    expr?.kind === 'call' ? [{ title: `write ${op}`, safety: 'safe', edits: [{ span: { ...call, start: expr.callee.span.end }, text: '' }] }] : []
  const tensors = [...args.positional, ...args.named.values()].flatMap(({ value }) =>
    value !== 'hole' && value.kind === 'tensor' ? [value.node] : [],
  )
  // with a hole it would be the same
  const isItself = itself.length > 0 && wantsBlock(call, ctx)
  // a number stands where the map would
  const isShifted = formals[0]?.tensor === true && first !== undefined && first.value !== 'hole' && first.value.kind === 'int'
  const given = isItself ? [] : isFirst || isShifted ? firstArgument(call, ctx) : formal.tensor ? furtherArgument(formal.name, tensors, call, ctx) : []
  const block = isBare ? `without parentheses ${op} is the block itself` : `with a hole it is a block value: ${op}(_, …)`
  if (op === 'transpose' && formal.name === parameters.order.get(op)) return transposed(tensors[0], call, ctx)
  return {
    notes: [isFirst ? `pipe a value into it (x |> ${op}${isBare ? '' : '(…)'}); ${block}` : `write it as ${formal.name}: …`],
    fixes: [...itself, ...given, ...(formal.tensor ? [] : toFillIn(formal, call, ctx))],
  }
}

/** The order of a matrix transposed, or of the last two axes of several. */
function transposed(tensor: Node | undefined, call: Span, ctx: Context): Advice {
  const expr = expressionAt(call, ctx)
  const rank = tensor?.type.shape.length ?? 0
  const order = Array.from({ length: rank }, (_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis))
  const note = 'the axes in their new order: of a matrix [1, 0]; the second of a matmul is transposed by transpose_b: true'
  if (!expr || rank < 2) return { notes: [note] }
  const text = `[${order.join(', ')}]`
  return { notes: [note], fixes: [{ title: `write ${text}`, safety: rank === 2 ? 'safe' : 'unsafe', edits: [argumentEdit(expr, 'order', text)] }] }
}

/** The argument with its type where its value belongs: that only the author knows. */
function toFillIn({ name, wanted }: Formal, call: Span, ctx: Context): readonly Fix[] {
  const expr = expressionAt(call, ctx)
  const argument = `${name}: <${wanted}>`
  return expr ? [{ title: `write ${argument}`, safety: 'placeholder', edits: [argumentEdit(expr, name, argument)], isSaid: true }] : []
}
