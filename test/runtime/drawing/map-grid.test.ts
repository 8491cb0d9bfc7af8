import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { columnsAmong, mapGrid, type GridCell } from '../../../src/runtime/drawing/map-grid.ts'
import { mapPanel } from '../../../src/runtime/drawing/map-panel.ts'
import { margin, pictureOf } from '../../../src/runtime/drawing/panel.ts'
import { scaleOf } from '../../../src/runtime/drawing/scale.ts'
import { light } from '../../../src/runtime/drawing/theme.ts'
import { pixelsOf, runsOf, type Pixels } from './pixels.ts'

const s = suite('grids of maps')

const cell = (values: readonly number[], rest: Partial<GridCell> = {}): GridCell => ({
  height: 2,
  width: 2,
  values: Float32Array.from(values),
  label: '',
  ...rest,
})

const draw = (cells: readonly GridCell[], scale: 'all' | 'each'): Pixels =>
  pixelsOf(pictureOf(mapGrid(cells, { colors: 'grey', scale }, light), light))

s('every element of a map is a square of its own, row by row', () => {
  const map = { height: 2, width: 3, values: Float32Array.from([0, 1, 2, 3, 4, 5]) }
  const { width, height, at } = pixelsOf(pictureOf(mapPanel(map, scaleOf(map.values, 'grey'), 4, light), light))
  assert.equal([width, height], [3 * 4 + 2 * margin, 2 * 4 + 2 * margin])
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 12; x++) {
      const value = 3 * Math.floor(y / 4) + Math.floor(x / 4)
      assert.equal(at(margin + x, margin + y), [51 * value, 51 * value, 51 * value])
    }
  }
})

s('elements that are not finite have a colour that no value has', () => {
  const map = { height: 1, width: 3, values: Float32Array.from([NaN, 0, -Infinity]) }
  const { at } = pixelsOf(pictureOf(mapPanel(map, scaleOf(Float32Array.from([0, 1]), 'grey'), 1, light), light))
  assert.equal(
    [at(margin, margin), at(margin + 1, margin), at(margin + 2, margin)],
    [light.notFinite, [0, 0, 0], light.notFinite],
  )
})

/** The grey of the first element of each of two maps: they are 160 pixels wide, and 12 apart. */
const firsts = ({ at }: Pixels): readonly number[] => [
  at(margin + 40, margin + 40)[0],
  at(margin + 160 + 12 + 40, margin + 40)[0],
]

s('one colour is one value in all maps, or each map uses all colours', () => {
  const cells = [cell([1, 0, 0, 0]), cell([5, 0, 0, 0])]
  assert.equal(firsts(draw(cells, 'all')), [51, 255])
  assert.equal(firsts(draw(cells, 'each')), [255, 255])
})

s('a weight is a bar over its map, as long as the map for the largest', () => {
  const cells = [0.5, -1, 0.25].map((weight, i) => cell([0, 1, 2, 3], { label: String(i), weight }))
  const pixels = draw(cells, 'all')
  assert.equal(runsOf(pixels, light.positive), Array.from({ length: 4 }, () => [80, 40]))
  assert.equal(runsOf(pixels, light.negative), Array.from({ length: 4 }, () => [160]))
})

s('rows are filled where the number of maps allows it', () => {
  assert.equal(
    [columnsAmong(32, 10), columnsAmong(10, 7), columnsAmong(7, 7), columnsAmong(11, 10), columnsAmong(4, 1), columnsAmong(3, 9)],
    [8, 5, 7, 10, 1, 3],
  )
})

s('a row is no wider than 1280 pixels', () => {
  for (const count of [1, 7, 20, 33, 256]) {
    const { width } = mapGrid(
      Array.from({ length: count }, (_, i) => cell([0, 1, 2, 3], { label: String(i), weight: 0.123 })),
      { colors: 'grey', scale: 'all' },
      light,
    )
    assert.ok(width <= 1280, `${count} maps are ${width} wide`)
  }
})

s.run()
