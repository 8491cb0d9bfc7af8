import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { signOf, type Sign } from '../../src/compiler/facts/sign.ts'
import { operands, type Graph, type Node } from '../../src/compiler/graph/graph.ts'
import { withBackend } from '../backends.ts'
import { graphOf } from '../compile-text.ts'
import { anyGraph } from '../random-graph.ts'
import { valuesOf } from './values-of.ts'

const s = suite('signs of values')

/** Whether an element has a sign that is said to be none of the value's; NaN has none. */
function contradicts(sign: Sign, values: readonly number[]): boolean {
  if (sign.kind === 'positive') return values.some((value) => value <= 0)
  return sign.kind === 'not negative' && values.some((value) => value < 0)
}

/** Whether no op rounds to 0 or infinity what it makes of the numbers. */
const isModerate = (values: readonly number[]): boolean =>
  values.every((value) => value === 0 || (Math.abs(value) > 1e-6 && Math.abs(value) < 50))

s('no value of any graph contradicts what is said of it', async () => {
  const seen: Record<Sign['kind'], number> = { positive: 0, 'not negative': 0, either: 0, unknown: 0 }
  await withBackend('cpu', (tf) =>
    fc.assert(
      fc.property(anyGraph, ({ graph, extents, batch }) =>
        tf.tidy(() => {
          const values = valuesOf(graph, tf, { extents, batch })
          for (const [node, own] of values) {
            // an op before may have rounded
            const isAsSaid = (read: Node): boolean => isModerate(values.get(read)!) && !contradicts(signOf(read), values.get(read)!)
            if (!operands(node).every(isAsSaid)) continue
            const sign = signOf(node)
            seen[sign.kind]++
            assert.not(contradicts(sign, own), `${node.id} is ${sign.kind}`)
          }
        }),
      ),
      { numRuns: 200, endOnFailure: true, includeErrorInReport: true },
    ),
  )
  assert.ok(Math.min(seen.positive, seen['not negative']) > 20, JSON.stringify(seen))
})

/** What is said of an expression of the map x, of another map a and of a weight w: the sign, and the op that it comes from. */
const expected: Readonly<Record<string, string>> = {
  x: 'unknown',
  w: 'unknown',
  'x + 1': 'unknown',
  'x * a': 'unknown',
  'x * x': 'unknown',
  'exp(x)': 'positive',
  'sigmoid(x)': 'positive',
  'softmax(x)': 'positive',
  'softplus(x)': 'positive',
  'relu(x) + 1': 'positive',
  '1 + conv(x, 4, 1x1) * 0': 'positive',
  'max(x, 0.5)': 'positive',
  'reduce.mean(exp(x))': 'positive',
  'exp(x) * share': 'positive',
  'relu(x)': 'not negative from relu',
  'min(max(x, 0), 6)': 'not negative from maximum',
  'relu(x) * 2': 'not negative from relu',
  'sqrt(relu(x))': 'not negative from relu',
  'relu(x) * share': 'not negative from relu',
  'relu(x) |> pool.max(2)': 'not negative from relu',
  'fuse.concat(relu(x), exp(x))': 'not negative from relu',
  'fuse.concat(relu(x), x)': 'unknown',
  'abs(x - a)': 'not negative from sub',
  'abs(conv(x, 4, 1x1))': 'not negative from conv2d',
  'x - a': 'either from sub',
  'conv(x, 4, 1x1)': 'either from conv2d',
  'conv(x, 4, 1x1, bias: false) * 2': 'either from conv2d',
  'x |> pool.global |> dense(32)': 'either from matmul',
  'norm.batch(x)': 'either from batch_norm',
  'tanh(norm.batch(x))': 'either from batch_norm',
  'norm.layer(x, scale: false, offset: false)': 'either from sub',
}

const before = `input x: [4, 4, 4]
  input a: [4, 4, 4]
  param w: [4] = ones
  param share: [4] = 0.5, within: [0.1, 1]`

function nodeOf(expression: string): { readonly graph: Graph; readonly node: Node } {
  const graph = graphOf(`model M {\n  ${before}\n  output y = ${expression}\n}\n`)
  return { graph, node: graph.outputs[0]!.node }
}

const said = (sign: Sign): string => ('from' in sign ? `${sign.kind} from ${sign.from.op}` : sign.kind)

for (const [expression, sign] of Object.entries(expected))
  s(`${expression} is ${sign}`, () => assert.is(said(signOf(nodeOf(expression).node)), sign))

s('a value that is said to be of either sign, or 0, is so on some numbers', () =>
  withBackend('cpu', (tf) =>
    tf.tidy(() => {
      for (const expression of Object.keys(expected)) {
        const { graph, node } = nodeOf(expression)
        const sign = signOf(node)
        if (!('from' in sign)) continue
        const tried = [1, 2, 3, 4, 5].map((seed) => valuesOf(graph, tf, { seed }))
        const [own, deciding] = [node, sign.from].map((one) => tried.flatMap((values) => values.get(one) ?? [])) as [number[], number[]]
        assert.ok(deciding.some((value) => value <= 0), expression)
        if (sign.kind === 'either') assert.ok(own.some((value) => value < 0) && own.some((value) => value > 0), expression)
      }
    }),
  ))

s('the sign of a value at the end of a long chain is found', () => {
  const long = nodeOf(`relu(x)${' |> pool.max(1)'.repeat(150)}`)
  assert.is(said(signOf(long.node)), 'not negative from relu')
})

s.run()
