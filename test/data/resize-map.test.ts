import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { noteOfBytes } from '../../src/runtime/data/byte-values.ts'
import { resizeMaps } from '../../src/runtime/data/resize-map.ts'
import type { Shape } from '../../src/compiler/graph/graph.ts'
import { buildGraph } from '../graphs.ts'

const s = suite('arrays of maps')

/** What each old position weighs at a new one: a triangle around its centre, which is as wide as the new pixel where that is larger. */
function weights(from: number, to: number, at: number): readonly number[] {
  const scale = from / to
  const centre = (at + 0.5) * scale - 0.5
  const reach = Math.max(1, scale)
  const all = Array.from({ length: from }, (_, i) => Math.max(0, 1 - Math.abs(i - centre) / reach))
  const total = all.reduce((sum, weight) => sum + weight, 0)
  return all.map((weight) => weight / total)
}

s('are resized channel by channel as pictures are, whatever their values and however many channels there are', () => {
  for (const [height, width, channels, rows, columns] of [[7, 5, 5, 3, 4], [4, 6, 1, 9, 2], [3, 3, 4, 3, 5]] as const) {
    const values = Float32Array.from({ length: 2 * height * width * channels }, (_, i) => Math.sin(i * i) * 300 - 20)
    const { shape, values: found } = resizeMaps({ shape: [2, height, width, channels], values }, [rows, columns])
    assert.equal(shape, [2, rows, columns, channels])
    for (let n = 0; n < 2; n++)
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < columns; x++)
          for (let c = 0; c < channels; c++) {
            let sum = 0
            for (const [i, down] of weights(height, rows, y).entries())
              for (const [j, across] of weights(width, columns, x).entries())
                sum += down * across * values[((n * height + i) * width + j) * channels + c]!
            const value = found[((n * rows + y) * columns + x) * channels + c]!
            assert.ok(Math.abs(value - sum) < 1e-4, `${value} instead of ${sum}`)
          }
  }
})

const shapeOf = (...extents: readonly number[]): Shape => buildGraph('M').input('x', extents).type.shape

s('that hold the bytes of pictures are told from others', () => {
  const note = (values: readonly number[], shape = shapeOf(1, 3, 1), deviation?: number): string | undefined =>
    noteOfBytes({ shape: [1, 1, 3, 1], values: Float32Array.from(values) }, shape, deviation === undefined ? undefined : { mean: [0], deviation: [deviation] })
  assert.is(note([0, 255, 17]), 'it has whole numbers up to 255, and pictures are 0 to 1: --normalize 0/255 takes them as that')
  assert.match(note([0, 255, 17], undefined, 0.406)!, '--normalize 0/103.53 takes them as that')
  for (const fine of [note([0, 1, 1]), note([0, 16, 3]), note([0, 255, 0.5]), note([-1, 255, 0]), note([0, 256, 0]), note([0, 255, 17], undefined, 255), note([0, 255, 17], shapeOf(3)), note([0, 255, 17], shapeOf(1, 3, 2))])
    assert.is(fine, undefined)
})

s.run()
