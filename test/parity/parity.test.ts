import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gradientReach } from '../../src/compiler/facts/gradient-reach.ts'
import { weightsOf } from '../../src/compiler/graph/graph.ts'
import type { BackendName } from '../../src/runtime/backend/backend.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { cases, type Case } from './cases.ts'
import { compute } from './compute.ts'
import { answers, pythonWithPyTorch } from './pytorch.ts'
import { requestOf, type Request } from './request.ts'

const parity = suite('parity with PyTorch')

/** All but the plain JavaScript one, which takes minutes for maps of the reference's sizes. */
const fastBackends = async (): Promise<readonly BackendName[]> => (await availableBackends()).filter((name) => name !== 'cpu')

type Results = ReadonlyMap<string, TensorData>

const batches = [1, 3] as const

const nameOf = ({ name }: Case, batch: number): string => `${name}.${batch}`

interface Asked {
  readonly requests: ReadonlyMap<string, Request>
  readonly answered: ReturnType<typeof answers>
}

async function ask(python: string): Promise<Asked> {
  const requests = new Map<string, Request>()
  for (const one of cases) for (const batch of batches) requests.set(nameOf(one, batch), await requestOf(one, batch))
  return { requests, answered: answers(python, requests) }
}

// not in a hook, whose error uvu would not show
let asked: Promise<Asked> | undefined

for (const one of cases) {
  const title = `${one.title}: as PyTorch computes it, and learns in one step`
  const python = pythonWithPyTorch
  if (python === undefined) {
    parity.skip(title)
    continue
  }
  parity(title, async () => {
    const { requests, answered } = await (asked ??= ask(python))
    for (const batch of batches) {
      const name = nameOf(one, batch)
      const expected = answered.results.get(name)
      if (!expected) throw new Error(`parity.py gave no result for ${name}:\n${answered.failures}`)
      somethingLearned(requests.get(name)!, expected, name)
      for (const backend of await fastBackends()) {
        const found = await withBackend(backend, (tf) => compute(requests.get(name)!, tf))
        assert.equal([...found.keys()].sort(), [...expected.keys()].sort(), `${name} on ${backend}: what there is`)
        for (const [tensor, data] of expected) {
          const start = requests.get(name)!.weights[tensor.replace(/^steps\/[^/]+\/weights\//, '')]
          assertClose(found.get(tensor)!, data, start, `${name} on ${backend}: ${tensor}`)
        }
      }
    }
  })
}

if (pythonWithPyTorch === undefined) {
  process.stderr.write('skipped: every comparison with PyTorch, which is not installed (scripts/install-python.sh torch)\n')
}

/**
 * A comparison in which nothing moves would show nothing: PyTorch has moved every weight that fmw says it trains, and no other
 * but moving statistics.
 */
function somethingLearned({ graph, weights, targets }: Request, expected: Results, name: string): void {
  for (const { name: output, node } of graph.outputs) {
    if (!(output in targets)) continue
    const trained = new Set(gradientReach(graph, [node]).trained)
    for (const weight of weightsOf(graph)) {
      const before = weights[weight.path]!.values
      const after = expected.get(`steps/${output}/weights/${weight.path}`)!.values
      const moved = after.some((value, i) => value !== before[i])
      if (weight.kind === 'param') assert.is(moved, trained.has(weight), `${name}: ${weight.path} moved by ${output}`)
    }
  }
}

/** How far a number may be from PyTorch's: up to 1 by this much, beyond by this part of it. */
const tolerance = 1e-4

/**
 * Asserts that the numbers are PyTorch's. Some weights move by less than the tolerance in one step, so what they have moved by
 * is compared too: to a thousandth of the largest movement, and the rounding of float32.
 */
function assertClose(found: TensorData, expected: TensorData, start: TensorData | undefined, what: string): void {
  assert.equal([...found.shape], [...expected.shape], `${what}: shape`)
  const moved = start && expected.values.reduce((most, value, i) => Math.max(most, Math.abs(value - start.values[i]!)), 0)
  const wrong = expected.values.findIndex((value, i) => {
    const size = Math.max(1, Math.abs(value))
    const allowed = moved === undefined ? tolerance * size : Math.min(tolerance * size, moved / 1000 + 2 ** -22 * size)
    return !(Math.abs(value - found.values[i]!) <= allowed)
  })
  assert.ok(wrong < 0, `${what}: element ${wrong} is ${found.values[wrong]}, not ${expected.values[wrong]}`)
}

parity.run()
