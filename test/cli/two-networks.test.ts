import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { zipSync } from 'fflate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { availableBackends } from '../backends.ts'
import { root } from './fmw.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('two networks in a third')

const [samples, side] = [96, 8]
const stream = randomStream(1, 'pairs')
/** What is to be told of each pair: by the colours alone only the first. */
const pairs = Array.from({ length: samples }, (_, i) => ({ colour: i % 2, depth: Math.floor(i / 2) % 2 }))

/** Red on the left or green on the right, on noise. */
const colours = pairs.flatMap(({ colour }) =>
  Array.from({ length: side * side * 3 }, (_, at) => {
    const [column, channel] = [Math.floor(at / 3) % side, at % 3]
    return 0.2 * stream.uniform() + (channel === colour && column < side / 2 === (colour === 0) ? 0.8 : 0)
  }),
)
/** Near or far, on noise. */
const depths = pairs.flatMap(({ depth }) => Array.from({ length: side * side }, () => 0.2 * stream.uniform() + 0.7 * depth))

const npz = (arrays: Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, [shape, values]]) => [`${name}.npy`, writeNpy({ shape, values: Float32Array.from(values) })])))

const readme = await readFile(path.join(root, 'examples/README.md'), 'utf8')

/** The commands that stand above the summary of the third network. */
const commands = [.../```sh\n([^`]*12-two-networks[^`]*)```/.exec(readme)![1]!.replaceAll('\\\n', ' ').matchAll(/^npx fmw (.*)$/gm)].map(([, command]) => command!.trim().split(/ +/))

s('the documented commands train one alone, and a third with it that tells what neither tells', async () => {
  assert.is(commands.length, 2)
  const source = async (file: string): Promise<string> => readFile(path.join(root, file), 'utf8')
  const files = {
    'examples/backbones.fmw': await source('examples/backbones.fmw'),
    'examples/systems/12-two-networks.fmw': await source('examples/systems/12-two-networks.fmw'),
    'colour.npz': npz({ image: [[samples, side, side, 3], colours], labels: [[samples], pairs.map(({ colour }) => colour)] }),
    'pairs.npz': npz({
      colour: [[samples, side, side, 3], colours],
      depth: [[samples, side, side, 1], depths],
      labels: [[samples], pairs.map(({ colour, depth }) => 2 * colour + depth)],
    }),
  }
  for (const backend of (await availableBackends()).filter((name) => name !== 'cpu')) {
    await withFiles(files, async (folder) => {
      for (const command of commands) {
        const { code, stderr } = await mainOf([...command, '--epochs', '12', '--batch', '8', '--learning-rate', '0.01', '--validation', '0', '--backend', backend, '--quiet'], folder)
        assert.is(code, 0, stderr)
      }
      const given = ['eval', 'examples/systems/12-two-networks.fmw', '--target', 'logits', '--weights', 'joined.safetensors', '--data', 'pairs.npz', '--backend', backend]
      const { stdout, stderr } = await mainOf([...given, '--json', '--quiet'], folder)
      const { metrics } = JSON.parse(stdout) as { metrics: Readonly<Record<string, number>> }
      assert.ok(metrics['accuracy']! > 0.9, `${stdout}${stderr}`)
      const read = async (file: string) => readSafetensors(await readFile(path.join(folder, file)), file)
      const [alone, joined] = [await read('colour.safetensors'), await read('joined.safetensors')]
      for (const [name, tensor] of alone) assert.equal(joined.get(`left/${name}`), tensor, name)
    })
  }
})

s.run()
