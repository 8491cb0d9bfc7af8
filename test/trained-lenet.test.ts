import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { compile } from '../src/compiler/compile.ts'
import { weightsOf } from '../src/compiler/graph/graph.ts'
import { openDataset } from '../src/runtime/data/open-dataset.ts'
import { createLearner } from '../src/runtime/training/learner.ts'
import { fitWeights, readWeightFiles } from '../src/runtime/weights/weights.ts'
import { availableBackends, withBackend } from './backends.ts'
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
    const heldOut = await openDataset(data, graph!, { target: { output: 'logits' }, resize: false, note: () => {} })
    const batch = await heldOut.read(Array.from({ length: heldOut.size }, (_, i) => i))
    for (const backend of (await availableBackends()).filter((name) => name !== 'cpu')) {
      const { samples, metrics } = await withBackend(backend, (tf) => {
        const learner = createLearner(taskOf(graph!, tf), { weights, slots: new Map() })
        const totals = learner.evaluate(batch)
        learner.dispose()
        return totals
      })
      assert.is(samples, 2000)
      assert.ok(metrics[0]! / samples >= 0.98, `${backend}: ${metrics[0]} of ${samples}`)
    }
  }),
)

s.run()
