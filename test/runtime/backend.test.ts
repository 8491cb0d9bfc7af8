import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBackend } from '../../src/runtime/backend/backend.ts'
import { findNativePackages, nativeFolder } from '../../src/runtime/backend/native-package.ts'
import { probeBackends } from '../../src/runtime/backend/probe-backends.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { reported } from './problems-of.ts'
import { inTemporaryFolder } from './temporary-folder.ts'
import { withEnvironment } from './with-environment.ts'

const s = suite('backends')
const available = await availableBackends()
const hasNative = available.includes('node')
const withNative = hasNative ? s : s.skip

s('cpu and wasm load everywhere', () => {
  assert.equal(available.slice(0, 2), ['cpu', 'wasm'])
})

for (const name of available) {
  s(`${name} is the backend that computes`, async () => {
    const registered = { node: 'tensorflow', wasm: 'wasm', cpu: 'cpu' }
    await withBackend(name, (tf) => {
      assert.is(tf.getBackend(), registered[name])
      assert.equal([...tf.matMul([[1, 2]], [[3], [4]]).dataSync()], [11])
    })
  })

  s(`${name} has gradients and optimisers in its namespace`, async () => {
    await withBackend(name, (tf) => {
      const slope = tf.grad((x) => tf.sum(tf.mul(x, tf.sigmoid(x))))(tf.tensor1d([0, 2]))
      const sigmoid = 1 / (1 + Math.exp(-2))
      const [first, second] = slope.dataSync()
      assert.ok(Math.abs(first! - 0.5) < 1e-6)
      assert.ok(Math.abs(second! - (sigmoid + 2 * sigmoid * (1 - sigmoid))) < 1e-5)

      const weight = tf.variable(tf.scalar(3))
      tf.train.sgd(0.25).minimize(() => tf.square(weight))
      assert.ok(Math.abs(weight.dataSync()[0]! - 1.5) < 1e-6)
    })
  })
}

s('backends can be taken in turns, and tensors go with them', async () => {
  const before = (await openBackend('cpu')).tf.memory().numTensors
  await withBackend('cpu', async (cpu) => {
    const x = cpu.tensor1d([1, 2, 3])
    for (const name of [...available, ...available]) {
      const { tf } = await openBackend(name)
      const y = tf.add(x, tf.tensor1d([1, 1, 1]))
      assert.equal([...y.dataSync()], [2, 3, 4], name)
      const next = await openBackend(name === 'wasm' ? 'cpu' : 'wasm')
      assert.equal([...next.tf.mul(y, x).dataSync()], [2, 6, 12], `${name}, then ${next.name}`)
    }
  })
  assert.is((await openBackend('cpu')).tf.memory().numTensors, before)
})

s('tensors that a run leaves behind are disposed, also when it throws', async () => {
  for (const name of available) {
    const { tf } = await openBackend(name)
    const before = tf.memory().numTensors
    assert.is(await withBackend(name, async () => tf.ones([4]).size), 4)
    await withBackend(name, () => {
      tf.ones([4])
      throw new Error('stop')
    }).catch((error: Error) => assert.is(error.message, 'stop'))
    assert.is(tf.memory().numTensors, before)
  }
})

s('auto takes the fastest', async () => {
  assert.is((await openBackend('auto')).name, available.at(-1))
})

/** Runs code on backends in a process of its own and gives all that it prints. */
function printedBy(code: string): string {
  const module = new URL('../../src/runtime/backend/backend.ts', import.meta.url)
  const script = `import { createRequire } from 'node:module'; const { openBackend } = await import('${module}'); ${code}`
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  return stdout + stderr
}

s('no backend prints anything of its own', () => {
  const turns = `for (const name of ${JSON.stringify([...available, ...available])}) {
    const { tf } = await openBackend(name)
    tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, 'same').dataSync()
  }`
  assert.is(printedBy(`${turns}; console.log('done')`), 'done\n')
})

s('TensorFlow.js is not loaded before a backend is opened', () => {
  const count = `Object.keys(createRequire('${import.meta.url}').cache).filter((path) => path.includes('tensorflow')).length`
  assert.match(printedBy(`console.log(${count}); await openBackend('cpu'); console.log(${count} > 0)`), /^0\ntrue\n$/)
})

withNative('the native backend works where Node has removed the functions it calls', () => {
  const code = `const util = createRequire('${import.meta.url}')('node:util')
    delete util.isNullOrUndefined
    delete util.isArray
    const { tf } = await openBackend('node')
    console.log(String(tf.topk(tf.concat([tf.tensor1d([1, 3]), tf.tensor1d([2])]), 2).values.dataSync()))`
  assert.is(printedBy(code), '3,2\n')
})

/** Puts a package in the place of tfjs-node in a cache, with these files. */
async function fakePackage(cache: string, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = join(nativeFolder(cache), 'node_modules', '@tensorflow', 'tfjs-node')
  for (const [name, text] of Object.entries({ 'package.json': '{ "main": "dist/index.js" }', 'dist/index.js': '', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

const besideFmw = findNativePackages('no such folder').length > 0
const withoutOrdinary = besideFmw ? s.skip : s

const notInstalled = '@tensorflow/tfjs-node is not installed (fmw doctor --install-native installs it)'

withoutOrdinary('a missing native backend says how to install it', () =>
  inTemporaryFolder((cache) =>
    withEnvironment({ FMW_CACHE: cache }, async () => {
      assert.equal(await reported(() => openBackend('node')), [
        `backend/unavailable: the node backend cannot be used: ${notInstalled}`,
      ])
      const { name, notes } = await openBackend('auto')
      assert.is(name, 'wasm')
      assert.equal(notes, [`the node backend cannot be used: ${notInstalled}`])
    }),
  ),
)

withoutOrdinary('a package without its native library says so', () =>
  inTemporaryFolder((cache) =>
    withEnvironment({ FMW_CACHE: cache }, async () => {
      await fakePackage(cache, {})
      const [message] = await reported(() => openBackend('node'))
      assert.match(message!, /tfjs-node\/dist\/index\.js does not load: its native library is missing/)
    }),
  ),
)

withoutOrdinary('a native library that does not load is reported with the reason, by the backend and by the probe', () =>
  inTemporaryFolder((cache) =>
    withEnvironment({ FMW_CACHE: cache }, async () => {
      await fakePackage(cache, {
        'lib/napi-v8/tfjs_binding.node': 'no library',
        'dist/index.js': `require('../lib/napi-v8/tfjs_binding.node')`,
        'node_modules/@tensorflow/tfjs/index.js': '',
        'node_modules/@tensorflow/tfjs-core/index.js': 'exports.env = () => ({ set: () => {} })',
      })
      const [message] = await reported(() => openBackend('node'))
      assert.match(message!, /does not load: .*tfjs_binding\.node/)
      const [probe] = await probeBackends()
      assert.is(probe!.usable, false)
      assert.match('reason' in probe! ? probe.reason : '', /does not load: .*tfjs_binding\.node/)
    }),
  ),
)

s('the probe tells of each backend what computes, or why it cannot', async () => {
  const probes = await probeBackends()
  assert.equal(probes.map(({ name }) => name), ['node', 'wasm', 'cpu'])
  for (const probe of probes) {
    assert.is(probe.usable, available.includes(probe.name))
    const versions = probe.name === 'node' ? /^TensorFlow\.js 4\.22\.0, TensorFlow \d/ : /^TensorFlow\.js 4\.22\.0$/
    if (probe.usable) assert.match(probe.version, versions)
    else assert.match(probe.reason, 'the node backend cannot be used')
  }
})

s.run()
