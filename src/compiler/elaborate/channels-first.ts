import { printShape } from '../dim/print.ts'
import type { InputNode } from '../graph.ts'
import type { Context } from './context.ts'

/** A note on an input that looks like [channels, height, width], as other frameworks have it. */
export function channelsFirst(ctx: Context): readonly string[] {
  const input = ctx.run.builder.inputs.find(looksTurned)
  if (!input) return []
  const [channels, height, width] = input.type.shape
  return [`maps are [height, width, channels]: is ${input.name} meant to be ${printShape([height!, width!, channels!])}?`]
}

function looksTurned({ type: { shape } }: InputNode): boolean {
  const [first, second, third] = shape.map(({ dim }) => dim)
  return shape.length === 3 && (first === 1 || first === 3 || first === 4) && !isFew(second) && !isFew(third)
}

const isFew = (dim: unknown): boolean => typeof dim === 'number' && dim < 16
