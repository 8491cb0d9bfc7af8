import type { Fix } from '../../diagnostics/diagnostics.ts'
import { keyOf } from '../../dim/expr.ts'
import { hasBatch, type Extent, type Node } from '../../graph/graph.ts'
import { denseStep, projection } from '../../library/step-text.ts'
import { indentOf } from '../../text/source.ts'
import { extentText } from '../edits/extent-text.ts'
import { stepsBehind } from '../edits/step-behind.ts'
import { inputAt } from '../input-at.ts'
import type { Meeting } from '../meeting.ts'

/**
 * A vector that goes along the channels of a map, and has as many elements as an input: a dense layer gives it others, and where the
 * input is a map, a 1x1 convolution of that does.
 */
export function vectorFixes({ operands, ctx }: Meeting): readonly Fix[] {
  const map = operands.find(({ node }) => node.type.shape.length === 3)?.node.type.shape ?? []
  const [channels] = map.slice(2)
  const vectors = operands.filter(({ node: { type } }) => hasBatch(type) && type.shape.length === 1)
  const inputs = new Set(vectors.map(({ node }) => inputAt(node.type.shape[0]!.origin.span, ctx)))
  const [input] = inputs
  // as long as the map is high, it was made for channels that stand there
  const isOfAxis = vectors.some(({ node }) => map.some(({ dim }) => keyOf(dim) === keyOf(node.type.shape[0]!.dim)))
  if (!channels || !input || inputs.size > 1 || isOfAxis) return []
  const step = denseStep(extentText(channels, ctx), ctx.run.modules)
  return [
    ...stepsBehind(vectors.map((operand) => ({ operand, step })), ctx),
    ...(input.type.shape.length === 3 ? projected(input, channels, ctx) : []),
  ]
}

/** A statement behind the inputs that gives one of them other channels, under the same name. */
function projected(input: Node & { readonly name: string }, channels: Extent, ctx: Meeting['ctx']): readonly Fix[] {
  const last = ctx.run.builder.inputs.at(-1)?.origins[0].span
  if (ctx.frame || !last) return []
  const text = `${input.name} = ${input.name} |> ${projection(extentText(channels, ctx), ctx.run.modules)}`
  return [{ title: `write ${text}`, safety: 'unsafe', edits: [{ span: { ...last, start: last.end }, text: `\n${indentOf(last)}${text}` }] }]
}
