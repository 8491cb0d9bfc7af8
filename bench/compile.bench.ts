// Text to checked graph, in a process that is warm. Targets: ResNet-50 at most 60 ms; a generated model of 10,000 nodes at most
// 1 s, one of twice as many at most 2.3 times that.
import { readFileSync } from 'node:fs'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { table } from '../src/cli/terminal/table.ts'
import { compile } from '../src/compiler/compile.ts'
import type { Graph } from '../src/compiler/graph/graph.ts'
import { generated } from './generated.ts'
import { interleave, median } from './interleave.ts'
import { printTimes } from './print-times.ts'

function graphOf(path: string, text: string): Graph {
  const { graphs, diagnostics } = compile(path, text, nodeHost)
  if (!graphs[0]) throw new Error(diagnostics[0]?.message)
  return graphs[0]
}

const example = (name: string): (() => Graph) => {
  const path = `examples/${name}.fmw`
  return () => graphOf(path, readFileSync(path, 'utf8'))
}

printTimes(
  await interleave(
    { 'ResNet-50': example('resnet50'), 'LeNet-5': example('lenet5'), MobileNetV2: example('mobilenet-v2') },
    41,
    10,
  ),
)

const rows: string[][] = []
for (const [shape, write] of Object.entries(generated)) {
  const [small, large] = [write(10_000), write(20_000)]
  const nodes = graphOf('generated.fmw', small).nodes.length
  // a text that was just read is not read again: each time it has to be another
  let times = 0
  const fresh = (text: string) => (): Graph => graphOf('generated.fmw', `${text}// ${times++}\n`)
  const [ten, twenty] = await interleave({ 10: fresh(small), 20: fresh(large) }, 5, 1)
  rows.push([
    shape,
    nodes.toLocaleString('en-US'),
    median(ten!).toFixed(0),
    median(twenty!).toFixed(0),
    (median(twenty!) / median(ten!)).toFixed(2),
  ])
}
console.log(`\n${table(['generated model', 'nodes', '10,000 ms', '20,000 ms', 'ratio'], rows, new Set([1, 2, 3, 4])).join('\n')}`)
