import type { Details, Fix } from '../diagnostics/diagnostics.ts'
import { printDim, printShape } from '../dim/print.ts'
import type { InputNode } from '../graph/graph.ts'
import type { Context } from '../elaborate/context.ts'
import type { Remedy } from './remedy.ts'
import { declaredShapeEdit } from './edits/declared-shape.ts'

/** An input that looks like [channels, height, width], where nothing is left for a window. */
export const channelsFirst: Remedy<'refused-call'> = ({ problem }, ctx) => {
  if (problem.code !== 'shape/window-too-large') return {}
  const { labels, ...rest } = turnedInput(ctx)
  return { ...rest, labels: labels.filter(({ origin }) => !problem.labels.some(({ extent }) => extent.origin === origin)) }
}

/** Whether an input looks so, and can be written otherwise. */
export const isChannelsFirst = (ctx: Context): boolean => turnedInput(ctx).fixes.length > 0

/** What is said of an input that looks like [channels, height, width], as other frameworks have it. */
export function turnedInput(ctx: Context): Required<Details> {
  const input = ctx.run.builder.inputs.find(looksTurned)
  if (!input) return { labels: [], notes: [], fixes: [] }
  const [channels, height, width] = input.type.shape
  const edit = declaredShapeEdit(input, [1, 2, 0], ctx)
  const fixes: readonly Fix[] = edit ? [{ title: `write ${edit.text}`, safety: 'unsafe', edits: [edit] }] : []
  const labels = [{ origin: channels!.origin, text: `${printDim(channels!.dim)} is the height here` }]
  return {
    labels,
    notes: [`maps are [height, width, channels]: is ${input.name} meant to be ${printShape([height!, width!, channels!])}?`],
    fixes,
  }
}

function looksTurned({ type: { shape } }: InputNode): boolean {
  const [first, second, third] = shape.map(({ dim }) => dim)
  return shape.length === 3 && (first === 1 || first === 3 || first === 4) && !isFew(second) && !isFew(third)
}

const isFew = (dim: unknown): boolean => typeof dim === 'number' && dim < 16
