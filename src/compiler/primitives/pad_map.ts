import { add, subtract, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { hasBatch, type Extent, type TensorType } from '../graph/graph.ts'
import { type Axis, decided, mapAxes } from './shape/axis.ts'
import { unlessAtLeast } from './shape/claim.ts'
import type { Pads } from './shape/pads.ts'
import { padded } from './tfjs/padded.ts'
import { argument, extent, runtime, tf, type Expression, type Liftable } from './tfjs/expression.ts'
import { blaming, definePrimitive, problem, type Padding, type Refused, type ResultExtent } from './primitive.ts'
import { mapOf } from './shape/map-of.ts'
import { wrongRank } from './shape/rank.ts'
import { withBatch } from './tfjs/sample-axes.ts'
import { signsOf, united, type Signs } from './signs.ts'

type Mode = 'zero' | 'reflect' | 'symmetric'

/** How many more elements than it is padded by an axis needs. */
const spare: Readonly<Record<Mode, number | undefined>> = { zero: undefined, reflect: 1, symmetric: 0 }

export const padMap = definePrimitive({
  name: 'pad_map',
  doc: `The map with rows and columns around it: of \`value\` (\`zero\`), mirrored at the border elements (\`reflect\`: c b | a
b c | b a), or mirrored with them (\`symmetric\`: b a | a b c | c b).`,
  result: '[H + top + bottom, W + left + right, C]',
  example: `input x: [32, 32, 16]
output y: [38, 38, 16] = pad_map(x, [[3, 3], [3, 3]], reflect)`,
  signature: {
    x: { kind: 'tensor', means: 'map', doc: 'the map [H, W, C]' },
    amounts: { kind: 'padding', doc: '[[top, bottom], [left, right]]' },
    mode: { kind: { words: ['zero', 'reflect', 'symmetric'] }, default: 'zero', doc: 'what is put there' },
    value: { kind: 'number', default: 0, doc: 'the constant of the mode `zero`' },
  },
  facts: { perChannel: ['x'] },
  factsOf: ({ amounts, mode, value }) => {
    if (isNothing(amounts)) return { linear: [['x']], moves: { repeats: false }, identity: 'x', sign: ({ x }) => x }
    if (mode !== 'zero') return { linear: [['x']], moves: { repeats: true }, sign: ({ x }) => x }
    const filled = { moves: { repeats: false, fill: value }, sign: ({ x }: { readonly x: Signs }) => united(x, signsOf([value])) }
    return value === 0 ? { ...filled, linear: [['x']] } : filled
  },
  shape: ({ x, amounts, mode }) => {
    if (typeof amounts === 'string')
      return blaming({ parameter: 'amounts' }, problem('shape/padding', { op: 'pad_map', value: amounts }))
    const refused = wrongRank('pad_map', 'x', x, 'map')
    if (refused) return refused
    const rows = enlarged(mapOf(x).h, amounts[0], mode, mapAxes.height)
    if ('problem' in rows) return rows
    const columns = enlarged(mapOf(x).w, amounts[1], mode, mapAxes.width)
    if ('problem' in columns) return columns
    return [rows, columns, mapOf(x).c]
  },
  targets: {
    tfjs: {
      run: ({ x, amounts, mode, value }) => {
        // the shape rule lets explicit amounts pass only
        if (typeof amounts === 'string' || isNothing(amounts)) return argument('x')
        if (mode === 'zero') return padded(argument('x'), hasBatch(x), amounts, value)
        return mirroredAlong(1, mirroredAlong(0, argument('x'), x, amounts, mode), x, amounts, mode)
      },
      module: ({ amounts, mode }) =>
        typeof amounts === 'string' || isNothing(amounts) || mode === 'zero'
          ? undefined
          : runtime('mirrorPad', argument('x'), amounts, mode),
    },
  },
})

const isNothing = (amounts: Padding): boolean => typeof amounts !== 'string' && amounts.flat().every((amount) => amount === 0)

/** Reversed runs beside the map: the gradient of tfjs' own mirrorPad forgets what they add to the border. */
function mirroredAlong(axis: 0 | 1, map: Expression, type: TensorType, amounts: Pads, mode: 'reflect' | 'symmetric'): Expression {
  const [before, after] = amounts[axis]
  const at = axis + (hasBatch(type) ? 1 : 0)
  const reversed = (begin: Dim, size: Dim): Expression => {
    const box = (along: Expression, rest: number): readonly Liftable[] =>
      withBatch<Liftable>(
        type,
        rest,
        [0, 1, 2].map((i) => (i === axis ? along : rest)),
      )
    return tf('reverse', tf('slice', map, box(extent(begin), 0), box(extent(size), -1)), at)
  }
  const skipped = mode === 'reflect' ? 1 : 0
  const end = subtract(type.shape[axis]!.dim, add(after, skipped))
  const parts = [...(before === 0 ? [] : [reversed(skipped, before)]), map, ...(after === 0 ? [] : [reversed(end, after)])]
  return parts.length === 1 ? map : tf('concat', parts, at)
}

function enlarged(input: Extent, [before, after]: readonly [number, number], mode: Mode, axis: Axis): ResultExtent | Refused {
  if (before + after === 0) return input
  const needed = spare[mode]
  const most = Math.max(before, after)
  if (needed !== undefined) {
    const labels = [decided(input, axis)]
    const limit = `the ${axis.name} ${printDim(input.dim)}${needed === 0 ? ' + 1' : ''}`
    const refused = unlessAtLeast({ op: 'pad_map', axis: axis.name, a: input.dim, b: most + needed, labels }, () =>
      blaming(
        { parameter: 'amounts' },
        problem('shape/padding-too-large', { op: 'pad_map', axis: axis.name, pad: String(most), limit }, labels),
      ),
    )
    if (refused) return refused
  }
  const dim = add(input.dim, before + after)
  return { dim, how: `${printDim(input.dim)} + ${before} + ${after} = ${printDim(dim)}`, from: [input] }
}
