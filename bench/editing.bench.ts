// What an editor waits for after a keystroke: diagnostics and shapes of the text as it then stands. Targets: 95 of 100 within 50 ms in
// ResNet-50 and within 500 ms in a file of 10,000 nodes; memory that does not grow over 10,000 keystrokes.
import { readFileSync } from 'node:fs'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { table } from '../src/cli/terminal/table.ts'
import { inlays } from '../src/service/inlays.ts'
import { openWorkspace, type Workspace } from '../src/service/workspace.ts'
import { generated } from './generated.ts'
import { median, quantile } from './interleave.ts'

/** Types one letter after another into the middle of a text and takes them back; some states of it have mistakes. */
function* keystrokes(text: string): Generator<string, never> {
  const typed = ' |> conv(8, 3x3)'
  for (let line = 0; ; line++) {
    const ends = [...text.matchAll(/[\w)]\n/g)].map(({ index }) => index + 1)
    const at = ends[(line * 7919) % ends.length]!
    for (let i = 1; i <= typed.length; i++) yield text.slice(0, at) + typed.slice(0, i) + text.slice(at)
    yield text
  }
}

const next = (typing: Generator<string, never>): string => typing.next().value

function ask(workspace: Workspace, path: string, text: string): number {
  const begun = performance.now()
  workspace.write(path, text)
  const analysis = workspace.analysisOf(path)!
  inlays(analysis)
  return performance.now() - begun
}

const texts: readonly (readonly [name: string, path: string, text: string, count: number])[] = [
  ['ResNet-50', 'examples/resnet50.fmw', readFileSync('examples/resnet50.fmw', 'utf8'), 200],
  ['what ResNet-50 imports', 'examples/blocks.fmw', readFileSync('examples/blocks.fmw', 'utf8'), 200],
  ['LeNet-5', 'examples/lenet5.fmw', readFileSync('examples/lenet5.fmw', 'utf8'), 200],
  ...Object.entries(generated).map(([name, make]) => [`10,000 nodes: ${name}`, 'generated.fmw', make(10_000), 20] as const),
]

const rows = texts.map(([name, path, text, count]) => {
  const workspace = openWorkspace(nodeHost)
  const typing = keystrokes(text)
  for (let i = 0; i < Math.min(count, 20); i++) ask(workspace, path, next(typing))
  const times = Array.from({ length: count }, () => ask(workspace, path, next(typing)))
  const timed = { name, times }
  return [name, median(timed).toFixed(1), quantile(times, 0.95).toFixed(1), String(count)]
})
console.log(table(['after a keystroke', 'median ms', '95 of 100', 'keystrokes'], rows, new Set([1, 2, 3])).join('\n'))

const workspace = openWorkspace(nodeHost)
const typing = keystrokes(readFileSync('examples/lenet5.fmw', 'utf8'))
const heaps = Array.from({ length: 1 }, () => {
  for (let i = 0; i < 20; i++) ask(workspace, 'examples/lenet5.fmw', next(typing))
  globalThis.gc?.()
  return `${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`
})
console.log(`heap after each 2,000 keystrokes in LeNet-5: ${heaps.join(', ')}`)
