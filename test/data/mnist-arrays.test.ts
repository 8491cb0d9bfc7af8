import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readNpz } from '../../src/runtime/files/npz.ts'
import { pictureMap } from '../../src/runtime/data/picture-map.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'

const s = suite('the arrays of handwritten digits')

const root = fileURLToPath(new URL('../..', import.meta.url))

s('8,000 digits are to learn from and 2,000 are held out, among them those of the examples', () =>
  inTemporaryFolder(async (folder) => {
    execFileSync(process.execPath, ['scripts/mnist-arrays.mjs', folder], { cwd: root })
    const read = async (name: string) => {
      const arrays = readNpz(await readFile(path.join(folder, name)), name)
      const numbers = (name: 'image' | 'labels'): TensorData => {
        const array = arrays.get(name)!
        if ('texts' in array) throw new Error(`${name} holds texts`)
        return array
      }
      return { image: numbers('image'), labels: numbers('labels') }
    }
    const [train, heldOut] = [await read('train.npz'), await read('held-out.npz')]
    assert.equal([train.image.shape, train.labels.shape], [[8000, 32, 32, 1], [8000]])
    assert.equal([heldOut.image.shape, heldOut.labels.shape], [[2000, 32, 32, 1], [2000]])
    for (let digit = 0; digit < 10; digit++) {
      const { values } = pictureMap(await readFile(path.join(root, `examples/data/${digit}.png`)), { channels: 1 }, 'digit')
      assert.equal(labelsOf(heldOut, values), [digit])
      assert.equal(labelsOf(train, values), [])
    }
  }),
)

type Digits = Readonly<Record<'image' | 'labels', TensorData>>

/** The labels of the samples that are this picture. */
const labelsOf = ({ image, labels }: Digits, picture: Float32Array): readonly number[] =>
  [...labels.values].filter((_, n) => picture.every((value, i) => image.values[n * picture.length + i] === value))

s.run()
