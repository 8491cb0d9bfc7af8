import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { textOf } from '../../src/compiler/text/source.ts'
import { codeLens } from '../../src/service/code-lens.ts'
import { folding } from '../../src/service/folding.ts'
import { selectionRanges } from '../../src/service/selection-ranges.ts'
import { symbols, type DocumentSymbol } from '../../src/service/symbols.ts'
import { marked } from './marked.ts'

const outline = suite('the outline of a text')

const text = `import { A } from "./a.fmw"
import { B } from "./a.fmw"

// one
// two
const N = 3
block F(x: [H, W, C], n: int) -> like x {
  param s: [C] = ones
  layer f = conv(_, C, 1x1)
  for i in range(n) {
    x = f(x)
    y, z = [x, x]
  }
  return x * s
}

model M {
  input image: [8, 8, 3]
  output out: [8, 8, 3] = image |> F(
    2‸,
  )
}
`
const files = { 'a.fmw': 'block A(x: tensor) -> tensor { return x }\nblock B(x: tensor) -> tensor { return x }\n' }

const shown = ({ kind, name, detail, inside }: DocumentSymbol): unknown =>
  inside.length > 0 ? [`${kind} ${name}${detail}`, inside.map(shown)] : `${kind} ${name}${detail}`

outline('declarations with what their statements make', () => {
  assert.equal(symbols(marked(text, files).analysis).map(shown), [
    'const N',
    ['block F(x, n)', ['weight s[C]', 'layer f', 'assigned x', 'assigned y', 'assigned z']],
    ['model M', ['input image[8, 8, 3]', 'output out[8, 8, 3]']],
  ])
})

outline('bodies, lists, comments and imports fold, brackets that close stay', () => {
  assert.equal(
    folding(marked(text, files).analysis)
      .toSorted((a, b) => a.span.start - b.span.start)
      .map(({ kind, span }) => `${kind} ${textOf(span).split('\n')[0]} … ${textOf(span).split('\n').at(-1)!.trim()}`),
    [
      'imports import { A } from "./a.fmw" … import { B } from "./a.fmw"',
      'comments // one … // two',
      'brackets { … return x * s',
      'brackets { … y, z = [x, x]',
      'brackets { … )',
      'brackets ( … 2,',
    ],
  )
})

outline('a selection grows from a word to the text', () => {
  const { analysis, offsets } = marked(text, files)
  const grown = selectionRanges(analysis, offsets[0]!).map((span) => textOf(span).replaceAll(/\s+/g, ' ').trim().slice(0, 30))
  assert.equal(grown, [
    '2', '2,', '( 2, )', 'F( 2, )', 'image |> F( 2, )', 'output out: [8, 8, 3] = image ', 'input image: [8, 8, 3] output ', '{ input image: [8, 8, 3] outpu', 'model M { input image: [8, 8, ',
    'import { A } from "./a.fmw" im',
  ])
})

outline('what is counted of a model, and of the last one that could be read', () => {
  const model = 'model M {\n  input x: [8, 8, 3]\n  output y = x |> conv(4, 3x3)\n}\n'
  const { workspace, analysis } = marked(model)
  assert.equal(
    codeLens(analysis).map(({ model: name, parameters, macs, isOld }) => [name, parameters.total, macs, isOld]),
    [['M', 112, 3888, false]],
  )
  workspace.write('net.fmw', model.replace('3x3)', '3x3'))
  assert.equal(codeLens(workspace.analysisOf('net.fmw')!).map(({ parameters, isOld }) => [parameters.total, isOld]), [[112, true]])
})

outline.run()
