import type { Details, Fix } from '../../diagnostics/diagnostics.ts'
import { printDim, printShape } from '../../dim/print.ts'
import type { OpName } from '../../library/names.ts'
import type { Node, Shape } from '../../graph/graph.ts'
import type { Remedy } from '../remedy.ts'
import { textOf, userOrigin, type Span } from '../../text/source.ts'
import { originAt, type Context } from '../../elaborate/context.ts'
import { declaredShapeEdit } from '../edits/declared-shape.ts'
import { gateOfVector } from './gate-of-vector.ts'
import { behindLoop } from './behind-loop.ts'
import { rowsKept } from './rows-kept.ts'
import { stepBefore } from '../edits/step-before.ts'
import { declaredShape } from '../written.ts'
import { isNamedTurned, isPictureTurned } from '../../reading/channels-first.ts'
import { withoutStep } from '../../fixes/without-step.ts'
import type { TensorValue } from '../../elaborate/value.ts'
import { vectorStep } from '../vector-step.ts'
import type { Place } from '../../elaborate/place.ts'

const dense: OpName = 'dense'

/** What may give a tensor the number of axes that a parameter wants. */
export const axesWanted: Remedy<'wrong-rank'> = ({ wanted, value, place }, ctx) => {
  const { shape } = value.node.type
  const gate = wanted === 3 && shape.length === 1 ? gateOfVector(place.op, shape, userOrigin(originAt(ctx, place.call)).span, ctx) : undefined
  if (gate) return gate
  return {
    labels: wanted === 3 ? whereVector(value) : [],
    notes: [...noteOn(wanted, shape, isTurned(value.node, ctx)), ...(wanted === 1 && place.op === dense ? ['a dense layer at each place of a map is conv(units, 1x1)'] : [])],
    fixes: rankFixes(wanted, value, place, ctx),
  }
}

function noteOn(wanted: number, shape: Shape, isTurned: boolean): readonly string[] {
  const found = shape.length
  if (wanted === 1 && found === 3) return ['to make a vector of a map use flatten (all elements) or pool.global (one per channel)']
  if (wanted !== 3) return []
  if (found === 1) return ['a vector has no height and width any more: flatten or pool later, or reshape it']
  if (found === 2) return [`a map has channels: ${printShape([...shape, { dim: 1 }])}`]
  if (found !== 4) return []
  const [, ...map] = shape
  return [isTurned ? `the batch is never written, and the channels are last: ${printShape([...map.slice(1), ...map.slice(0, 1)])}` : `the batch is never written: ${printShape(map)}`]
}

/** Where a vector was a map before, if that is not where it comes from. */
function whereVector({ node, origin }: TensorValue): NonNullable<Details['labels']> {
  const made = node.type.shape.length === 1 ? vectorStep(node) : undefined
  return made && userOrigin(origin).span.start !== made.step.start
    ? [{ origin: { span: made.step, frame: undefined }, text: 'the map becomes a vector here' }]
    : []
}

function rankFixes(wanted: number, { node, origin }: TensorValue, place: Place, ctx: Context): readonly Fix[] {
  const found = node.type.shape.length
  if (wanted === 1 && found === 3) return stepsToVector(node).flatMap((step) => before(place, step, ctx))
  const call = userOrigin(originAt(ctx, place.call)).span
  if (wanted === 3 && found === 1) return withMap(userOrigin(origin).span, vectorStep(node)?.step, call, ctx)
  const input = wanted === 3 ? ctx.run.builder.inputs.find((one) => one === node) : undefined
  if (input && found === 2) return withChannel(input, ctx)
  if (!input || found !== 4 || !isBatch(input)) return []
  const edit = declaredShapeEdit(input, isTurned(input, ctx) ? [2, 3, 1] : [1, 2, 3], ctx)
  return edit ? [{ title: `leave out the batch: ${edit.text}`, safety: 'unsafe', edits: [edit] }] : []
}

/** Whether an input is [batch, channels, height, width]. */
function isTurned(input: Node, ctx: Context): boolean {
  const [, first, second, third] = input.type.shape
  const written = input.type.shape.length === 4 ? declaredShape(input, ctx) : undefined
  const isNamed = written !== undefined && isNamedTurned({ ...written, items: written.items.slice(1) })
  return isNamed || (written !== undefined && first !== undefined && second !== undefined && third !== undefined && isPictureTurned(first.dim, second.dim, third.dim))
}

const isBatch = ({ type: { shape } }: Node): boolean => {
  const [first] = shape
  return first !== undefined && (first.dim === 1 || batchNames.has(printDim(first.dim).toLowerCase()))
}

const batchNames: ReadonlySet<string> = new Set(['n', 'b', 'bs', 'batch', 'batchsize', 'batch_size'])

/** Height and width of grey pictures, whose one channel nobody writes elsewhere. */
function withChannel(input: Node, ctx: Context): readonly Fix[] {
  const edit = declaredShapeEdit(input, [0, 1], ctx, ['1'])
  return edit ? [{ title: `write the one channel: ${edit.text}`, safety: 'unsafe', edits: [edit] }] : []
}

/** VGG's 7x7x512 is the most that published classifiers flatten; of a larger map, or one of any size, the mean is taken. */
const mostFlattened = 25_088

function stepsToVector({ type: { shape } }: Node): readonly OpName[] {
  const elements = shape.reduce((product, { dim }) => product * (typeof dim === 'number' ? dim : Infinity), 1)
  return elements <= mostFlattened ? ['flatten', 'pool.global'] : ['pool.global', 'flatten']
}

function before(place: Place, step: string, ctx: Context): readonly Fix[] {
  const places = [place, ...(place.alike ?? []).map((other) => ({ ...place, ...other }))]
  const edits = places.map((one) => stepBefore(one, step, ctx)).filter((edit) => edit !== undefined)
  if (edits.length < places.length) return []
  const texts = edits.map(({ text, span }) => `${text}${span.start === span.end ? textOf(calledAt(place, ctx)) : ''}`)
  return [{ title: `write ${texts.join(' and ')}`, safety: 'unsafe', edits }]
}

const calledAt = ({ call }: Place, ctx: Context): Span => userOrigin(originAt(ctx, call)).span

/** A map for an op that reads one: what made a vector of it goes, or comes behind the loop. */
function withMap(last: Span, step: Span | undefined, call: Span, ctx: Context): readonly Fix[] {
  if (!step) return []
  const without = step.start === last.start && step.source === last.source ? withoutStep(step, ctx.run.modules) : undefined
  const leftOut: readonly Fix[] = without ? [{ title: `leave out |> ${textOf(step)}`, safety: 'unsafe', edits: [without] }] : []
  const kept = rowsKept(step, ctx)
  return [...kept.fixes, ...(kept.isFactor ? [] : leftOut), ...behindLoop(step, call, ctx)]
}
