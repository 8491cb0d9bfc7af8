import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { readNpz } from '../../src/runtime/files/npz.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { fmw, root } from '../cli/fmw.ts'
import { pythonWithPyTorch } from '../parity/pytorch.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'
import { keras2, keras3 } from './h5-files.ts'
import { imported, proof, small, written } from './networks.ts'

const s = suite('weights of Keras')

const compared = pythonWithPyTorch === undefined ? s.skip : s
if (pythonWithPyTorch === undefined) process.stderr.write('skipped: imports of weights of Keras, whose networks PyTorch computes (PyTorch is not installed: scripts/install-python.sh torch)\n')

/** What the network was written with, in its order. */
async function tensorsIn(folder: string): Promise<readonly (readonly [string, TensorData])[]> {
  const arrays = readNpz(await readFile(path.join(folder, 'net.npz')), 'net.npz')
  return [...arrays].flatMap(([name, array]) => ('values' in array ? [[name, array] as const] : []))
}

async function withNetwork(network: string, use: (folder: string) => Promise<void>): Promise<void> {
  const python = pythonWithPyTorch
  if (python === undefined) throw new Error('there is no PyTorch')
  await inTemporaryFolder(async (folder) => {
    await written(python, 'keras_networks.py', network, folder)
    await writeFile(path.join(folder, 'small.fmw'), small)
    const tensors = await tensorsIn(folder)
    const file = (name: string, bytes: Uint8Array): Promise<void> => writeFile(path.join(folder, name), bytes)
    await file('keras2.h5', await keras2(tensors))
    await file('keras3.weights.h5', await keras3(tensors, (layer) => layer))
    // the class and a number, as Keras 3 calls them whatever their names are
    const counts = new Map<string, number>()
    const classes = new Map<string, string>()
    const classed = (layer: string): string => {
      const known = classes.get(layer)
      if (known !== undefined) return known
      const kind = /bn|batch_norm/i.test(layer) ? 'batch_normalization' : /layer_norm/.test(layer) ? 'layer_normalization' : /separable/.test(layer) ? 'separable_conv2d' : /depthwise/.test(layer) ? 'depthwise_conv2d' : /transpose/.test(layer) ? 'conv2d_transpose' : /dense|predictions/.test(layer) ? 'dense' : 'conv2d'
      const count = counts.get(kind) ?? 0
      counts.set(kind, count + 1)
      classes.set(layer, count === 0 ? kind : `${kind}_${count}`)
      return classes.get(layer)!
    }
    await file('classed.weights.h5', await keras3(tensors, classed))
    await use(folder)
  })
}

compared("keras.applications' names of MobileNetV2 fit the example, 262 of 262, from .npz in either order and both kinds of .h5", () =>
  withNetwork('MobileNetV2', async (folder) => {
    for (const weights of ['net.npz', 'sorted.npz', 'keras2.h5', 'keras3.weights.h5', 'classed.weights.h5']) {
      const { code, stderr, pairs, missing, unexpected, differences } = await imported(folder, weights, path.join(root, 'examples/mobilenet-v2.fmw'), ...proof)
      assert.is(code, 0, `${weights}: ${stderr}`)
      assert.equal([pairs.length, missing, unexpected], [262, [], []])
      assert.ok(differences['logits']! < 1e-4, `${weights}: ${differences['logits']}`)
      assert.match(stderr, 'batch normalisation has epsilon 0.00001 in MobileNetV2, and Keras\'s own is 0.001')
    }
  }))

compared('names that Keras gives by itself are told apart by their numbers; separable, transposed, and a map flattened as here', () =>
  withNetwork('Small', async (folder) => {
    for (const weights of ['net.npz', 'sorted.npz', 'keras2.h5', 'keras3.weights.h5', 'classed.weights.h5']) {
      const { code, stderr, pairs, differences } = await imported(folder, weights, 'small.fmw', '-o', 'w.safetensors', ...proof)
      assert.is(code, 0, `${weights}: ${stderr}`)
      assert.is(pairs.length, 29)
      assert.equal([...new Set(pairs.map(({ layout }) => layout))], ['same'])
      assert.ok(differences['z']! < 1e-5, `${weights}: ${differences['z']}`)
      assert.not.match(stderr, 'epsilon')
    }
  }))

compared('the bundle reads HDF5 too', () =>
  withNetwork('Small', async (folder) => {
    const { code, stderr } = await fmw(['weights', 'import', 'keras2.h5', 'small.fmw', '-o', 'w.safetensors'], { cwd: folder })
    assert.is(code, 0, stderr)
    const tensors = new Map(await tensorsIn(folder))
    const kernel = readSafetensors(await readFile(path.join(folder, 'w.safetensors')), 'w').get('c/2/kernel')
    assert.equal(kernel, tensors.get('conv2d_2/kernel'))
    const { stdout } = await fmw(['weights', 'ls', 'keras2.h5'], { cwd: folder })
    assert.match(stdout, /^conv2d_2\/kernel:0 +<f +\[3, 3, 6, 6\] +324$/m)
  }))

s.run()
