import { shares } from '../../runtime/training/metric.ts'
import type { EpochReport, OutputScore, Report, Score, StepReport } from '../../runtime/training/reports.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface TrainingDisplay {
  readonly show: (report: Report) => void
  /** Removes what is drawn over again, before something else is written. */
  readonly clear: () => void
}

/** Every report as a line of JSON on stdout. */
export const jsonDisplay = ({ jsonLine }: Terminal): TrainingDisplay => ({
  show: jsonLine,
  clear: () => {},
})

interface DisplayOptions {
  readonly epochs: number
  readonly quiet: boolean
  /** Milliseconds. */
  readonly now?: () => number
}

/**
 * A line on stdout after each epoch. Within an epoch, a bar on stderr with its loss and metric so far and the time that the rest
 * of it takes; where nobody watches, a plain line every half minute.
 */
export function textDisplay(
  terminal: Terminal,
  { epochs, quiet, now = () => performance.now() }: DisplayOptions,
): TrainingDisplay {
  if (quiet) return { show: () => {}, clear: () => {} }
  const { redraw, result, note, outStyle, errStyle } = terminal
  const clear = (): void => redraw?.('')
  const interval = redraw ? 100 : 30_000
  let said = now()
  let seen: Seen | undefined

  const step = (report: StepReport): void => {
    seen =
      seen?.epoch === report.epoch
        ? { ...seen, steps: seen.steps + 1, mean: moved(seen.mean, report, seen.steps + 1) }
        : firstOf(report, now())
    if (now() - said < interval) return
    said = now()
    const left = report.stepsPerEpoch - report.stepOfEpoch
    const seconds = seen.steps === 1 ? undefined : ((said - seen.since) / 1000 / (seen.steps - 1)) * left
    const shown = { ...report, ...seen.mean }
    if (redraw) redraw(progressLine(shown, epochs, seconds, errStyle.width ?? 80, errStyle.unicode))
    else note(stepLine(shown, epochs, seconds))
  }
  return {
    clear,
    show: (report) => {
      if (report.kind === 'step') step(report)
      if (report.kind !== 'epoch') return
      clear()
      said = now()
      result(epochLine(report, epochs, outStyle))
    },
  }
}

/** The steps of an epoch that were shown so far. */
interface Seen {
  readonly epoch: number
  /** When the first of them was done. */
  readonly since: number
  readonly steps: number
  /** Over all of them: what single batches reach is too restless to read. */
  readonly mean: Score
}

const firstOf = ({ epoch, loss, metrics, outputs }: StepReport, since: number): Seen => ({
  epoch,
  since,
  steps: 1,
  mean: { loss, metrics, ...(outputs && { outputs }) },
})

function moved(mean: Score, next: Score, count: number): Score {
  const towards = (from: number, to: number): number => from + (to - from) / count
  const movedOutput = (from: OutputScore, to: OutputScore): OutputScore => ({
    loss: towards(from.loss, to.loss),
    metrics: Object.fromEntries(Object.entries(from.metrics).map(([name, value]) => [name, towards(value, to.metrics[name]!)])),
  })
  const outputs = Object.entries(mean.outputs ?? {}).map(([name, score]) => [name, movedOutput(score, next.outputs![name]!)] as const)
  return { ...movedOutput(mean, next), ...(outputs.length > 0 && { outputs: Object.fromEntries(outputs) }) }
}

const epochText = (epoch: number, epochs: number): string => `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`

const etaText = (seconds: number | undefined): string => (seconds === undefined ? '' : `  ETA ${clock(Math.ceil(seconds))}`)

const stepLine = (report: StepReport, epochs: number, seconds: number | undefined): string =>
  `${epochText(report.epoch, epochs)}  step ${report.stepOfEpoch}/${report.stepsPerEpoch}  ${scoreText(report)}${etaText(seconds)}`

/**
 * At most as wide as the terminal, whose last column is left free: a line that wraps cannot be drawn over. The bar is the first
 * to go.
 */
function progressLine(report: StepReport, epochs: number, seconds: number | undefined, width: number, unicode: boolean): string {
  const { epoch, stepOfEpoch, stepsPerEpoch, loss } = report
  const before = `${epochText(epoch, epochs)} `
  const steps = ` ${stepOfEpoch}/${stepsPerEpoch}`
  const whole = `${steps}  ${scoreText(report)}${etaText(seconds)}`
  const room = Math.min(30, width - 1 - before.length - whole.length)
  if (room >= 5) return `${before}${bar(stepOfEpoch / stepsPerEpoch, room, unicode)}${whole}`
  const shorter = [
    whole,
    `${steps}  ${scoreText({ loss, metrics: {} })}${etaText(seconds)}`,
    `${steps}${etaText(seconds)}`,
    steps,
  ]
  return (before + (shorter.find((text) => before.length + text.length < width) ?? '')).slice(0, width - 1)
}

function bar(part: number, length: number, unicode: boolean): string {
  const filled = Math.round(part * length)
  const [full, empty] = unicode ? ['━', '╌'] : ['#', '-']
  return full.repeat(filled) + empty.repeat(length - filled)
}

/**
 * As much as the terminal has room for; the first to go is the metric in training, where there is a validation, then the time, the loss in training, and
 * what other outputs than the first have reached.
 */
function epochLine(report: EpochReport, epochs: number, { bold, width = Infinity }: Terminal['outStyle']): string {
  const { validation } = report
  const mark = report.best ? '  best' : ''
  const time = `  ${secondsText(report.seconds)}`
  const ofFirst = ({ loss, metrics }: Score): string => scoreText({ loss, metrics })
  const ofLoss = ({ loss }: Score): string => scoreText({ loss, metrics: {} })
  const shown = (training: ((score: Score) => string) | undefined, measured: (score: Score) => string): string => {
    const before = validation && training ? `  ${training(report)}` : ''
    return `${epochText(report.epoch, epochs)}${before}  ${validation ? `validation ${measured(validation)}` : measured(report)}`
  }
  const lines = [
    `${shown(scoreText, scoreText)}${time}`,
    `${shown(ofLoss, scoreText)}${time}`,
    shown(ofLoss, scoreText),
    shown(undefined, scoreText),
    shown(ofLoss, ofFirst),
    shown(undefined, ofFirst),
  ]
  const line = lines.find((text) => text.length + mark.length <= width) ?? shown(undefined, ofLoss)
  return `${line}${mark && bold(mark)}`
}

/** `loss 0.1234  accuracy 96.50 %`: the first metric is the one that people read; of several outputs that of each, or its loss. */
export function scoreText({ loss, metrics, outputs }: Score): string {
  const first = (score: OutputScore): string | undefined => Object.entries(score.metrics).map((metric) => metricText(...metric))[0]
  const measures = outputs
    ? Object.entries(outputs).map(([name, score]) => `${name} ${first(score) ?? `loss ${numberText(score.loss)}`}`)
    : [first({ loss, metrics }) ?? []].flat()
  return [`loss ${numberText(loss)}`, ...measures].join('  ')
}

/** Shares are read as percentages. */
export const metricText = (name: string, value: number): string =>
  `${name} ${shares.has(name) ? `${(100 * value).toFixed(2)} %` : numberText(value)}`

function numberText(value: number): string {
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-3 || size >= 1e4) ? value.toExponential(3) : value.toFixed(4)
}

const secondsText = (seconds: number): string => (seconds < 60 ? `${seconds.toFixed(1)} s` : clock(Math.round(seconds)))

/** `0:12`, `2:05`, `1:02:03`. */
function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
