import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { graphToJson } from '../../src/compiler/ir/write-json.ts'
import type { Host } from '../../src/compiler/text/host.ts'
import { placeOf } from '../../src/compiler/text/source.ts'
import { occurrencesIn } from '../../src/service/names/occurrences.ts'
import { prepareRename, rename } from '../../src/service/rename.ts'
import { openWorkspace } from '../../src/service/workspace.ts'
import { isChosen } from '../seeded-tenth.ts'
import { marked } from './marked.ts'

const renamed = suite('names that are changed')

type Files = Readonly<Record<string, string>>

/** The texts once what is named at the mark is called otherwise, or why it is not; and what is said of it. */
function outcome(text: string, name: string, files: Files = {}): { readonly texts: Files; readonly said: readonly string[] } {
  const { workspace, offsets } = marked(text, files)
  const result = rename(workspace, 'net.fmw', offsets[0]!, name)
  if ('refused' in result) return { texts: {}, said: [result.refused] }
  return { texts: Object.fromEntries(applyFixes([{ title: '', safety: 'safe', edits: result.edits }]).texts), said: result.notes }
}

const model = (body: string): string => `model M {\n  input x: [8, 8, 3]\n${body}}\n`

renamed('a value, where it is assigned again too; what is short becomes long', () => {
  const { texts, said } = outcome(
    model('  ‸stride = 1\n  stride = stride + 1\n  output y = conv(x, 4, 3x3, stride:, padding: same) |> conv(stride, 1x1)\n'),
    'step',
  )
  assert.is(texts['net.fmw'], model('  step = 1\n  step = step + 1\n  output y = conv(x, 4, 3x3, stride: step, padding: same) |> conv(step, 1x1)\n'))
  assert.equal(said, [])
})

const unit = `block Unit(x: [H, W, C], filters: int, stride: size = 1) -> [_, _, filters] {
  return conv(x, filters, 3x3, stride:, padding: same) as c
}
`
const user = `import { Unit } from "./net.fmw"
model A(f: block = Unit) {
  input x: [8, 8, 3]
  stride = 2
  layer g = Unit(_, filters: 3)
  output y = Unit(x, 4, stride:) |> f(filters: 3) |> g
}
`

renamed('a parameter, with the named arguments of all calls', () => {
  const { texts, said } = outcome(unit.replace('stride: size', '‸stride: size'), 'step', { 'a.fmw': user })
  assert.is(texts['net.fmw'], unit.replace('stride: size', 'step: size').replace('stride:,', 'stride: step,'))
  assert.is(texts['a.fmw'], user.replace('stride:)', 'step: stride)'))
  assert.equal(said, [])
  const filters = outcome(unit.replace('filters: int', '‸filters: int'), 'width', { 'a.fmw': user })
  assert.is(filters.texts['a.fmw'], user.replaceAll('filters:', 'width:'))
})

renamed('a block, with the imports of it, and what is said of the paths of weights', () => {
  const { texts, said } = outcome(unit.replace('Unit', '‸Unit'), 'Part', { 'a.fmw': user })
  assert.is(texts['net.fmw'], unit.replace('Unit', 'Part'))
  assert.is(texts['a.fmw'], user.replaceAll('Unit', 'Part'))
  assert.equal(said, ['Weight paths change: y/Unit/c/kernel is now y/Part/c/kernel, and 3 more. Files of weights have the old ones.'])
})

renamed('an alias in its file only, and the original where it has one', () => {
  const text = 'import { Unit as Mine } from "./a.fmw"\nblock B(x: [H, W, C]) -> tensor { return Mi‸ne(x, 3) }\n'
  assert.equal(outcome(text, 'Own', { 'a.fmw': unit }).texts, { 'net.fmw': text.replace('‸', '').replaceAll('Mine', 'Own') })
  const original = text.replace('‸', '').replace('Unit', 'Un‸it')
  assert.equal(outcome(original, 'Own', { 'a.fmw': unit }).texts, {
    'net.fmw': text.replace('‸', '').replace('Unit', 'Own'),
    'a.fmw': unit.replace('Unit', 'Own'),
  })
})

renamed('an extent, a label, an input, and an output with those that read it', () => {
  assert.is(outcome(unit.replace('[H,', '[‸H,'), 'Rows').texts['net.fmw'], unit.replace('[H,', '[Rows,'))
  const label = outcome(`${unit.replace('as c', 'as ‸c')}${model('  output y = Unit(x, 4)\n')}`, 'inner')
  assert.is(label.texts['net.fmw'], `${unit.replace('as c', 'as inner')}${model('  output y = Unit(x, 4)\n')}`)
  assert.match(label.said[0]!, /^Weight paths change: .*c\/kernel is now .*inner\/kernel/)
  const two = `${model('  a = relu(x)\n  output a\n  output b = sigmoid(x)\n')}model N {\n  input z: [8, 8, 3]\n  r = M(x: z)\n  output o = r.a\n}\n`
  assert.is(outcome(two.replace('a = relu', '‸a = relu'), 'first').texts['net.fmw'], two.replace('a = relu', 'first = relu').replace('output a', 'output first').replace('r.a', 'r.first'))
  const input = outcome(two.replace('input x', 'input ‸x'), 'image')
  assert.is(input.texts['net.fmw'], two.replace('input x', 'input image').replace('relu(x)', 'relu(image)').replace('sigmoid(x)', 'sigmoid(image)').replace('M(x: z)', 'M(image: z)'))
  assert.equal(input.said, ['The input x is called image from outside too: by commands, modules and settings.'])
})

const refusals: readonly (readonly [text: string, name: string, why: RegExp])[] = [
  [model('  ‸a = relu(x)\n  b = a\n  output y = b\n'), 'b', /^`b` is taken: net\.fmw:3:3 would stand/],
  [model('  ‸a = relu(x)\n  output y = [for b in [1, 2]: a * b][0]\n'), 'b', /is taken/],
  [model('  a = 2\n  output y = [for ‸b in [1, 2]: x * b * a][0]\n'), 'a', /is taken/],
  [`${unit}block Other(x: tensor) -> tensor { return x }\n`.replace('Unit', '‸Unit'), 'Other', /is taken/],
  [unit.replace('filters: int', '‸filters: int'), 'stride', /is taken/],
  [unit.replace('filters: int', '‸filters: int'), 'C', /is taken/],
  [model('  ‸a = relu(x)\n  output y = a\n'), 'for', /^`for` is a keyword$/],
  [model('  ‸a = relu(x)\n  output y = a\n'), 'pool', /^`pool` is a family of the library$/],
  [model('  ‸a = relu(x)\n  output y = a\n'), 'dense', /^`dense` is an op of the library$/],
  [model('  ‸a = relu(x)\n  output y = a\n'), 'range', /^`range` is a function of the language$/],
  [model('  ‸a = relu(x)\n  output y = a\n'), 'same', /^`same` is a word of the type padding$/],
  [model('  ‸a = relu(x)\n  output y = a\n'), '3a', /is no name/],
  [model('  ‸a = relu(x)\n  output y = a\n'), '', /is no name/],
  [model('  output y = re‸lu(x)\n'), 'a', /^`relu` is part of the library$/],
  [model('  output y = conv(x, 4, 3x3, pad‸ding: same)\n'), 'a', /^`padding` is part of the library$/],
  [model('  output y = conv(x, 4, 3x3, padding: sa‸me)\n'), 'a', /^`same` is a word of the language$/],
  [model('  output y = conv(x, ‸4)\n'), 'a', /^nothing is named here/],
  [model('  ‸a = conv(x 4)\n  output y = a\n'), 'b', /^net\.fmw has mistakes of syntax|^nothing is named/],
  [model('  a = conv(x, 4) as ‸one\n  output y = conv(a, 4) as two\n'), 'two', /there would be a mistake/],
  [
    `block A(x: tensor, n: int) -> tensor { return x }\nblock B(x: tensor, n: int) -> tensor { return x }\nblock C(x: tensor, f: block) -> tensor { return f(x, n: 2) }\n${model('  output y = x |> C(A) |> C(B)\n')}`.replace(', n:', ', ‸n:'),
    'm',
    /^the argument at net\.fmw:3:54 is also given to net\.fmw:2:20, whose n stays$/,
  ],
]

renamed('what would capture, or be captured, is refused with the reason', () => {
  for (const [text, name, why] of refusals) {
    const { texts, said } = outcome(text, name)
    assert.equal(texts, {}, `${text}\n${name}`)
    assert.match(said[0]!, why, text)
  }
})

renamed('what can be renamed, before it is', () => {
  const { workspace, offsets } = marked(model('  ‸a = re‸lu(x)\n  output y = a\n'))
  const [a, relu] = offsets.map((offset) => prepareRename(workspace, 'net.fmw', offset))
  assert.is(a && 'name' in a && a.name, 'a')
  assert.equal(relu, { refused: '`relu` is part of the library' })
})

/** A name that no text has, not even as a part of a word. */
const fresh = 'zq'

/** The graphs of files as they are but for places. */
function graphsOf(paths: readonly string[], host: Host): string {
  const graphs = paths.flatMap((path) => compile(path, host.read(path)!, host, { fixes: false }).graphs.map(graphToJson))
  return JSON.stringify(graphs, (key, value: unknown) => (['origin', 'origins', 'statement', 'declaration', 'call', 'at'].includes(key) ? undefined : value))
}

/** Renames each thing of some files, and holds the graphs against those before. */
function renameAll(folder: string): number {
  const host: Host = { ...nodeHost, read: (path) => nodeHost.read(`${folder}/${path}`), filesBeside: () => [] }
  const paths = readdirSync(folder).filter((name) => name.endsWith('.fmw'))
  const workspace = openWorkspace(host)
  for (const path of paths) workspace.write(path, readFileSync(`${folder}/${path}`, 'utf8'))
  let count = 0
  for (const path of paths) {
    const things = new Map(occurrencesIn(workspace.analysisOf(path)!).map((one) => [(one.alias ?? one.thing).key, one]))
    for (const { span, thing, alias } of things.values()) {
      const { made, name, kind } = alias ?? thing
      const where = `${placeOf(span)} ${name}`
      if (!made || made.source.library || kind === 'word' || !isChosen(where)) continue
      const result = rename(workspace, path, span.start, fresh)
      if ('refused' in result) throw new Error(`${where}: ${result.refused}`)
      const { texts } = applyFixes([{ title: '', safety: 'safe', edits: result.edits }])
      const after: Host = { ...host, read: (file) => texts.get(file) ?? host.read(file) }
      const touched = paths.filter((file) => texts.has(file) || file === path)
      assert.is(graphsOf(touched, after).replaceAll(fresh, name), graphsOf(touched, host), where)
      count++
    }
  }
  return count
}

renamed('after any of the names of the examples is changed the graph is the same but for it', () => {
  assert.ok(renameAll('examples') + renameAll('examples/systems') > 10)
})

renamed.run()
