import { Buffer } from 'node:buffer'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCanvas, textWidth, type Canvas } from '../../src/runtime/drawing/canvas.ts'

const s = suite('drawing')

/** Rows of a picture: `#` where it is darker than half, else `.`. */
function rowsOf(canvas: Canvas): readonly string[] {
  const { width, height, data } = PNG.sync.read(Buffer.from(canvas.toPng()))
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (data[4 * (y * width + x)]! < 128 ? '#' : '.')).join(''),
  )
}

const black = [0, 0, 0] as const

s('a rectangle fills its pixels, and what lies outside is cut off', () => {
  const canvas = createCanvas(6, 4)
  canvas.rectangle(1, 1, 2, 2, black)
  canvas.rectangle(5, -3, 9, 4, black)
  assert.equal(rowsOf(canvas), ['.....#', '.##...', '.##...', '......'])
})

s('an opacity mixes the colour with what is below', () => {
  const canvas = createCanvas(1, 1, [200, 100, 0])
  canvas.rectangle(0, 0, 1, 1, [0, 200, 100, 0.5])
  assert.equal([...PNG.sync.read(Buffer.from(canvas.toPng())).data], [100, 150, 50, 255])
})

s('lines run from end to end in every direction', () => {
  const canvas = createCanvas(5, 5)
  canvas.line(0.5, 2.5, 4.5, 2.5, black)
  canvas.line(2.5, 4.5, 2.5, 0.5, black)
  assert.equal(rowsOf(canvas), ['..#..', '..#..', '#####', '..#..', '..#..'])
  const diagonal = createCanvas(4, 4)
  diagonal.line(3.5, 3.5, 0.5, 0.5, black)
  assert.equal(rowsOf(diagonal), ['#...', '.#..', '..#.', '...#'])
})

s('a line without length is a dot of its thickness', () => {
  const canvas = createCanvas(5, 5)
  canvas.line(2.5, 2.5, 2.5, 2.5, black, 3)
  assert.equal(rowsOf(canvas), ['.....', '.###.', '.###.', '.###.', '.....'])
})

s('text is legible: capitals on the line, descenders below it', () => {
  const canvas = createCanvas(17, 9)
  canvas.text(0, 0, 'Ag7', black)
  assert.equal(rowsOf(canvas), [
    '..#.........#####',
    '.#.#............#',
    '#...#..####....#.',
    '#...#.#...#....#.',
    '#####.#...#...#..',
    '#...#.#...#...#..',
    '#...#..####...#..',
    '..........#......',
    '.......###.......',
  ])
})

s('text is as wide as it is said to be, at every scale', () => {
  for (const scale of [1, 2, 3]) {
    const canvas = createCanvas(100, 40)
    canvas.text(0, 0, 'H8H', black, scale)
    const inked = rowsOf(canvas).map((row) => row.lastIndexOf('#') + 1)
    assert.is(Math.max(...inked), textWidth('H8H', scale))
    assert.is(inked.filter((right) => right > 0).length, 7 * scale)
  }
  assert.is(textWidth(''), 0)
})

s('every printable ASCII character but the space has a form of its own; others are boxes', () => {
  const drawn = (character: string): string => {
    const canvas = createCanvas(5, 9)
    canvas.text(0, 0, character, black)
    return rowsOf(canvas).join('\n')
  }
  const characters = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))
  assert.is(new Set(characters.map(drawn)).size, 94)
  assert.not.ok(drawn(' ').includes('#'))
  assert.ok(characters.every((character) => drawn(character) !== drawn('é') && drawn(character).includes('#')))
  assert.is(drawn('é'), drawn('汉'))
})

s.run()
