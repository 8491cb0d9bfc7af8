import type { Details, Fix } from '../../diagnostics/diagnostics.ts'
import { joinDetails } from '../../diagnostics/join-details.ts'
import type { Extent, Node } from '../../graph/graph.ts'
import type { Problem } from '../../primitives/primitive.ts'
import { isSamePlace, userOrigin } from '../../text/source.ts'
import { primitives } from '../../primitives/index.ts'
import { alignFixes, nameOf, operandOf } from './alignment.ts'
import { callOf } from '../../library/library-call.ts'
import { parameters, type OpName, type Parameter } from '../../library/names.ts'
import { writeArgument } from '../../library/written-call.ts'
import { windowsOf } from '../windows-of-branch.ts'
import { hasTurnedScale } from '../channels-first/turned-operand.ts'
import { vectorFixes } from './fed-vector.ts'
import { channelFixes } from './unequal-channels.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import { decidedFixes } from './decided-extent.ts'
import { isSameExtent } from '../edits/extent-text.ts'
import type { Remedy } from '../remedy.ts'
import { expressionAt } from '../written.ts'
import { meetingAt, type Meeting } from '../meeting.ts'
import { joinedAlongRows } from './joined-along-rows.ts'
import { partsMeant } from './parts-of-split.ts'
import { resizeFixes, setsSize } from './resizing.ts'
import { sizeAdvice } from './sizes-explained.ts'
import { weightsOfSum } from './weights-of-sum.ts'
import { isLess, isValidThroughout, sizeFixes, type Sizes } from './unequal-sizes.ts'

/** The argument that settles a problem of the call alone. */
const calls: Readonly<Record<string, readonly [Parameter, value: string]>> = {
  'shape/inner-mismatch': [parameters.transposes, 'true'],
  'shape/half-even-kernel': [parameters.padding, 'same'],
}

type Labels = NonNullable<Details['labels']>

const concat: OpName = 'fuse.concat'

/** Ways out of a problem between tensors: a projection, an alignment, another number. */
export const tensorsThatFit: Remedy<'refused-call'> = ({ problem, op, nodes, entry, primitive, call }, ctx) => {
  if (hasTurnedScale(nodes)) return {}
  const at = userOrigin(originAt(ctx, call)).span
  const calling = calls[problem.code]
  const written = calling && expressionAt(at, ctx)
  const settling = written && writeArgument(callOf(op, written, ctx.run.modules), ...calling)
  const settled: readonly Fix[] = settling ? [{ title: `write ${settling.text}`, safety: 'unsafe', edits: [settling.edit] }] : []
  const [a, b] = problem.labels.map(({ extent }) => extent)
  const decided = a && b && mismatches.has(problem.code) ? decidedFixes({ extents: [a, b], tensors: nodes }, ctx) : { computed: [], fed: [] }
  const meeting = meetingAt(at, entry, ctx)
  switch (problem.code) {
    case 'shape/size-mismatch': {
      const sizes = a && b && sizesOf(a, b, nodes, ctx)
      const isElementwise = primitive !== undefined && primitives.get(primitive)?.facts.elementwise === true
      if (!sizes) return { fixes: [...decided.computed, ...decided.fed] }
      return (
        joinedAlongRows([sizes.small, sizes.large], sizes.axis, ctx) ?? {
          labels: whereSet(sizes, [a, b]),
          notes: sizeAdvice(sizes),
          fixes: [...decided.computed, ...forSizes(sizes, meeting, isElementwise, ctx), ...decided.fed],
        }
      )
    }
    case 'shape/channel-mismatch':
      return joinDetails(partsMeant([a, b], ctx), {
        fixes: [...weightsOfSum(nodes, at, ctx), ...decided.computed, ...(meeting ? [...vectorFixes(meeting), ...channelFixes(ownersOf([a, b], nodes), meeting)] : []), ...decided.fed],
      })
    case 'shape/rank':
      return op === concat && nodes.some(({ type }) => type.shape.length === 1) ? { notes: [noteOnVectors] } : {}
    default:
      return calling ? { fixes: [...settled, ...decided.computed, ...decided.fed] } : {}
  }
}

/** The calls that say what size a map is to have: what decides it may be a name that many read. */
const whereSet = ({ branch, shortcut }: Sizes, said: readonly Extent[]): Labels =>
  [branch, shortcut].flatMap((windows) => {
    const last = windows.find(setsSize)
    const isSaid = last && said.some(({ origin }) => isSamePlace(userOrigin(origin).span, last.written.expr.span))
    return last && !isSaid ? [{ origin: { span: last.written.expr.span, frame: last.frame }, text: 'the size is set here' }] : []
  })

const noteOnVectors =
  'a vector has no height and width: reshaped to [1, 1, C] and resized like the map it is the same at every place of it'

const mismatches: ReadonlySet<Problem['code']> = new Set([
  'shape/size-mismatch',
  'shape/channel-mismatch',
  'shape/inner-mismatch',
])

const ownersOf = (extents: readonly (Extent | undefined)[], tensors: readonly Node[]): readonly Node[] =>
  extents.flatMap((extent) => tensors.find(({ type }) => extent && type.shape.some((own) => isSameExtent(own, extent))) ?? [])

/** The maps whose sizes differ, and the axis along which they do; undefined where nobody can say which is larger. */
function sizesOf(a: Extent, b: Extent, tensors: readonly Node[], ctx: Context): Sizes | undefined {
  const [less, more] = isLess(a.dim, b.dim) ? [a, b] : isLess(b.dim, a.dim) ? [b, a] : []
  for (const axis of [0, 1]) {
    const [small, large] = [less, more].map((extent) =>
      tensors.find(({ type }) => extent && type.shape.length === 3 && isSameExtent(type.shape[axis]!, extent)),
    )
    if (small && large)
      return { axis, small, large, branch: windowsOf(small, large, axis, ctx), shortcut: windowsOf(large, small, axis, ctx) }
  }
  return undefined
}

/** What is done where the maps are made, then what is done where they meet; without padding anywhere this first. */
function forSizes(sizes: Sizes, meeting: Meeting | undefined, isElementwise: boolean, ctx: Context): readonly Fix[] {
  const [small, large] = [sizes.small, sizes.large].map((node) => {
    const operand = meeting && operandOf(node, meeting.operands)
    return operand && nameOf(operand, meeting.operands, sizes, meeting.ctx)
  })
  const resized = resizeFixes(sizes, { small, large, at: meeting?.call.span }, meeting?.ctx ?? ctx)
  const aligned = meeting ? alignFixes(sizes, meeting, isElementwise) : []
  const made = [...sizeFixes(sizes, ctx), ...resized]
  return isValidThroughout(sizes, ctx) ? [...aligned, ...made] : [...made, ...aligned]
}
