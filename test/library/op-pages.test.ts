import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { builtins } from '../../src/compiler/elaborate/builtins.ts'
import type { Graph, WeightNode } from '../../src/compiler/graph/graph.ts'
import { opDoc } from '../../src/compiler/library/op-doc.ts'
import { opPages, summaryOf, type OpPage } from '../../src/compiler/library/op-pages.ts'
import { primitives } from '../../src/compiler/primitives/index.ts'
import { Modules } from '../../src/compiler/reading/module.ts'

const s = suite('pages of ops')

const modules = new Modules(nodeHost, new Reporter())
const pages = opPages(modules)

s('there is one of every block of the library, every primitive and every function', () => {
  const ofFamilies = modules.families.flatMap((family) =>
    modules.family(family).ast.declarations.flatMap(({ kind, name }) =>
      kind === 'block' ? [family === name.name ? family : `${family}.${name.name}`] : [],
    ),
  )
  const names = new Set([...modules.prelude.names.keys(), ...ofFamilies, ...primitives.keys(), ...builtins.keys()])
  assert.equal([...pages.keys()].sort(), [...names].sort())
  assert.ok(pages.size > 100)
})

for (const page of pages.values()) {
  s(`${page.name} says what it computes, takes and gives`, () => {
    assert.ok(summaryOf(page).length > 5)
    for (const { name, doc } of page.parameters) assert.match(doc, /^(?!as in)./, `${page.name}: ${name}`)
    if (page.kind !== 'function') assert.ok(page.result, 'its result')
  })

  s(`${page.name} has an example that compiles, fits a screen and calls it`, () => {
    const { diagnostics, graphs } = compile('example.fmw', page.example, nodeHost)
    assert.equal(diagnostics.map(({ message }) => message), [])
    assert.is(graphs.length, 1)
    assert.match(page.example, new RegExp(`(?<![\\w.])${page.name.replace('.', '\\.')}(?![\\w.:])`))
    for (const line of page.example.split('\n')) assert.ok(line.length <= 76, line)
    if (page.kind === 'block') assert.equal(weightsMissing(page, graphs[0]!), { said: [], made: [] })
  })
}

s('parameters are documented by their names, and those only', () => {
  for (const family of modules.families)
    for (const declaration of modules.family(family).ast.declarations) {
      if (declaration.kind !== 'block') continue
      const names = declaration.parameters.map(({ name }) => name.name)
      assert.equal([...opDoc(declaration.doc).parameters.keys()].filter((name) => !names.includes(name)), [], declaration.name.name)
    }
})

s('a parameter that is one of another op means what it says there', () => {
  const meaning = (op: string, name: string) => pages.get(op)?.parameters.find((one) => one.name === name)?.doc
  assert.is(meaning('conv.depthwise', 'stride'), 'rows and columns from one window to the next')
  assert.is(meaning('conv.separable', 'stride'), 'rows and columns from one window to the next, of the depthwise convolution')
})

s('the parts of a comment', () => {
  const doc = `What it is.
On two lines.

\`y = f(x)\`

- \`x\`: the map
- \`a\`, \`b\`: two
  numbers

Result: \`[H, W]\`,
or so.

Weights:
- \`k/kernel\`, \`k/bias\` [C], if \`bias\`
- \`w\` []

Paper: One 2020, section 3.

    input x: [3]
    output y = f(x)`
  assert.equal(opDoc(doc), {
    text: 'What it is.\nOn two lines.\n\n`y = f(x)`',
    parameters: new Map([['x', 'the map'], ['a', 'two numbers'], ['b', 'two numbers']]),
    result: '`[H, W]`, or so',
    weights: [
      { name: 'k/kernel', shape: '[C]', doc: 'if `bias`' },
      { name: 'k/bias', shape: '[C]', doc: 'if `bias`' },
      { name: 'w', shape: '[]', doc: '' },
    ],
    paper: 'One 2020, section 3',
    example: 'input x: [3]\noutput y = f(x)',
  })
})

/** Weights of which a page speaks and that its example has not, and weights that the op has made there and the page does not have. */
function weightsMissing({ name, weights }: OpPage, graph: Graph) {
  const made = graph.nodes.filter((node): node is WeightNode => node.kind === 'param' || node.kind === 'state').filter(isMadeBy(name, graph))
  const isOne = ({ name: said, shape }: OpPage['weights'][number], { path, type }: WeightNode): boolean =>
    new RegExp(`(?:^|/)${said.replaceAll(/(?<=^|\/)k(?=\/|$)/g, '\\d+')}$`).test(path) && rankOf(shape) === type.shape.length
  return {
    said: weights.filter((one) => !made.some((weight) => isOne(one, weight))).map((one) => one.name),
    made: made.filter((weight) => !weights.some((one) => isOne(one, weight))).map(({ path }) => path),
  }
}

const isMadeBy = (op: string, { scopes }: Graph) => ({ scope }: WeightNode): boolean => {
  for (let at: number | undefined = scope; at !== undefined; at = scopes[at]!.parent) if (scopes[at]!.name === op) return true
  return false
}

/** Commas inside of parentheses separate arguments. */
const rankOf = (shape: string): number => {
  const inside = shape.slice(1, -1).replaceAll(/\([^()]*\)/g, '').replaceAll(/\([^()]*\)/g, '')
  return inside === '' ? 0 : inside.split(',').length
}

s.run()
