import { keyOf, substitute, type Dim } from '../compiler/dim/expr.ts'
import { printDim, printShape } from '../compiler/dim/print.ts'
import { extentOf } from '../compiler/dim/variable.ts'
import type { Where } from '../compiler/elaborate/sink.ts'
import type { Value } from '../compiler/elaborate/value.ts'
import type { Shape } from '../compiler/graph/graph.ts'
import type { Frame } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { byCall, type InCall } from './told.ts'

/** An extent that takes more characters than these says less than none. */
const longestExtent = 16

/** What was told of a place. */
interface Told {
  readonly value: Value
  readonly where: Where
}

/** The shape of a tensor, or of several results: `[56, 56, 64]`, `maps [56, 56, 64], logits [10]`; undefined of anything else. */
export const shapeText = (value: Value): string | undefined => textOf(value, printShape)

function textOf(value: Value, print: (shape: Shape) => string): string | undefined {
  if (value.kind === 'tensor') return print(value.node.type.shape)
  if (value.kind !== 'results') return undefined
  const shapes = value.items.map((item, i) => [value.names[i], textOf(item, print)] as const)
  if (shapes.some(([, shape]) => shape === undefined)) return undefined
  return shapes.map(([name, shape]) => (name === undefined ? shape : `${name} ${shape}`)).join(', ')
}

/** The shapes that a place had in the turns of one call, each once in the order in which they came. */
export const shapesIn = ({ told }: InCall<Told>): readonly string[] => [...new Set(told.flatMap(({ value }) => shapeText(value) ?? []))]

/** What there is to show of the shapes that a place had, in few words. */
interface ShownShape {
  readonly text: string
  /** The shapes that it had, each once. */
  readonly all: readonly string[]
}

/**
 * The shape that a place has in every call; of turns of a loop the first and the last. Where calls differ, the one in terms of the
 * extents that its block is given, if it is short and says what all of them have, or else how many there are.
 * Behind one that is not that of all calls, for a mistake hides it in some, stands `, …`.
 */
export function shownShape(told: readonly Told[], analysis: Analysis): ShownShape | undefined {
  const { called, standing } = byCall(told)
  const ofCalls = called.map(shapesIn).filter((shapes) => shapes.length > 0)
  const texts = new Set(ofCalls.map(inTurns))
  const all = [...new Set(ofCalls.flat())]
  const alone = standing ? shapesIn(standing) : []
  // in some calls a mistake hides it
  const isPartial = ofCalls.length < called.length
  if (texts.size === 1 && !isPartial) return { text: [...texts][0]!, all }
  if (texts.size > 0) {
    const isSaid = standing !== undefined && alone.length === 1 && isClear(standing) && called.every((call) => agrees(call, standing, analysis))
    if (isSaid) return { text: alone[0]!, all }
    // what was known of all calls says more
    if (isPartial && analysis.lastGood) return undefined
    return { text: texts.size === 1 ? `${[...texts][0]!}, …` : `${all.length} shapes`, all }
  }
  if (!standing || alone.length === 0) return undefined
  return { text: inTurns([...new Set(standing.told.flatMap(({ value }) => textOf(value, printShort) ?? []))]), all: alone }
}

const inTurns = (shapes: readonly string[]): string => (shapes.length === 1 ? shapes[0]! : `${shapes[0]} … ${shapes.at(-1)}`)

const shapesOf = (value: Value): readonly Shape[] =>
  value.kind === 'tensor' ? [value.node.type.shape] : value.kind === 'results' ? value.items.flatMap(shapesOf) : []

const isShort = (text: string): boolean => text.length <= longestExtent && text !== '_'

const isClear = ({ told }: InCall<Told>): boolean =>
  told.flatMap(({ value }) => shapesOf(value)).every((shape) => shape.every(({ dim }) => isShort(printDim(dim))))

/** A shape without the extents that are long. */
const printShort = (shape: Shape): string =>
  `[${shape.map(({ dim }) => printDim(dim)).map((text) => (isShort(text) ? text : '…')).join(', ')}]`

/** Whether the shapes of a call are those where the block stands, for the extents that it was given. */
function agrees({ frame, told }: InCall<Told>, { told: alone }: InCall<Told>, analysis: Analysis): boolean {
  const given = frame && givenIn(analysis).get(frame)
  const [stands = []] = alone.map(({ value }) => shapesOf(value)).filter((shapes) => shapes.length > 0)
  const keys = (shapes: readonly Shape[], dimOf: (dim: Dim) => Dim): string =>
    shapes.map((shape) => shape.map(({ dim }) => keyOf(dimOf(dim))).join()).join(';')
  const wanted = keys(stands, (dim) => substitute(dim, (variable) => given?.get(variable.name) ?? extentOf(variable)))
  return told.flatMap(({ value }) => (shapeText(value) === undefined ? [] : [keys(shapesOf(value), (dim) => dim)])).every((one) => one === wanted)
}

const known = new WeakMap<Analysis, ReadonlyMap<Frame, ReadonlyMap<string, Dim>>>()

/** The extents and the ints that each call was given, by the names that its block has for them. */
function givenIn(analysis: Analysis): ReadonlyMap<Frame, ReadonlyMap<string, Dim>> {
  let all = known.get(analysis)
  if (!all) known.set(analysis, (all = readGiven(analysis)))
  return all
}

function readGiven({ names }: Analysis): ReadonlyMap<Frame, ReadonlyMap<string, Dim>> {
  const all = new Map<Frame, Map<string, Dim>>()
  for (const { meaning, value, where } of [...names.values()].flat()) {
    if (!where.frame || meaning.kind !== 'binding' || (meaning.binding.kind !== 'extent' && meaning.binding.kind !== 'parameter')) continue
    const given = all.get(where.frame) ?? new Map<string, Dim>()
    all.set(where.frame, given)
    if (value.kind === 'int') given.set(meaning.binding.name, value.dim)
    else if (value.kind === 'list') value.items.forEach((item, i) => item.kind === 'int' && given.set(`${meaning.binding.name}[${i}]`, item.dim))
  }
  return all
}
