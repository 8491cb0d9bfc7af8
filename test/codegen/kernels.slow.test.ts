import { suite } from 'uvu'
import { withBackend } from '../backends.ts'
import { exampleFiles, modelsOf } from '../example-models.ts'
import { inputsFor } from '../graph-tensors.ts'
import { emit, importEmitted, type EmittedModel, type Handle } from './emitted.ts'
import { kernelsFor, withKernels } from './few-kernels.ts'

const s = suite('the kernels that the examples need')

/** A size for the symbolic extents of the examples: small, and what every `where` allows. */
const extents = { H: 32, W: 48 }

for (const file of exampleFiles) {
  s(`${file} needs no others on WebAssembly`, async () => {
    const graphs = modelsOf(file)
    const module = await importEmitted(await emit(...graphs))
    await withBackend('wasm', async (tf) => {
      for (const graph of graphs) {
        // training puts a kernel in the place of one of the backend, which calls others
        const mended = graph.nodes.some((node) => node.kind === 'op' && node.op === 'conv2d_transpose') ? ['Concat', 'PadV2', 'Reshape', 'Reverse', 'Transpose'] : []
        await withKernels(tf, 'wasm', [...kernelsFor('wasm', graph), ...mended], () => {
          const net: Handle = (module[graph.name] as EmittedModel).init()
          const inputs = inputsFor(graph, tf, { extents, batch: 1 })
          tf.dispose([net.predict(inputs), net.apply(inputs), inputs])
          net.dispose()
        })
      }
    })
  })
}

s.run()
