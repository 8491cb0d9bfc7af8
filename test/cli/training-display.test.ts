import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { jsonDisplay, textDisplay, type TrainingDisplay } from '../../src/cli/train/display.ts'
import type { Terminal } from '../../src/cli/terminal/terminal.ts'
import type { EpochReport, Report, StepReport } from '../../src/runtime/training/reports.ts'

const s = suite('what is shown of a training')

const plain = (text: string): string => text

/** A terminal that keeps what is said, and a clock in seconds that is set by hand. */
function watched({ width, unicode = true }: { readonly width?: number; readonly unicode?: boolean }) {
  const said: string[] = []
  let time = 0
  const keep = (to: string) => (text: string) => void said.push(`${to}: ${text}`)
  const style = { error: plain, warning: plain, dim: plain, bold: plain, unicode, width }
  const redraw = width === undefined ? undefined : keep('line')
  const terminal: Terminal = {
    result: keep('out'),
    text: keep('out'),
    json: (report) => keep('out')(JSON.stringify(report)),
    jsonLine: (report) => keep('out')(JSON.stringify(report)),
    note: keep('err'),
    command: keep('err'),
    complain: keep('err'),
    redraw,
    clear: undefined,
    outStyle: style,
    errStyle: style,
  }
  return { said, terminal, now: () => 1000 * time, at: (seconds: number) => (time = seconds) }
}

const step = (stepOfEpoch: number, stepsPerEpoch = 100, epoch = 1): StepReport => ({
  kind: 'step',
  step: stepOfEpoch,
  epoch,
  stepOfEpoch,
  stepsPerEpoch,
  rate: 0.1,
  loss: 0.25,
  metrics: { accuracy: 0.925, 'top-5 accuracy': 1 },
})

const epoch = (own: Partial<EpochReport>): EpochReport => ({
  kind: 'epoch',
  epoch: 3,
  step: 300,
  rate: 0.1,
  seconds: 12.34,
  best: false,
  loss: 0.25,
  metrics: {},
  ...own,
})

const show = (display: TrainingDisplay, ...reports: readonly Report[]): void => {
  for (const report of reports) display.show(report)
}

s('a pipe gets a plain line for each epoch: training, validation, time, and a mark when it is the best', () => {
  const { said, terminal, now } = watched({})
  const display = textDisplay(terminal, { epochs: 10, quiet: false, now })
  show(
    display,
    step(1),
    step(2),
    epoch({ metrics: { accuracy: 0.9 }, validation: { loss: 0.5, metrics: { accuracy: 0.875 } }, best: true }),
    epoch({ epoch: 10, seconds: 125 }),
  )
  assert.equal(said, [
    'out: epoch  3/10  loss 0.2500  accuracy 90.00 %  validation loss 0.5000  accuracy 87.50 %  12.3 s  best',
    'out: epoch 10/10  loss 0.2500  2:05',
  ])
})

s('the line of an epoch is as short as the terminal is narrow', () => {
  const shown = (width: number): string | undefined => {
    const { said, terminal, now } = watched({ width })
    const validation = { loss: 0.5, metrics: { accuracy: 0.875 } }
    show(textDisplay(terminal, { epochs: 10, quiet: false, now }), epoch({ metrics: { accuracy: 0.9 }, validation, best: true }))
    return said.at(-1)
  }
  assert.is(shown(99), 'out: epoch  3/10  loss 0.2500  accuracy 90.00 %  validation loss 0.5000  accuracy 87.50 %  12.3 s  best')
  assert.is(shown(80), 'out: epoch  3/10  loss 0.2500  validation loss 0.5000  accuracy 87.50 %  12.3 s  best')
  assert.is(shown(72), 'out: epoch  3/10  loss 0.2500  validation loss 0.5000  accuracy 87.50 %  best')
  assert.is(shown(71), 'out: epoch  3/10  validation loss 0.5000  accuracy 87.50 %  best')
})

s('within a long epoch a pipe gets a line every half minute, with the time that the rest takes', () => {
  const { said, terminal, now, at } = watched({})
  const display = textDisplay(terminal, { epochs: 2, quiet: false, now })
  for (let i = 1; i <= 100; i++) {
    at(i)
    display.show(step(i))
  }
  assert.equal(said, [
    'err: epoch 1/2  step 30/100  loss 0.2500  accuracy 92.50 %  ETA 1:10',
    'err: epoch 1/2  step 60/100  loss 0.2500  accuracy 92.50 %  ETA 0:40',
    'err: epoch 1/2  step 90/100  loss 0.2500  accuracy 92.50 %  ETA 0:10',
  ])
})

s('a terminal gets a bar that is drawn over, at most ten times a second, and removed before the line of the epoch', () => {
  const { said, terminal, now, at } = watched({ width: 100 })
  const display = textDisplay(terminal, { epochs: 10, quiet: false, now })
  at(1)
  show(display, step(1, 4))
  at(1.05)
  show(display, step(2, 4))
  at(2)
  show(display, step(3, 4), epoch({}))
  assert.equal(said, [
    'line: epoch  1/10 ━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 1/4  loss 0.2500  accuracy 92.50 %',
    'line: epoch  1/10 ━━━━━━━━━━━━━━━━━━━━━━━╌╌╌╌╌╌╌ 3/4  loss 0.2500  accuracy 92.50 %  ETA 0:01',
    'line: ',
    'out: epoch  3/10  loss 0.2500  12.3 s',
  ])
})

s('a bar is never as wide as the terminal, however narrow, and is plain ASCII where nothing else can be drawn', () => {
  for (let width = 1; width < 120; width++) {
    const { said, terminal, now, at } = watched({ width, unicode: false })
    const display = textDisplay(terminal, { epochs: 10, quiet: false, now })
    at(1)
    show(display, step(50))
    assert.ok(said.every((text) => text.length - 'line: '.length < width && /^[ -~]*$/.test(text)), said.join())
    if (width === 20) assert.equal(said, ['line: epoch  1/10  50/100'])
    if (width > 90) assert.match(said[0]!, ' ###############--------------- 50/100 ')
  }
})

s('loss and metric of a bar are means over the steps of the epoch', () => {
  const { said, terminal, now, at } = watched({ width: 100 })
  const display = textDisplay(terminal, { epochs: 2, quiet: false, now })
  const reports = [
    step(1),
    { ...step(2), loss: 0.75, metrics: { accuracy: 0.525 } },
    { ...step(3), loss: 0.8, metrics: { accuracy: 0.05 } },
    step(1, 100, 2),
  ]
  for (const [i, report] of reports.entries()) {
    at(i + 1)
    display.show(report)
  }
  assert.equal(
    said.map((text) => /loss .* %/.exec(text)?.[0]),
    [
      'loss 0.2500  accuracy 92.50 %',
      'loss 0.5000  accuracy 72.50 %',
      'loss 0.6000  accuracy 50.00 %',
      'loss 0.2500  accuracy 92.50 %',
    ],
  )
})

s('on a narrow terminal the bar goes first, then the metric, then the loss, whole each', () => {
  const shown = (width: number): string => {
    const { said, terminal, now, at } = watched({ width })
    const display = textDisplay(terminal, { epochs: 10, quiet: false, now })
    display.show(step(1))
    at(1)
    display.show(step(2))
    return said[0]!.replace('line: ', '')
  }
  assert.is(shown(65), 'epoch  1/10 ╌╌╌╌╌ 2/100  loss 0.2500  accuracy 92.50 %  ETA 1:38')
  assert.is(shown(64), 'epoch  1/10  2/100  loss 0.2500  accuracy 92.50 %  ETA 1:38')
  assert.is(shown(50), 'epoch  1/10  2/100  loss 0.2500  ETA 1:38')
  assert.is(shown(36), 'epoch  1/10  2/100  ETA 1:38')
})

s('very small, very large and missing numbers stay readable', () => {
  const { said, terminal } = watched({})
  show(
    textDisplay(terminal, { epochs: 3, quiet: false }),
    epoch({ loss: 0.0000123, metrics: { mae: 54321 }, seconds: 3723 }),
    epoch({ loss: 0, metrics: { mae: NaN } }),
  )
  assert.equal(said, ['out: epoch 3/3  loss 1.230e-5  mae 5.432e+4  1:02:03', 'out: epoch 3/3  loss 0.0000  mae NaN  12.3 s'])
})

s('quiet is quiet', () => {
  const { said, terminal } = watched({ width: 80 })
  const display = textDisplay(terminal, { epochs: 10, quiet: true })
  show(display, step(1), epoch({}))
  display.clear()
  assert.equal(said, [])
})

s('JSON lines are the reports', () => {
  const { said, terminal } = watched({ width: 80 })
  const reports: readonly Report[] = [step(1), epoch({})]
  show(jsonDisplay(terminal), ...reports)
  assert.equal(said.map((text) => JSON.parse(text.replace('out: ', '')) as unknown), reports)
})

s('of several outputs a narrow terminal shows the first, and then their sum alone', () => {
  const outputs = { logits: { loss: 0.3, metrics: { accuracy: 0.5 } }, aux: { loss: 0.8, metrics: {} } }
  const score = { loss: 0.5, metrics: { accuracy: 0.5 }, outputs }
  const shown = (width: number): string => {
    const { said, terminal, now } = watched({ width })
    textDisplay(terminal, { epochs: 3, quiet: false, now }).show({ kind: 'epoch', epoch: 1, step: 2, rate: 0.1, seconds: 2, best: true, ...score, validation: score })
    return said.at(-1)!.replace(/^[^]*?(?:out|line): */, '')
  }
  assert.is(shown(200), 'epoch 1/3  loss 0.5000  logits accuracy 50.00 %  aux loss 0.8000  validation loss 0.5000  logits accuracy 50.00 %  aux loss 0.8000  2.0 s  best')
  assert.is(shown(84), 'epoch 1/3  validation loss 0.5000  logits accuracy 50.00 %  aux loss 0.8000  best')
  assert.is(shown(70), 'epoch 1/3  loss 0.5000  validation loss 0.5000  accuracy 50.00 %  best')
  assert.is(shown(40), 'epoch 1/3  validation loss 0.5000  best')
})

s.run()
