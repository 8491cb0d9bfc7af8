import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { renderHistory } from '../../src/compiler/report/render-why.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { positionOf } from '../../src/compiler/text/source.ts'
import { whyShape, type History } from '../../src/compiler/facts/why.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('where an extent comes from')

function historiesOf(text: string, files: Readonly<Record<string, string>> = {}): readonly History[] {
  const graph = graphOf(text, files)
  return whyShape(graph, graph.outputs[0]!.node)
}

/** Each step as `12:17 how`. */
const told = (history: History): readonly string[] =>
  history.steps.map(({ dim, how, origin: { span } }) => {
    const { line, column } = positionOf(span.source, span.start)
    return `${span.source.path === 'model.fmw' ? '' : span.source.path}${line}:${column} ${how ?? printDim(dim)}`
  })

s('is the input, and the arithmetic of every window', () => {
  const [height, , channels] = historiesOf(`model M {
  input image: [27, 29, 3]
  x = image |> conv(8, 3x3, stride: 2, padding: 1) |> relu
  output y = x |> pool.max(2)
}`)
  assert.equal(told(height!), ['2:17 27', '3:16 floor((27 + 2 - 3) / 2) + 1 = 14', '4:19 floor((14 - 2) / 2) + 1 = 7'])
  assert.equal(told(channels!), ['3:21 8'])
})

s('is the same for symbolic extents', () => {
  const [, width] = historiesOf(`model M {
  input image: [H, W, 3] where W % 4 == 0
  output y = image |> pool.max(2) |> pool.max(2) |> conv.transpose(3, 2x2, stride: 2)
}`)
  assert.equal(told(width!), [
    '2:20 W',
    '3:23 floor((W - 2) / 2) + 1 = W / 2',
    '3:38 floor((W / 2 - 2) / 2) + 1 = W / 4',
    '3:53 (W / 4 - 1) * 2 + 2 = W / 2',
  ])
})

s('is every part of a sum, once', () => {
  const [, , channels] = historiesOf(`const WIDTH = 16
model M {
  input image: [8, 8, 3]
  a = image |> conv(2 * WIDTH, 1x1)
  output y = fuse.concat(a, image, a)
}`)
  assert.equal(told(channels!), ['1:15 16', '4:21 2 * 16 = 32', '3:23 3', '5:14 32 + 3 + 32 = 67'])
})

s('passes through flatten, with all that is multiplied', () => {
  const [length] = historiesOf(`model M {
  input image: [9, 8, 3]
  output y = image |> pool.max(2) |> flatten
}`)
  assert.equal(told(length!), [
    '2:17 9',
    '3:23 floor((9 - 2) / 2) + 1 = 4',
    '2:20 8',
    '3:23 floor((8 - 2) / 2) + 1 = 4',
    '2:23 3',
    '3:38 4 * 4 * 3 = 48',
  ])
})

s('is followed through loops and imported blocks, in each turn', () => {
  const blocks = `block Down(x: [H, W, C]) -> [_, _, _] {
  return x |> conv(2 * C, 3x3, stride: 2, padding: same)
}`
  const [height, , channels] = historiesOf(
    `import { Down } from "./blocks.fmw"
model M {
  input x: [25, 25, 3]
  y = x
  for i in range(2) {
    y = y |> Down
  }
  output y
}`,
    { 'blocks.fmw': blocks },
  )
  assert.equal(told(height!), ['3:13 25', 'blocks.fmw2:15 ceil(25 / 2) = 13', 'blocks.fmw2:15 ceil(13 / 2) = 7'])
  assert.equal(told(channels!), ['3:21 3', 'blocks.fmw2:20 2 * 3 = 6', 'blocks.fmw2:20 2 * 6 = 12'])
  assert.equal(height!.steps.map(({ origin }) => origin.frame?.name), [undefined, 'Down', 'Down'])
  assert.equal(height!.steps.map(({ node }) => node?.path), ['x', 'y_2/0/Down/conv/y/conv2d', 'y_2/1/Down/conv/y/conv2d'])
})

s('of what is brought to the size of another map is that map, too', () => {
  const [height] = historiesOf(`model M {
  input big: [20, 20, 3]
  input small: [7, 7, 3]
  output y = small |> align(like: big)
}`)
  assert.equal(told(height!), ['3:17 7', '2:15 20', '4:23 resized from 7'])
})

s('is drawn as excerpts, one below the other', () => {
  const [height] = historiesOf(`block Half(x: [H, W, C]) -> [_, _, C] { return pool.max(x, 2) }
model M {
  input image: [H, 8, 3] where H % 2 == 0
  output y = Half(image)
}`)
  assert.is(
    renderHistory(height!, plainStyle),
    `height H / 2
   ┌─ model.fmw:3:17
 3 │   input image: [H, 8, 3] where H % 2 == 0
   │                 - H decided here: H % 2 == 0
   ├─ model.fmw:1:48
 1 │ block Half(x: [H, W, C]) -> [_, _, C] { return pool.max(x, 2) }
   │                                                ^^^^^^^^^^^^^^ floor((H - 2) / 2) + 1 = H / 2 (y/Half/pool/max_pool)
   = in Half, called at model.fmw:4:14`,
  )
})

s.run()
