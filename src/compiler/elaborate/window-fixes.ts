import type { Expr } from '../ast.ts'
import type { Fix } from '../diagnostics.ts'
import type { InputNode, Node } from '../graph.ts'
import type { Problem } from '../primitives/primitive.ts'
import { textOf, type Span } from '../source.ts'
import { argumentEdit, namedArgument } from './argument-edit.ts'
import type { Context } from './context.ts'
import { placeKey, rememberOutgrown, writtenSize } from './least-sizes.ts'
import type { Remedies } from './missing-where.ts'
import { writing } from './writing.ts'

/**
 * What lets a window fit: padding, a larger input, a smaller window. Where the author pads other windows of this kind with `same`, this
 * one was forgotten; otherwise the network is mostly deeper than its input is large.
 */
export function windowFixes({ labels }: Problem, primitive: string, tensors: readonly Node[], at: Span, ctx: Context): Remedies {
  const [label] = labels
  if (!label) return { notes: [], fixes: [] }
  rememberOutgrown(label.extent, ctx)
  const call = ctx.run.modules.readExpression(at.source, textOf(at), at.start)
  const larger = largerInputs(ctx)
  const padded = paddingFixes(call, primitive)
  const isForgotten = primitive === 'conv2d_transpose' || ctx.run.builder.nodes.some((node) => isPadded(node, primitive))
  return {
    notes: larger.notes,
    fixes: [...(isForgotten ? [...padded, ...larger.fixes] : [...larger.fixes, ...padded]), ...smallerWindow(call, tensors)],
  }
}

const isPadded = (node: Node, primitive: string): boolean =>
  node.kind === 'op' && node.op === primitive && node.attributes['padding'] === 'same' && taps(node).some((extent) => extent !== 1)

/** Height and width of a node's window. */
const taps = ({ args, attributes }: Node & { readonly kind: 'op' }): readonly unknown[] => {
  const { kernel } = args
  return kernel && 'type' in kernel ? kernel.type.shape.slice(0, 2).map(({ dim }) => dim) : [attributes['size']].flat()
}

/** A transposed convolution is cut by its padding, any other window is helped by it. */
function paddingFixes(call: Expr, primitive: string): readonly Fix[] {
  const write = (padding: string, effect: string): Fix => ({
    title: `write padding: ${padding}, ${effect}`,
    edits: [argumentEdit(call, 'padding', `padding: ${padding}`)],
  })
  const same = write('same', 'with which any window fits')
  if (primitive !== 'conv2d_transpose') return [same]
  return [...(namedArgument(call, 'padding') ? [write('valid', 'which cuts nothing off')] : []), write('same', 'which keeps every row')]
}

/** The inputs from which on everything fits. */
function largerInputs({ run: { builder, knowledge } }: Context): Remedies {
  const { leastSizes } = knowledge
  if (!leastSizes) return { notes: [], fixes: [] }
  const axes = builder.inputs.flatMap((input) =>
    input.type.shape.flatMap((extent, axis) => {
      const span = writtenSize(extent)
      const size = span && leastSizes.get(placeKey(span))
      return span && size !== undefined ? [{ input, axis, span, size }] : []
    }),
  )
  if (axes.length === 0) return { notes: [], fixes: [] }
  const shapes = [...new Set(axes.map(({ input }) => input))].map((input) => ({ input, shape: enlarged(input, axes) }))
  const edits = axes.map(({ span, size }) => ({ span, text: String(size) }))
  return {
    notes: [`everything fits where ${shapes.map(({ input, shape }) => `${input.name} is at least ${shape}`).join(' and ')}`],
    fixes: [{ title: `write ${shapes.map(({ input, shape }) => `input ${input.name}: ${shape}`).join(' and ')}`, edits }],
  }
}

interface Larger {
  readonly input: InputNode
  readonly axis: number
  readonly size: number
}

/** The shape of an input as it is written, with other sizes. */
function enlarged(input: InputNode, axes: readonly Larger[]): string {
  const written = /\[([^[\]()]*)\]/.exec(textOf(input.origin.span))?.[1]?.split(',').map((extent) => extent.trim()) ?? []
  const sizes = input.type.shape.map((_, axis) => axes.find((one) => one.input === input && one.axis === axis)?.size ?? written[axis])
  return `[${sizes.join(', ')}]`
}

/** A square window as large as the map, where the call says how large it is and something remains of it. */
function smallerWindow(call: Expr, [map]: readonly Node[]): readonly Fix[] {
  const [height, width] = map?.type.shape.map(({ dim }) => dim) ?? []
  if (call.kind !== 'call' || typeof height !== 'number' || typeof width !== 'number') return []
  const written = call.args.flatMap(({ value }) => (value.kind === 'size' ? [value] : []))
  const [size, ...others] = written
  const [rows, columns] = size?.values ?? []
  if (!size || rows === undefined || columns === undefined || others.length > 0) return []
  const [tall, wide] = [Math.min(rows, height), Math.min(columns, width)]
  return tall === wide && tall > 1 ? [writing(`${tall}x${wide}`, size.span)] : []
}
