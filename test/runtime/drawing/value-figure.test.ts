import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { margin, pictureOf } from '../../../src/runtime/drawing/panel.ts'
import { statisticsOf, statisticsText } from '../../../src/runtime/drawing/statistics.ts'
import { light } from '../../../src/runtime/drawing/theme.ts'
import { valueFigure, type ValueOptions } from '../../../src/runtime/drawing/value-figure.ts'
import { sizeOf } from '../../../src/codegen/tfjs/runtime/tensor-data.ts'
import { pixelsOf } from './pixels.ts'

const s = suite('figures of values')

const options: ValueOptions = { scale: 'all', page: 1, trained: false, colors: 'grey' }

const counting = (shape: readonly number[]) => ({ shape, values: Float32Array.from({ length: sizeOf(shape) }, (_, i) => i) })

s('a value is drawn by its axes', () => {
  const alt = (...shape: readonly number[]): string | undefined => valueFigure('x', counting(shape), options)?.alt.split(', ')[0]
  assert.is(alt(4, 5, 6), '6 maps of 4 by 5')
  assert.is(alt(4, 5), 'a matrix of 4 by 5')
  assert.is(alt(6), '6 numbers as bars')
  assert.is(alt(), 'one number as a bar')
  assert.is(alt(1, 1, 6), '6 numbers as bars')
  assert.is(alt(3, 3, 4, 8), '32 kernels of 3 by 3')
  assert.is(alt(1, 1, 4, 8), 'a matrix of 4 by 8')
  assert.is(alt(2, 2, 2, 2, 2), undefined)
})

s('the maps of a grid are the channels, and its kernels those of each input and filter', () => {
  // without labels above the maps their places are known: 160 pixels for the longer side
  const maps = pixelsOf(pictureOf(valueFigure('x', counting([2, 2, 3]), options)!.panel(light), light))
  const top = margin + 18 + 2
  for (let c = 0; c < 3; c++) {
    for (let place = 0; place < 4; place++) {
      const grey = Math.round((255 * (place * 3 + c)) / 11)
      assert.equal(maps.at(margin + c * 172 + 40 + 80 * (place % 2), top + 40 + 80 * Math.floor(place / 2)), [grey, grey, grey])
    }
  }
  const kernels = pixelsOf(pictureOf(valueFigure('x', counting([2, 2, 2, 3]), options)!.panel(light), light))
  for (let o = 0; o < 3; o++) {
    for (let i = 0; i < 2; i++) {
      for (let place = 0; place < 4; place++) {
        const grey = Math.round((255 * ((place * 2 + i) * 3 + o)) / 23)
        // six in one row, those of a filter next to each other
        const x = margin + (2 * o + i) * 172 + 40 + 80 * (place % 2)
        assert.equal(kernels.at(x, top + 40 + 80 * Math.floor(place / 2)), [grey, grey, grey])
      }
    }
  }
})

s('more than 256 maps or numbers are drawn in pages, which say what they hold', () => {
  const page = (n: number, shape: readonly number[]) => valueFigure('x', counting(shape), { ...options, page: n })
  assert.equal(
    [page(1, [2, 2, 600])?.pages, page(3, [2, 2, 600])?.captions.at(-1), page(4, [2, 2, 600])],
    [3, 'maps 512 to 599 of 600: page 3 of 3', undefined],
  )
  assert.is(page(2, [300])?.captions.at(-1), 'numbers 256 to 299 of 300: page 2 of 2')
  assert.is(page(1, [3, 3, 48, 64])?.captions.at(-1), 'kernels 0 to 1007 of 3072: page 1 of 4')
  assert.is(page(1, [2, 2, 6])?.captions.length, 1)
})

s('statistics are those of the finite values, and say how many are not', () => {
  assert.is(statisticsText(statisticsOf(Float32Array.from([1, -0.5, 2.5]))), 'from -0.500 to 2.50, mean 1')
  assert.is(statisticsText(statisticsOf(Float32Array.from([NaN, 2, Infinity]))), 'from 2 to 2, mean 2; 2 not finite')
  assert.is(statisticsText(statisticsOf(Float32Array.from([NaN, NaN]))), '2 values, none finite')
  assert.is(statisticsText(statisticsOf(Float32Array.from([1e-5, 0, 2e7, 1234.5]))), 'from 0 to 2.0e+7, mean 5.0e+6')
})

s.run()
