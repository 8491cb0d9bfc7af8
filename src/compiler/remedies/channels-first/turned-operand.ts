import type { Details, Edit } from '../../diagnostics/diagnostics.ts'
import { keyOf } from '../../dim/expr.ts'
import type { Node } from '../../graph/graph.ts'
import type { Cause, Context } from '../../elaborate/context.ts'
import { writingAll } from '../../fixes/writing.ts'
import type { OpName } from '../../library/names.ts'
import { statementsIn } from '../../syntax/statements-in.ts'
import { userOrigin } from '../../text/source.ts'
import { declarationAround } from '../surroundings.ts'
import { callAt } from '../written.ts'
import { reshapeTarget } from '../written-reshapes.ts'
import { kernelEdits, scaleEdit, turnedEdit } from './turned-text.ts'

/** Numbers for the channels of a map, or kernels, whose axes have the order of other frameworks. */
export function turnedOperand({ primitive, nodes: [a, b] }: Cause<'refused-call'>, ctx: Context): Details {
  if (!a || !b) return {}
  if (isOneOf(kernelOps, primitive)) return kernelsTurned(a, b, ctx)
  const [map, scale] = isScaleOf(a, b) ? [a, b] : isScaleOf(b, a) ? [b, a] : []
  return map && scale ? scaleTurned(scale, ctx) : {}
}

const [reshape, ...kernelOps] = ['reshape', 'conv2d', 'depthwise_conv2d'] as const satisfies readonly OpName[]

const isOneOf = (ops: readonly OpName[], name: string | undefined): boolean => ops.some((op) => op === name)

/** Whether a tensor is `[C, 1, 1]` beside a map of C channels. */
function isScaleOf(map: Node, { type: { shape } }: Node): boolean {
  const [channels, height, width] = shape
  const own = map.type.shape[2]
  return channels !== undefined && own !== undefined && shape.length === 3 && height?.dim === 1 && width?.dim === 1 && keyOf(channels.dim) === keyOf(own.dim)
}

/** Whether one of two tensors is for the channels of the other and stands along its rows. */
export const hasTurnedScale = ([a, b]: readonly Node[]): boolean => a !== undefined && b !== undefined && (isScaleOf(a, b) || isScaleOf(b, a))

function scaleTurned(scale: Node, ctx: Context): Details {
  const edits = isWeight(scale) ? inBodyOf(scale, ctx).flatMap(scaleEdit) : targetEdit(scale, ctx)
  return offered('maps are [height, width, channels]: numbers for the channels are [C] or [1, 1, C]', edits)
}

const isWeight = ({ kind }: Node): boolean => kind === 'param' || kind === 'state'

/** The statements of the body in which something is declared. */
function inBodyOf({ origins: [{ span }] }: Node, ctx: Context): ReturnType<typeof statementsIn> {
  const declaration = declarationAround(span, ctx)
  return declaration && declaration.kind !== 'const' ? statementsIn(declaration.body) : []
}

/** The reshape that gave a tensor its shape. */
function targetEdit(scale: Node, ctx: Context): readonly Edit[] {
  let made: Node | undefined = scale
  while (made?.kind === 'op' && made.op !== reshape) made = Object.values(made.args).flat().find(({ type }) => type.shape.length === 3)
  const call = made?.kind === 'op' ? callAt(userOrigin(made.origins[0]).span, ctx) : undefined
  const target = call && reshapeTarget(call)
  return target ? turnedEdit(target) : []
}

/** `[filters, channels, height, width]` where a convolution reads `[height, width, channels, filters]`. */
function kernelsTurned({ type: { shape: map } }: Node, kernel: Node, ctx: Context): Details {
  const [filters, channels, height, width] = kernel.type.shape.map(({ dim }) => dim)
  const own = map[2]?.dim
  const isTurned =
    filters !== undefined && channels !== undefined && own !== undefined && isWeight(kernel) && height === width && filters !== height &&
    [channels, ...(channels === 1 ? [filters] : [])].some((dim) => keyOf(dim) === keyOf(own))
  return isTurned ? offered('kernels are [height, width, channels, filters]', inBodyOf(kernel, ctx).flatMap(kernelEdits)) : {}
}

const offered = (note: string, edits: readonly Edit[]): Details =>
  edits.length > 0
    ? { notes: [note], fixes: [writingAll(edits)] }
    : {}
