import { createCanvas, textWidth, type Canvas, type Color } from './canvas.ts'
import type { EpochReport, Score } from '../training/reports.ts'

const ink: Color = [40, 40, 40]
const faint: Color = [222, 222, 222]
const colors: Readonly<Record<'training' | 'validation', Color>> = { training: [31, 98, 184], validation: [214, 96, 20] }

/** A rectangle of the picture, in pixels. */
interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Series {
  readonly name: 'training' | 'validation'
  /** By epoch; values that are not finite are left out. */
  readonly points: readonly (readonly [epoch: number, value: number])[]
}

/**
 * A picture (PNG) of how a training went: the loss over the epochs and, beside it, the first metric, of training and of
 * validation samples. A loss that falls by more than two orders of magnitude is drawn on a logarithmic axis.
 */
export function drawLearningCurve(title: string, epochs: readonly EpochReport[]): Uint8Array {
  const panels = ['loss', ...Object.keys(epochs[0]?.metrics ?? {}).slice(0, 1)]
  const [width, height, top] = [500, 400, 40]
  const canvas = createCanvas(width * panels.length, height)
  canvas.text(20, 14, title, ink, 2)
  for (const [i, name] of panels.entries()) {
    drawPanel(canvas, { x: i * width + 90, y: top + 40, width: width - 115, height: height - top - 90 }, name, epochs)
  }
  return canvas.toPng()
}

function drawPanel(canvas: Canvas, area: Area, name: string, epochs: readonly EpochReport[]): void {
  const valueOf = (score: Score | undefined): number => (name === 'loss' ? score?.loss : score?.metrics[name]) ?? NaN
  const series: readonly Series[] = [
    { name: 'training', points: finite(epochs.map((report) => [report.epoch, valueOf(report)])) },
    { name: 'validation', points: finite(epochs.map(({ epoch, validation }) => [epoch, valueOf(validation)])) },
  ]
  const values = series.flatMap(({ points }) => points.map(([, value]) => value))
  const across = epochAxis(epochs.map(({ epoch }) => epoch))
  const upward = name === 'loss' ? lossAxis(values) : linearAxis(values)
  const x = (epoch: number): number => area.x + across.place(epoch) * area.width
  const y = (value: number): number => area.y + (1 - upward.place(value)) * area.height

  canvas.text(area.x, area.y - 24, upward.logarithmic ? `${name} (logarithmic)` : name, ink, 2)
  for (const tick of upward.ticks) {
    canvas.rectangle(area.x, y(tick), area.width, 1, faint)
    const label = tickText(tick)
    canvas.text(area.x - 8 - textWidth(label, 2), y(tick) - 7, label, ink, 2)
  }
  for (const tick of across.ticks) {
    canvas.rectangle(x(tick), area.y + area.height, 1, 6, ink)
    const label = String(tick)
    canvas.text(x(tick) - textWidth(label, 2) / 2, area.y + area.height + 11, label, ink, 2)
  }
  canvas.rectangle(area.x, area.y, 1, area.height, ink)
  canvas.rectangle(area.x, area.y + area.height, area.width + 1, 1, ink)
  canvas.text(area.x + area.width - textWidth('epoch', 2), area.y + area.height + 32, 'epoch', ink, 2)
  for (const { name: which, points } of series)
    drawSeries(
      canvas,
      points.map(([epoch, value]) => [x(epoch), y(value)]),
      colors[which],
    )
  drawLegend(canvas, area, series.filter(({ points }) => points.length > 0))
}

const finite = (points: Series['points']): Series['points'] => points.filter(([, value]) => Number.isFinite(value))

/** Up to this many epochs have a dot each. */
const mostDots = 40

function drawSeries(canvas: Canvas, places: readonly (readonly [x: number, y: number])[], color: Color): void {
  for (const [i, [x, y]] of places.entries()) {
    const before = places[i - 1]
    if (before) canvas.line(...before, x, y, color, 2)
    if (places.length <= mostDots) canvas.line(x, y, x, y, color, 6)
  }
}

/** Below the panel, where no curve can run through it. */
function drawLegend(canvas: Canvas, { x, y, height }: Area, series: readonly Series[]): void {
  let left = x
  for (const { name } of series) {
    const middle = y + height + 38
    canvas.line(left, middle, left + 20, middle, colors[name], 4)
    canvas.text(left + 28, middle - 6, name, ink, 2)
    left += 28 + textWidth(name, 2) + 24
  }
}

interface Axis {
  /** From 0 at the beginning of the axis to 1 at its end. */
  readonly place: (value: number) => number
  readonly ticks: readonly number[]
  readonly logarithmic: boolean
}

function epochAxis(epochs: readonly number[]): Axis {
  const [first, last] = [epochs[0] ?? 1, epochs.at(-1) ?? 1]
  const step = Math.max(1, niceStep((last - first) / 6))
  const ticks = multiples(step, first, last)
  return {
    place: first === last ? () => 0.5 : (epoch) => (epoch - first) / (last - first),
    ticks: ticks.includes(first) ? ticks : [first, ...ticks.filter((tick) => tick - first >= step / 2)],
    logarithmic: false,
  }
}

function lossAxis(values: readonly number[]): Axis {
  const [low, high] = [least(values), most(values)]
  if (!(low > 0) || high / low <= 100) return linearAxis(values)
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const every = Math.ceil((to - from) / 8)
  const ticks = multiples(every, from, to).map((exponent) => Number(`1e${exponent}`))
  return { place: (value) => (Math.log10(value) - from) / (to - from), ticks, logarithmic: true }
}

function linearAxis(values: readonly number[]): Axis {
  const [low, high] = values.length === 0 ? [0, 1] : [least(values), most(values)]
  const step = niceStep((high - low || Math.abs(high) || 1) / 5)
  const [from, to] = [Math.floor(low / step) * step, Math.max(Math.ceil(high / step), Math.floor(low / step) + 1) * step]
  return { place: (value) => (value - from) / (to - from), ticks: multiples(step, from, to), logarithmic: false }
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)

/** The next number of the form 1, 2 or 5 times a power of ten. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE)))
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power
}

/** Those between two numbers, the ends included in spite of rounding. */
function multiples(step: number, from: number, to: number): readonly number[] {
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.floor(to / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, i) => (first + i) * step)
}

function tickText(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(0) : String(Number(value.toPrecision(6)))
}
