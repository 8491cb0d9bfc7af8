import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseMetadata, standardGrey } from '../src/codegen/tfjs/runtime/metadata.ts'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { originOf } from '../src/cli/files/origin-of.ts'
import type { Score } from '../src/cli/run/scores.ts'
import { compile } from '../src/compiler/compile.ts'
import { weightsOf } from '../src/compiler/graph/graph.ts'
import { noNormalization } from '../src/runtime/data/normalize.ts'
import { openDataset } from '../src/runtime/data/open-dataset.ts'
import { createLearner } from '../src/runtime/training/learner.ts'
import { readSafetensorsMetadata } from '../src/runtime/weights/safetensors-header.ts'
import { fitWeights, readWeightFiles } from '../src/runtime/weights/weights.ts'
import { availableBackends, withBackend } from './backends.ts'
import { mainOf } from './cli/main-of.ts'
import { inTemporaryFolder } from './runtime/temporary-folder.ts'
import { taskOf } from './training/task.ts'

const s = suite('the trained LeNet-5')

const file = 'examples/lenet5.fmw'

s('reads at least 98 % of the 2,000 held-out digits, on every backend but the slow one', () =>
  inTemporaryFolder(async (folder) => {
    execFileSync(process.execPath, ['scripts/mnist-arrays.mjs', folder], { stdio: 'ignore' })
    const [graph] = compile(file, readFileSync(file, 'utf8'), nodeHost).graphs
    const weights = fitWeights(await readWeightFiles([{ file: 'examples/lenet5.safetensors' }]), weightsOf(graph!), true)
    const data = { data: path.join(folder, 'held-out.npz') }
    const heldOut = await openDataset(data, graph!, { targets: [{ output: 'logits' }], resize: false, note: () => {} })
    const batch = await heldOut.read(Array.from({ length: heldOut.size }, (_, i) => i))
    for (const backend of (await availableBackends()).filter((name) => name !== 'cpu')) {
      const totals = await withBackend(backend, (tf) => {
        const learner = createLearner(taskOf(graph!, tf), { weights, slots: new Map() })
        const measured = learner.evaluate(batch)
        learner.dispose()
        return measured
      })
      const { total, count } = totals[0]!.metrics[0]!
      assert.is(count, 2000)
      assert.ok(total / count >= 0.98, `${backend}: ${total} of ${count}`)
    }
  }),
)

s('says of itself what its training knew: nothing but the hash of its text may have changed since', async () => {
  const { metadata, faults } = parseMetadata(readSafetensorsMetadata(await readFile('examples/lenet5.safetensors')))
  assert.equal(faults, [])
  const text = readFileSync(file, 'utf8')
  const [graph] = compile(file, text, nodeHost).graphs
  const { graph: hash } = originOf(graph!, text)
  assert.equal(
    { ...metadata, source: undefined },
    {
      fmw: metadata!.fmw,
      model: 'LeNet5',
      source: undefined,
      graph: hash,
      output: 'logits',
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      outputs: undefined,
      probabilities: 'softmax',
      normalize: noNormalization,
      picture: { size: [32, 32], resize: 'bilinear-antialias', grey: [...standardGrey], alpha: 'white' },
    },
  )
})

s('reads every digit of the examples, which is likelier than all others together', async () => {
  for (let digit = 0; digit < 10; digit++) {
    const picture = `image=examples/data/${digit}.png`
    const args = ['run', file, '--weights', 'examples/lenet5.safetensors', '--input', picture, '--top', '1', '--json', '--backend', 'wasm']
    const { stdout } = await mainOf(args, '.')
    const { outputs } = JSON.parse(stdout) as { outputs: { logits: { top: readonly (readonly Score[])[] } } }
    const [[best]] = outputs.logits.top as readonly [readonly [Score]]
    assert.equal([best.index, best.label], [digit, String(digit)])
    assert.ok(best.probability! > 0.5, `${digit}: ${best.probability}`)
  }
})

s.run()
