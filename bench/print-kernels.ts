import type { Tfjs } from '../src/codegen/tfjs/apply.ts'
import { table } from '../src/cli/terminal/table.ts'

const kinds: readonly (readonly [string, RegExp])[] = [
  ['convolutions and products', /Conv|MatMul/],
  ['pooling', /Pool/],
  ['sums and extremes', /^(Sum|Mean|Max|Min|All|Any|ArgMax|UnsortedSegmentSum)$/],
  ['layout', /^(Reshape|Transpose|Concat|SplitV|Slice|PadV2|GatherV2|Tile|ExpandDims|Pack|Reverse|Cast|OneHot|Range|Fill)$/],
  ['another name for the same numbers', /^Identity$/],
  ['elementwise', /./],
]

/** What the kernels of a step take, by their kind, and what is left: JavaScript between them, tensors written and read. */
export function printKernels(tf: Tfjs, step: (number: number) => void, count: number): void {
  const found = new Map<string, { calls: number; ms: number }>()
  const engine = tf.engine()
  const run = engine.runKernel
  let depth = 0
  const timed: typeof run = (name, inputs, attrs) => {
    const kind = kinds.find(([, pattern]) => pattern.test(name))![0]
    const of = found.get(kind) ?? { calls: 0, ms: 0 }
    found.set(kind, of)
    of.calls += 1
    depth += 1
    const begun = performance.now()
    const result = run.call(engine, name, inputs, attrs)
    depth -= 1
    // a kernel that is made of others has their time
    if (depth === 0) of.ms += performance.now() - begun
    return result as never
  }
  for (let i = 1; i <= 10; i++) step(i)
  engine.runKernel = timed
  const begun = performance.now()
  for (let i = 1; i <= count; i++) step(10 + i)
  const whole = performance.now() - begun
  engine.runKernel = run
  const inKernels = [...found.values()].reduce((sum, { ms }) => sum + ms, 0)
  const row = (name: string, calls: number | undefined, ms: number): readonly string[] => [
    name,
    calls === undefined ? '' : (calls / count).toFixed(0),
    (ms / count).toFixed(2),
    `${((100 * ms) / whole).toFixed(0)} %`,
  ]
  const rows = kinds.flatMap(([name]) => {
    const of = found.get(name)
    return of ? [row(name, of.calls, of.ms)] : []
  })
  const calls = [...found.values()].reduce((sum, one) => sum + one.calls, 0)
  rows.push(row('between the calls', undefined, whole - inKernels), row('a step', calls, whole))
  console.log(table(['', 'calls', 'ms', ''], rows, new Set([1, 2, 3])).join('\n'))
}
