import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openWorkspace } from '../../src/service/workspace.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { inlays, type Inlay } from '../../src/service/inlays.ts'
import type { Analysis } from '../../src/service/analysis.ts'
import { marked } from './marked.ts'

const s = suite('inlays')

/** The text with what stands between it, in ‹›; what is stale with a `?`. */
function shown(analysis: Analysis, options = {}): string {
  const { text } = analysis.source
  let at = 0
  let all = ''
  for (const { offset, text: said, stale } of inlays(analysis, options)) {
    all += `${text.slice(at, offset)}‹${said.trim()}${stale ? '?' : ''}›`
    at = offset
  }
  return all + text.slice(at)
}

const inlaid = (text: string, options = {}): string => shown(marked(text).analysis, options)

const model = (...lines: readonly string[]): string => ['model M {', '  input image: [32, 32, 3]', ...lines.map((line) => `  ${line}`), '}', ''].join('\n')

/** The text of the shapes is what is left of the text without them. */
function expectShapes(wanted: string, options = {}): void {
  assert.is(inlaid(wanted.replaceAll(/‹[^›]*›/g, ''), options), wanted)
}

s('behind names that are bound, and behind steps at which lines break', () => {
  expectShapes(model(
    'x‹[16, 16, 8]› = image |> conv(8, 3x3, padding: same) |> pool.max(2)',
    'y‹[16, 16, 4]› = x‹[16, 16, 8]›',
    '  |> conv(4, 1x1) as first‹[16, 16, 4]›',
    '  |> relu‹[16, 16, 4]›',
    'a‹[16, 16, 8]›, b‹[16, 16, 4]› = [x, y]',
    'n = 3',
    'output z‹[16, 16, 12]› = fuse.concat(',
    '  a,',
    '  b |> relu |> tanh,',
    ')',
  ))
})

s('not where an annotation says it, but where it leaves something open', () => {
  expectShapes(model(
    'a: [32, 32, 8] = image |> conv(8, 1x1)',
    'b: [_, _, 8]‹[16, 16, 8]› = a |> pool.max(2)',
    'output c: [16, 16, 8] = b',
  ))
})

const twice = (body: string): string => `block F(x: [H, W, C], n: int, stride: int = 1) -> tensor {
  ${body}
  return y
}
model M {
  input image: [32, 32, 3]
  a‹[32, 32, 4]› = F(image, 4)
  output b‹[32, 32, 8]› = F(a, 8)
}
`

s('of a block that is called with several shapes the one that it has for all', () => {
  expectShapes(twice('y‹[H, W, n]› = x |> conv(n, 1x1)'))
})

s('of a block whose calls no short shape is true of, how many there are', () => {
  expectShapes(twice('y‹2 shapes› = x |> conv(n, 1x1)').replace('F(a, 8)', 'F(a, 8, 2)').replace('1x1)', '1x1, stride:)').replace('b‹[32, 32, 8]›', 'b‹[16, 16, 8]›'))
  const { analysis } = marked(twice('y = x |> conv(n, 1x1, stride:)').replace('F(a, 8)', 'F(a, 8, 2)').replaceAll(/‹[^›]*›/g, ''))
  const [y] = inlays(analysis)
  assert.equal(y!.details, ['[32, 32, 4]', '[16, 16, 8]'])
})

s('of a block whose callers agree that shape, and of one that nobody calls the one where it stands', () => {
  expectShapes(twice('y‹[32, 32, 8]› = x |> conv(8, 1x1)').replace('F(image, 4)', 'F(image, 4)').replace('a‹[32, 32, 4]›', 'a‹[32, 32, 8]›'))
  expectShapes('block F(x: [H, W, C], n: int) -> tensor {\n  y‹[floor(H / 2), floor(W / 2), n]› = x |> conv(n, 1x1) |> pool.max(2)\n  return y\n}\n')
})

s('a long extent is left out where nothing shorter is known', () => {
  expectShapes('block F(x: [H, W, C], n: int) -> tensor {\n  y‹[…, …, C]› = x |> pool.max(3, stride: n)\n  return y\n}\n')
})

s('in loops the first and the last', () => {
  expectShapes(model(
    'x‹[32, 32, 3]› = image',
    'for n in [4, 8, 16] {',
    '  x‹[16, 16, 4] … [4, 4, 16]› = x |> conv(n, 1x1) |> pool.max(2)',
    '}',
    'output y‹[4, 4, 16]› = x',
  ))
})

s('of a parameter that takes any tensor what it is given', () => {
  expectShapes('block F(x: tensor‹[4]›) -> like x {\n  return relu(x)\n}\nmodel M {\n  input v: [4]\n  output w‹[4]› = F(v)\n}\n')
})

s('names of parameters stand before arguments, where they are asked for and not said already', () => {
  const text = model('filters = 8', 'output y‹[8, 8, 8]› = image |> conv(filters, ‹kernel:›3x3, ‹stride:›2, padding: same) |> ‹›pool.max(‹size:›2)')
  expectShapes(text.replace('‹›', ''), { parameters: true })
  assert.is(inlaid(model('output y = fuse.add(image, image)'), { parameters: true }).includes('inputs'), false)
})

/** What is shown after a change of a text. */
function afterChange(before: string, now: string): readonly Inlay[] {
  const workspace = openWorkspace({ ...nodeHost, read: () => undefined })
  workspace.write('net.fmw', before)
  workspace.analysisOf('net.fmw')
  workspace.write('net.fmw', now)
  return inlays(workspace.analysisOf('net.fmw')!)
}

s('while a statement is half typed, its shapes and those that depend on it are the last good ones', () => {
  const before = model('a = image |> conv(8, 1x1)', 'b = relu(image)', 'c = a |> pool.max(2)', 'output d = c')
  const now = before.replace('1x1)', '1x1) |> ')
  const texts = afterChange(before, now).map(({ offset, text, stale }) => `${now.slice(offset - 1, offset)}${text}${stale ? '?' : ''}`)
  assert.equal(texts, ['a [32, 32, 8]?', 'b [32, 32, 3]', 'c [16, 16, 8]?', 'd [16, 16, 8]?'])
})

s('where a mistake hides the shape in some calls, that of the others is not said to be that of all', () => {
  const deepIn = (results: string, deep: string): string => `block Level(x: [H, W, C], depth: int) -> ${results} {
  if depth == 0 { return x }
  deep‹${deep}› = x |> pool.max(2) |> Level(depth - 1)
  return fuse.add(x, deep)
}
model M {
  input image: [32, 32, 3]
  output y = Level(image, 3)
}
`
  expectShapes(deepIn('[H, W, C]', '[floor(H / 2), floor(W / 2), C]'))
  expectShapes(deepIn('[_, _, C]', '[4, 4, 3], …'))
})

s('nothing is shown in the middle of what was changed, and nothing outside of the text', () => {
  const before = model('a = image |> conv(8, 1x1)', 'output d = a')
  for (let end = 0; end <= before.length; end++) {
    const now = before.slice(0, end)
    for (const { offset } of afterChange(before, now)) assert.ok(offset >= 0 && offset <= now.length, now)
  }
})

s('no text makes it throw', () => {
  for (const text of ['', '\r\n', 'model', 'model M {', '('.repeat(3000), 'x = |>', 'model M {\r\n  input x: [2]\r\n  y = x |>\r\n}', `const a = ${'-'.repeat(9000)}1`])
    assert.type(inlaid(text), 'string')
})

s.run()
