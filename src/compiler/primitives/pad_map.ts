import { add, subtract, type Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { hasBatch, type Extent, type TensorType } from '../graph/graph.ts'
import { type Axis, decided, mapAxes } from './shape/axis.ts'
import { unlessAtLeast } from './shape/claim.ts'
import { noPads } from './shape/pads.ts'
import { padded } from './tfjs/padded.ts'
import { argument, extent, runtime, tf, type Expression, type Liftable } from './tfjs/expression.ts'
import { blaming, definePrimitive, problem, type Pads, type Problem, type Refused, type ResultExtent } from './primitive.ts'
import { mapOf } from './shape/map-of.ts'
import { wrongRank } from './shape/rank.ts'
import { withBatch } from './tfjs/sample-axes.ts'
import { signsOf, united, type Signs } from './signs.ts'
import { spanned, type Range } from './ranges.ts'

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
    amounts: { kind: 'pads', doc: '[[top, bottom], [left, right]]' },
    mode: { kind: { words: ['zero', 'reflect', 'symmetric'] }, default: 'zero', doc: 'what is put there' },
    value: { kind: 'number', default: 0, doc: 'the constant of the mode `zero`' },
  },
  facts: { perChannel: ['x'] },
  factsOf: ({ amounts, mode, value }) => {
    if (noPads(amounts)) return { linear: [['x']], moves: { repeats: false }, identity: 'x', sign: ({ x }) => x, range: ({ x }) => x }
    if (mode !== 'zero') return { linear: [['x']], moves: { repeats: true }, sign: ({ x }) => x, range: ({ x }) => x }
    const filled = { moves: { repeats: false, fill: value }, sign: ({ x }: { readonly x: Signs }) => united(x, signsOf([value])), range: ({ x }: { readonly x: Range }) => spanned(x, [value, value]) }
    return value === 0 ? { ...filled, linear: [['x']] } : filled
  },
  shape: ({ x, amounts, mode }) => {
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
        if (noPads(amounts)) return argument('x')
        if (mode === 'zero') return padded(argument('x'), hasBatch(x), amounts, value)
        return mirroredAlong(1, mirroredAlong(0, argument('x'), x, amounts, mode), x, amounts, mode)
      },
      module: ({ amounts, mode }) =>
        noPads(amounts) || mode === 'zero'
          ? undefined
          : runtime(
              'mirrorPad',
              argument('x'),
              amounts.map((sides) => sides.map(extent)),
              mode,
            ),
    },
  },
})

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

function enlarged(input: Extent, [before, after]: Pads[number], mode: Mode, axis: Axis): ResultExtent | Refused {
  if (before === 0 && after === 0) return input
  const labels = [decided(input, axis)]
  for (const amount of [before, after]) {
    const refused = unlessAdded(amount, axis, labels) ?? unlessMirrored(amount, input, mode, axis, labels)
    if (refused) return refused
  }
  const dim = add(input.dim, add(before, after))
  return { dim, how: `${printDim(input.dim)} + ${printTerm(before)} + ${printTerm(after)} = ${printDim(dim)}`, from: [input] }
}

const printTerm = (dim: Dim): string => (typeof dim === 'number' ? String(dim) : `(${printDim(dim)})`)

const larger = 'nothing is cut off by a padding; `crop` makes a map smaller'

/** The refusal of an amount that takes rows away. */
const unlessAdded = (amount: Dim, axis: Axis, labels: Problem['labels']): Refused | undefined =>
  unlessAtLeast({ op: 'pad_map', axis: axis.name, a: amount, b: 0, labels }, () =>
    blaming({ parameter: 'amounts' }, problem('shape/padding', { op: 'pad_map', value: printDim(amount) }, labels, [larger])),
  )

/** The refusal of a reflection of more than there is. */
function unlessMirrored(amount: Dim, input: Extent, mode: Mode, axis: Axis, labels: Problem['labels']): Refused | undefined {
  const needed = spare[mode]
  if (needed === undefined || amount === 0) return undefined
  const limit = `the ${axis.name} ${printDim(input.dim)}${needed === 0 ? ' + 1' : ''}`
  return unlessAtLeast({ op: 'pad_map', axis: axis.name, a: input.dim, b: add(amount, needed), labels }, () =>
    blaming(
      { parameter: 'amounts' },
      problem('shape/padding-too-large', { op: 'pad_map', axis: axis.name, pad: printDim(amount), limit }, labels),
    ),
  )
}
