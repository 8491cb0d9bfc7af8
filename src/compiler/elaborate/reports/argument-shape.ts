import type { Details } from '../../diagnostics/diagnostics.ts'
import { printDim, printShape } from '../../dim/print.ts'
import type { Extent } from '../../graph/graph.ts'
import { axisOf, decided, type Axis } from '../../primitives/shape/axis.ts'
import { contains, textOf } from '../../text/source.ts'
import { fail, type Context } from '../context.ts'
import type { TensorValue } from '../value.ts'
import type { Place } from '../place.ts'
import type { Misfit } from '../misfit.ts'
import { labelText } from '../../text/label-text.ts'

/** Reports an argument of the right number of axes, some of which are not as long as they have to be. */
export function reportMisfits(misfits: readonly Misfit[], value: TensorValue, place: Place, ctx: Context): void {
  const { shape } = value.node.type
  const rank = shape.length
  const facts = {
    op: place.op,
    argument: place.argument,
    wanted: enumerated(misfits.map((misfit) => wantedAlong(misfit, rank))),
    found: enumerated(misfits.map(({ axis }) => printDim(shape[axis]!.dim))),
    shape: printShape(shape),
  }
  const labels = misfits.flatMap((misfit) => [
    neededLabel(misfit, rank),
    labelOf(shape[misfit.axis]!, axisOf(rank, misfit.axis)),
  ])
  fail(ctx, 'shape/argument', facts, place.span, { labels, cause: { kind: 'wrong-extents', misfits, value, place } })
}

const enumerated = (words: readonly string[]): string =>
  [...(words.length > 1 ? [words.slice(0, -1).join(', ')] : []), ...words.slice(-1)].join(' and ')

/** `3 channels`, `height 7`, `C = 3 (the channels of x) along axis 0`. */
function wantedAlong({ axis, written, wanted, bound }: Misfit, rank: number): string {
  const { name, said } = axisOf(rank, axis)
  const size = printDim(wanted.dim)
  const number = textOf(written.span) === size ? size : `${textOf(written.span)} = ${size}`
  const reason = bound ? ` (${boundAs(bound)})` : ''
  if (said === 'counted') {
    const isSame = bound && axisOf(bound.rank, bound.axis).said === 'counted'
    return `${number} ${wanted.dim === 1 ? 'channel' : 'channels'}${isSame ? ` (as many as ${bound.argument})` : reason}`
  }
  return said === 'numbered' ? `${number}${reason} along ${name}` : `${name} ${number}${reason}`
}

const boundAs = ({ argument, axis, rank }: NonNullable<Misfit['bound']>): string => {
  const { name, said } = axisOf(rank, axis)
  return said === 'numbered' ? `${name} of ${argument}` : `the ${name} of ${argument}`
}

type Label = NonNullable<Details['labels']>[number]

const labelOf = (extent: Extent, axis: Axis): Label & ReturnType<typeof labelText> => ({ ...decided(extent, axis), origin: extent.origin })

/** Where the parameter says so, or what a name in its shape was bound to. */
function neededLabel({ axis, written, wanted, bound }: Misfit, rank: number): Label {
  if (bound) return labelOf(wanted, axisOf(bound.rank, bound.axis))
  const label = labelOf(wanted, axisOf(rank, axis))
  return contains(written.span, label.origin.span) ? { ...label, ...labelText(label.what, 'needed') } : label
}
