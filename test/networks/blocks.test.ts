import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { withBackend } from '../backends.ts'
import { runnerOf } from '../codegen/runner-of.ts'
import { inputsFor, weightsFor } from '../graph-tensors.ts'
import { at, fill, total, type NdArray } from '../primitives/nd-array.ts'

const blocks = suite('blocks of published networks')

type Arrays = Readonly<Record<string, NdArray>>

/** Asserts that a block of a network is, for each sample, what the formula makes of the input x and the weights by path. */
async function computes(
  file: string,
  call: string,
  shape: readonly number[],
  formula: (x: NdArray, weights: Arrays) => NdArray,
): Promise<void> {
  const [name] = call.split('(')
  const importing = `import { ${name} } from "./test/networks/${file}.fmw"`
  const text = `${importing}\nmodel Test {\ninput x: [${shape.join(', ')}]\noutput y = ${call}\n}\n`
  const { diagnostics, graphs } = compile('blocks.fmw', text, nodeHost)
  assert.equal(
    diagnostics.map(({ message }) => message),
    [],
  )
  const [graph] = graphs
  await withBackend('wasm', (tf) => {
    const weights = weightsFor(graph!, tf)
    const runner = runnerOf(graph!, tf)
    runner.load(weights)
    const inputs = inputsFor(graph!, tf, { batch: 2 })
    const { y } = runner.run(inputs)
    const arrays = Object.fromEntries(
      [...weights].map(([path, tensor]) => [path, { shape: tensor.shape, data: Float64Array.from(tensor.dataSync()) }]),
    )
    const samples = tf.unstack(inputs['x']!).map((sample) =>
      formula({ shape: sample.shape, data: Float64Array.from(sample.dataSync()) }, arrays),
    )
    assert.equal(y!.shape, [2, ...samples[0]!.shape])
    const wanted = samples.flatMap(({ data }) => [...data])
    const worst = [...y!.dataSync()].reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0)
    assert.ok(worst < 1e-5, `${call} differs by ${worst}`)
  })
}

blocks('Lrn divides by (1 + alpha / 5 times the squares of 5 channels) to the power 3/4', () =>
  computes('googlenet', 'Lrn(x, alpha: 2.0)', [2, 3, 7], (x) =>
    fill(x.shape, (h, w, c) => {
      const squares = total([5], (i) => (c + i - 2 >= 0 && c + i - 2 < 7 ? at(x, h, w, c + i - 2) ** 2 : 0))
      return at(x, h, w, c) / (1 + (2 / 5) * squares) ** 0.75
    }),
  ),
)

blocks("PixelShuffle puts channel c · r² + i · r + j at row i, column j of its place, as PyTorch's does", () =>
  computes('pixel-shuffle', 'PixelShuffle(x, 2)', [3, 2, 8], (x) =>
    fill([6, 4, 2], (h, w, c) => at(x, Math.floor(h / 2), Math.floor(w / 2), c * 4 + (h % 2) * 2 + (w % 2))),
  ),
)

blocks('Attention is softmax(q kᵀ / √size) v', () =>
  computes('vision-transformer', 'Attention(x, 4)', [5, 3], (x, weights) => {
    const projected = (name: string) => (row: number, column: number) =>
      total([3], (i) => at(x, row, i) * at(weights[`y/Attention/${name}/kernel`]!, i, column)) +
      at(weights[`y/Attention/${name}/bias`]!, column)
    const [q, k, v] = ['q/0/dense', 'q/1/dense', 'q/2/dense'].map(projected) as [Read, Read, Read]
    const fit = (row: number, other: number): number => Math.exp(total([4], (i) => q(row, i) * k(other, i)) / 2)
    return fill(
      [5, 4],
      (row, column) => total([5], (other) => fit(row, other) * v(other, column)) / total([5], (other) => fit(row, other)),
    )
  }),
)

type Read = (row: number, column: number) => number

blocks('Centred puts zeros around a map, and what is odd at the end', () =>
  computes('facenet', 'Centred(x, 5, 4)', [2, 2, 1], (x) =>
    fill([5, 4, 1], (h, w) => (h >= 1 && h < 3 && w >= 1 && w < 3 ? at(x, h - 1, w - 1, 0) : 0)),
  ),
)

blocks('Masked reads the pixels before each one, and where it is open the pixel itself', async () => {
  for (const open of [true, false]) {
    await computes('pixel-cnn', `Masked(x, 2, 3, open: ${open})`, [4, 3, 2], (x, weights) =>
      fill([4, 3, 2], (h, w, o) => {
        const taps = total([3, 3, 2], (i, j, c) =>
          i * 3 + j < (open ? 5 : 4) ? at(x, h + i - 1, w + j - 1, c) * at(weights['y/Masked/kernel']!, i, j, c, o) : 0,
        )
        return taps + at(weights['y/Masked/bias']!, o)
      }),
    )
  }
})

blocks('Modulated convolves each sample with its own kernel: scaled by its style, of length 1', () =>
  computes('stylegan2', 'Modulated(x, pool.global(x), 2)', [3, 3, 2], (x, weights) => {
    const mean = (d: number): number => total([3, 3], (h, w) => at(x, h, w, d)) / 9
    const style = (c: number): number =>
      1 +
      at(weights['y/Modulated/scale/dense/bias']!, c) +
      total([2], (d) => mean(d) * at(weights['y/Modulated/scale/dense/kernel']!, d, c))
    const kernel = (i: number, j: number, c: number, o: number): number =>
      style(c) * at(weights['y/Modulated/kernel']!, i, j, c, o)
    const length = (o: number): number => Math.sqrt(total([3, 3, 2], (i, j, c) => kernel(i, j, c, o) ** 2) + 1e-8)
    return fill(
      [3, 3, 2],
      (h, w, o) => total([3, 3, 2], (i, j, c) => at(x, h + i - 1, w + j - 1, c) * kernel(i, j, c, o)) / length(o),
    )
  }),
)

blocks.run()
