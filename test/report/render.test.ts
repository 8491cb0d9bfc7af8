import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle, type Style } from '../../src/compiler/report/style.ts'
import { screenWidth } from '../../src/compiler/text/screen-width.ts'
import { compileText } from '../compile-text.ts'

const s = suite('rendered diagnostics')

const model = (...lines: readonly string[]): string =>
  `model M {\n  input x: [8, 8, 3]\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

interface Case {
  readonly text: string
  readonly files?: Readonly<Record<string, string>>
  readonly style?: Partial<Style>
}

/** What is shown of the lines of the text; the message, the notes and the fixes are left out. */
function excerptOf({ text, files = {}, style = {} }: Case): string {
  const { diagnostics } = compileText(text, files)
  const lines = diagnostics.map((diagnostic) => render(diagnostic, { ...plainStyle, ...style })).join('\n').split('\n')
  return lines.filter((line) => !/^(?:error|warning)\[|^ += /.test(line)).join('\n')
}

const shows = (what: string, shown: string, input: Case): void =>
  s(what, () => {
    assert.is(excerptOf(input), shown.slice(1))
  })

const added = model('output y = fuse.add(conv(x, 4), conv(x, 8))')

shows('marks of one line that do not overlap share a row, and their texts stand below, the last behind it', `
   ┌─ model.fmw:3:14
 3 │   output y = fuse.add(conv(x, 4), conv(x, 8))
   │              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [6, 6, 4] and [6, 6, 8]
   │                               -           - 8 channels decided here
   │                               4 channels decided here`, { text: added })

shows('without box characters the same is drawn in ASCII', `
   --> model.fmw:3:14
 3 |   output y = fuse.add(conv(x, 4), conv(x, 8))
   |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [6, 6, 4] and [6, 6, 8]
   |                               -           - 8 channels decided here
   |                               4 channels decided here`, { text: added, style: { unicode: false } })

s('without box characters the words are ASCII too', () => {
  const files = { 'b.fmw': 'import { B } from "./model.fmw"\n' }
  const { diagnostics } = compileText(`import { B } from "./b.fmw"\n${model('output y = B(x)')}`, files)
  assert.match(render(diagnostics[0]!, { ...plainStyle, unicode: false }), 'model.fmw -> b.fmw -> model.fmw\n')
})

shows('lines that end in carriage return and line feed look like others', `
   ┌─ model.fmw:3:14
 3 │   output y = fuse.add(conv(x, 4), conv(x, 8))
   │              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [6, 6, 4] and [6, 6, 8]
   │                               -           - 8 channels decided here
   │                               4 channels decided here`, { text: added.replaceAll('\n', '\r\n') })

shows(
  'lines between marked lines are left out, and several files follow each other',
  `
    ┌─ b.fmw:2:10
  2 │   return fuse.add(a, b)
    │          ^^^^^^^^^^^^^^ [8, 8, 3] and [6, 6, 4]
    ├─ model.fmw:3:13
  3 │   input x: [8, 8, 3]
    │             - height 8 decided here
   ·
 10 │   y = conv(x, 4)
    │       ---------- height 6 computed here: 8 - 3 + 1 = 6`,
  {
    text: `import { B } from "./b.fmw"\n${model('a = 1', 'b = 1', 'c = 1', 'd = 1', 'e = 1', 'f = 1', 'y = conv(x, 4)', 'output z = B(x, y)')}`,
    files: { 'b.fmw': 'block B(a: [H, W, C], b: [h, w, D]) -> [_, _, _] {\n  return fuse.add(a, b)\n}\n' },
  },
)

shows('a tab takes two columns, wherever it stands', `
   ┌─ model.fmw:3:11
 3 │     a =  1 +  imge
   │               ^^^^`, { text: 'model M {\n\tinput x: [8]\n\t\ta =\t1 +\timge\n\toutput x\n}\n' })

shows('marks stand under what they mean behind ideographs, emoji and letters with marks', `
   ┌─ model.fmw:3:36
 3 │   require x.rank == 3, "日本語 😀 e\u0301 {imge}"
   │                                      ^^^^`, { text: model('require x.rank == 3, "日本語 😀 e\u0301 {imge}"', 'output x') })

shows('a call over several lines is marked to the end of its first line', `
   ┌─ model.fmw:3:14
 2 │   input x: [8, 8, 3]
   │             - height 8 decided here
 3 │   output y = fuse.add(
   │              ^^^^^^^^^ [8, 8, 3] and [6, 6, 4]
  ·
 5 │     conv(x, 4),
   │     ---------- height 6 computed here: 8 - 3 + 1 = 6`, { text: model('output y = fuse.add(', '  x,', '  conv(x, 4),', ')') })

shows('what is missing at the end of the text is marked at its last sign', `
   ┌─ model.fmw:3:20
 1 │ model M {
   │         - this is not closed
  ·
 3 │   output y = x * 2.5
   │                    ^`, { text: 'model M {\n  input x: [8, 8, 3]\n  output y = x * 2.5\n\n\n' })

s('of an empty text there is nothing to say', () => {
  assert.is(excerptOf({ text: '' }), '')
})

shows('a line that is too long is cut around the mistake', `
   ┌─ model.fmw:3:418
 3 │ …+ x + x + x + x + x + x + x + imge${' + x'.repeat(41)}…
   │                                ^^^^`, { text: model(`output y = x${' + x'.repeat(100)} + imge${' + x'.repeat(100)}`) })

/** All that is said of a text on a terminal with so many columns. */
const onTerminal = (text: string, width: number, files: Readonly<Record<string, string>> = {}): string =>
  compileText(text, files).diagnostics.map((diagnostic) => render(diagnostic, { ...plainStyle, width })).join('\n\n')

/** With a note of its own, since here only its form matters. */
const noted = (text: string, width: number): string =>
  compileText(text)
    .diagnostics.map((diagnostic) =>
      render(
        { ...diagnostic, notes: ['a note that a narrow terminal breaks into several lines'], fixes: [] },
        { ...plainStyle, width },
      ),
    )
    .join('\n\n')

const pooled = model(
  'output y = fuse.add(x |> conv(4, 3x3) |> pool.max(2), x |> conv(4, 5x5, stride: 2), x |> conv(4, 7x7))',
).replaceAll('8, 8', '28, 28')

s(
  'a terminal with 80 columns shows a part of the line, texts below their marks or as near as they fit, and the columns of what is not seen',
  () => {
    assert.is(
      noted(pooled, 80),
      `error[shape/size-mismatch]: fuse.add needs equal sizes: height 13 against 12
   ┌─ model.fmw:3:14
 3 │   output y = fuse.add(x |> conv(4, 3x3) |> pool.max(2), x |> conv(4, 5x5, …
   │              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   │              [13, 13, 4] and [12, 12, 4]
   │                                            -----------       -------------
   │                       height 12 computed here: floor((28 - 5) / 2) + 1 = 12
   │                       height 13 computed here: floor((26 - 2) / 2) + 1 = 13
   = a note that a narrow terminal breaks into several lines
   = fmw explain shape/size-mismatch`,
    )
  },
)

s('a terminal with 40 columns breaks what is said between words, and never within a shape', () => {
  assert.is(
    noted(pooled, 40),
    `error[shape/size-mismatch]: fuse.add
  needs equal sizes: height 13 against
  12
   ┌─ model.fmw:3:14
 3 │ …put y = fuse.add(x |> conv(4, 3x3…
   │          ^^^^^^^^^^^^^^^^^^^^^^^^^
   │         [13, 13, 4] and [12, 12, 4]
   │ column 44: height 13 computed here:
   │   floor((26 - 2) / 2) + 1 = 13
   │ column 62: height 12 computed here:
   │   floor((28 - 5) / 2) + 1 = 12
   = a note that a narrow terminal
     breaks into several lines
   = fmw explain shape/size-mismatch`,
  )
})

s('no line is wider than the terminal, unless a word is', () => {
  const files = {
    'b.fmw':
      'block B(a: [H, W, C], b: [H, W, D]) -> [_, _, _] {\n  return fuse.add(a, b) |> conv(4, 3x3, padding: same, activation: relu)\n}\n',
  }
  const text = `import { B } from "./b.fmw"\n${model('a = x |> conv(16, 3x3, padding: same, activation: relu)', 'output y = B(x |> conv(64, 3x3, padding: same), a)', 'output z = imge', 'require x.rank == 4, "画像 has {x.rank} axes 😀 and 4 are wanted"')}`
  for (const width of [40, 60, 80, 120]) {
    const lines = onTerminal(text, width, files).split('\n')
    assert.equal(lines.filter((line) => screenWidth(line) > width), [], `${width} columns`)
  }
})

s('colours enclose the signs and the words, and nothing else', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`
  const style: Style = { error: mark('e'), warning: mark('w'), dim: mark('d'), bold: mark('b'), unicode: true }
  const { diagnostics } = compileText(model('output y = imge'))
  assert.is(
    render(diagnostics[0]!, style),
    `<e>error[name/unknown]</e><b>: there is no name imge</b>
   <d>┌─</d> model.fmw:3:14
<d> 3</d> <d>│</d>   output y = imge
   <d>│</d>              <e>^^^^</e>
   <d>=</d> fmw explain name/unknown`,
  )
})

s('calls from one place are counted, and a fix that a note proposes is not said twice', () => {
  const text = `block Deep(x: [H, W, C], depth: int) -> [H, W, C] {
  if depth == 0 { return x |> conv(C, 9x9) }
  return Deep(x, depth - 1)
}
${model('y = Deep(x, 3)', 'output z = x |> rleu')}`
  const [tooLarge, unknown] = compileText(text).diagnostics.map((diagnostic) => render(diagnostic, plainStyle))
  assert.match(tooLarge!, '   = in Deep, called at model.fmw:3:10 (3 times)\n   = in Deep, called at model.fmw:7:7\n')
  assert.match(unknown!, '   = did you mean relu?\n   = fmw explain name/unknown')
})

s.run()
