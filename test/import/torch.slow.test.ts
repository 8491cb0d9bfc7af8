import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { contentOf } from '../cli/folder.ts'
import { mainOf } from '../cli/main-of.ts'
import { root } from '../cli/fmw.ts'
import { pythonWithPyTorch } from '../parity/pytorch.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'
import { decoder, imported, kinds, lenet, preActivation, preStack, proof, through, written, type Imported } from './networks.ts'

const s = suite('weights of PyTorch')

const compared = pythonWithPyTorch === undefined ? s.skip : s
if (pythonWithPyTorch === undefined) process.stderr.write('skipped: imports of weights of PyTorch (PyTorch is not installed: scripts/install-python.sh torch)\n')

/** What becomes of a network of PyTorch in both of its files. */
async function importedBoth(network: string, text: string, check: (result: Imported, file: string, folder: string) => Promise<void>, proven: readonly string[] = proof): Promise<void> {
  const python = pythonWithPyTorch
  if (python === undefined) throw new Error('there is no PyTorch')
  await inTemporaryFolder(async (folder) => {
    await written(python, 'networks.py', network, folder)
    const file = text.endsWith('.fmw') ? path.join(root, text) : 'net.fmw'
    if (!text.endsWith('.fmw')) await writeFile(path.join(folder, file), text)
    for (const weights of ['net.safetensors', 'net.npz']) await check(await imported(folder, weights, file, '-o', 'w.safetensors', ...proven), weights, folder)
  })
}

compared("torchvision's names of ResNet-50 fit the example, 267 of 267, in the order of the state and sorted, and compute the same", () =>
  importedBoth('ResNet50', 'examples/resnet50.fmw', async ({ code, stderr, pairs, missing, unexpected, differences }) => {
    assert.is(code, 0, stderr)
    assert.equal([pairs.length, missing, unexpected], [267, [], []])
    const places = new Map(pairs.map(({ from, to }) => [from, to]))
    assert.equal(
      ['conv1.weight', 'bn1.running_var', 'layer1.0.conv3.weight', 'layer1.0.downsample.0.weight', 'layer1.0.downsample.1.bias', 'layer3.5.bn2.weight', 'fc.weight'].map((name) => places.get(name)),
      ['stem/kernel', 'stem/variance', 'stages/0/0/expand/kernel', 'stages/0/0/shortcut/kernel', 'stages/0/0/shortcut/offset', 'stages/2/5/conv/scale', 'classifier/kernel'],
    )
    assert.ok(differences['logits']! < 1e-4, String(differences['logits']))
    assert.match(stderr, 'left out, since they compute nothing: 53 of num_batches_tracked')
  }))

compared('a dense layer, and a normalisation, behind a flattened map have their rows in the order of the map here', () =>
  importedBoth('LeNet', lenet, async ({ code, stderr, pairs, differences }) => {
    assert.is(code, 0, stderr)
    assert.ok(differences['logits']! < 3e-5, String(differences['logits']))
    const layouts = new Map(pairs.map(({ to, layout }) => [to, layout]))
    assert.equal(
      ['conv1/kernel', 'norm/mean', 'c5/kernel', 'f6/kernel', 'f6/bias'].map((name) => layouts.get(name)),
      ['oihw', 'chw', 'oi-chw', 'oi', 'same'],
    )
    // [120, 120] fits both ways
    assert.match(stderr, 'their shapes fit both ways, and they are read as PyTorch keeps them: fc2.weight [120, 120]')
  }))

compared('a dense layer that becomes a map has its units in the order of the map here, where the text does not turn it itself', async () => {
  for (const [map, layout] of [[(vector: string) => `reshape(${vector}, [3, 3, 8])`, 'chw-oi'], [(vector: string) => `transpose(reshape(${vector}, [8, 3, 3]), [1, 2, 0])`, 'oi']] as const)
    await importedBoth('Decoder', decoder(map), async ({ code, stderr, pairs, differences }) => {
      assert.is(code, 0, stderr)
      assert.ok(differences['a']! < 3e-5 && differences['b']! < 3e-5, JSON.stringify(differences))
      assert.is(pairs.find(({ to }) => to === 'first/kernel')?.layout, layout)
    }, ['--input', 'x.npy', '--expect', 'a=y.npy', '--expect', 'b=z.npy'])
  await importedBoth('Through', through, async ({ code, stderr, pairs, differences }) => {
    assert.is(code, 0, stderr)
    assert.ok(differences['z']! < 3e-5, JSON.stringify(differences))
    assert.is(pairs.find(({ to }) => to === 'mix/kernel')?.layout, 'chw-oi-chw')
  })
})

compared('depthwise with two kernels for each channel, grouped, transposed, and a normalisation over the channels', () =>
  importedBoth('Kinds', kinds, async ({ code, stderr, pairs, differences }) => {
    assert.is(code, 0, stderr)
    assert.ok(differences['z']! < 1e-5, String(differences['z']))
    const layouts = new Map(pairs.map(({ to, layout }) => [to, layout]))
    assert.equal(['depthwise/kernel', 'grouped/kernel', 'up/kernel', 'norm/scale'].map((name) => layouts.get(name)), ['o1hw', 'oihw', 'iohw', 'same'])
  }))

compared('a name that says which kernel a normalisation stands at does not say on which side', async () => {
  for (const [network, text, count] of [['PreActivation', preActivation, 27], ['PreActivationKernelsFirst', preActivation, 27], ['PreStack', preStack, 16]] as const)
    await importedBoth(network, text, async ({ code, stderr, pairs, differences }, weights) => {
      // sorted, the last normalisation and those of the blocks stand in no order; made after their kernels, in another one than the text has
      if ((weights === 'net.safetensors' && network === 'PreActivation') || network === 'PreActivationKernelsFirst') {
        assert.is(code, 1)
        assert.match(stderr, `error[weights/ambiguous]: ${weights}: `)
        return
      }
      assert.is(code, 0, stderr)
      assert.is(pairs.length, count)
      assert.ok(differences['z']! < 1e-5, `${network} ${weights}: ${differences['z']}`)
    })
})

compared('what is written runs, and a proof that fails writes nothing', () =>
  importedBoth('Kinds', kinds, async (_, weights, folder) => {
    const run = await mainOf(['run', 'net.fmw', '--weights', 'w.safetensors', '--input', 'x=ones'], folder)
    assert.is(run.code, 0, run.stderr)
    await mkdir(path.join(folder, 'other'), { recursive: true })
    await writeFile(path.join(folder, 'relu.fmw'), kinds.replace('groups: 2) as grouped |> relu', 'groups: 2) as grouped |> silu'))
    const before = await contentOf(folder)
    const wrong = await imported(folder, weights, 'relu.fmw', '-o', 'other/w.safetensors', ...proof)
    assert.is(wrong.code, 1)
    assert.match(wrong.stderr, /error\[weights\/unproven\]: the output z differs by .* of what it varies by, and at most 0\.0001 is allowed/)
    assert.equal(await contentOf(folder), before)
  }))

compared('the values are those of PyTorch, turned', () =>
  importedBoth('Kinds', kinds, async (_, weights, folder) => {
    if (weights !== 'net.safetensors') return
    const bytes = async (file: string): Promise<Uint8Array> => readFile(path.join(folder, file))
    const [torch, fmw] = [readSafetensors(await bytes('net.safetensors'), 't'), readSafetensors(await bytes('w.safetensors'), 'w')]
    const at = (of: typeof torch, name: string, ...index: readonly number[]): number => {
      const { shape, values } = of.get(name)!
      return values[index.reduce((place, i, axis) => place * shape[axis]! + i, 0)]!
    }
    for (const [o, i, h, w] of [[0, 1, 2, 0], [11, 3, 0, 1], [5, 2, 1, 2]] as const) {
      assert.is(at(fmw, 'grouped/kernel', h, w, i, o), at(torch, 'grouped.weight', o, i, h, w))
      assert.is(at(fmw, 'up/kernel', h % 2, w % 2, i, o), at(torch, 'up.weight', o, i, h % 2, w % 2))
    }
    for (const [c, m, h, w] of [[0, 1, 2, 0], [3, 0, 1, 2]] as const) assert.is(at(fmw, 'depthwise/kernel', h, w, c, m), at(torch, 'depthwise.weight', 2 * c + m, 0, h, w))
  }))

s.run()
