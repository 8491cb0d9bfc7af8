import { readFileSync } from 'node:fs'
import { Lexer } from 'chevrotain'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deepestNesting } from '../../grammar/index.ts'
import { FmwParser } from '../../grammar/parser.ts'
import { keywords, vocabulary } from '../../grammar/tokens.ts'
import { builtins } from '../../src/compiler/elaborate/builtins.ts'
import { enums } from '../../src/compiler/elaborate/enums.ts'
import { limits } from '../../src/compiler/elaborate/limits.ts'
import { weightsOf } from '../../src/compiler/graph/graph.ts'
import { printShape } from '../../src/compiler/dim/print.ts'
import { namedInitializers } from '../../src/compiler/graph/initializer.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { compileText, graphOf } from '../compile-text.ts'
import { expressionOf, showExpression } from '../syntax/show-ast.ts'
import { productionsOfParser } from './ebnf.ts'
import { codeIn, fencesIn, tableAfter, type Fence } from './read-markdown.ts'

const specification = suite('specification')

const readme = readFileSync('grammar/README.md', 'utf8')
const fences = fencesIn(readme)
const examples = fences.filter(({ language }) => language === 'fmw')

const valueOf = ({ words }: Fence, key: string): string | undefined =>
  words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1)

const errorsOf = ({ words }: Fence): readonly string[] =>
  words.filter((word) => word.startsWith('error=')).map((word) => word.slice('error='.length))

const files = Object.fromEntries(
  examples.flatMap((fence) => (valueOf(fence, 'file') ? [[valueOf(fence, 'file')!, fence.text]] : [])),
)

/** A fragment as the document says it is to be read. */
const wholeOf = ({ words, text }: Fence): string =>
  words.includes('fragment') ? `model Fragment {\ninput x: [32, 32, 3]\n${text}output result = x\n}\n` : text

specification('has examples of every kind', () => {
  assert.ok(examples.length > 30)
  assert.ok(examples.filter((fence) => errorsOf(fence).length > 0).length > 10)
  const known = /^(fragment|paths|error=\S+|file=\S+)$/
  assert.equal(
    examples.flatMap(({ words }) => words.filter((word) => !known.test(word))),
    [],
  )
})

for (const fence of examples) {
  const expected = errorsOf(fence)
  const says = expected.length > 0 ? `is reported as ${expected.join(', ')}` : 'compiles without a diagnostic'
  specification(`the example in line ${fence.line} ${says}`, () => {
    const { diagnostics, graphs } = compileText(wholeOf(fence), files)
    // where a part or the paths of a network are shown it is normal that nothing uses a value, which may be worth a warning
    const partial = fence.words.includes('fragment') || fence.words.includes('paths')
    const said = partial ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics
    assert.equal(
      said.map(({ code }) => code),
      expected,
      said.map((diagnostic) => render(diagnostic, plainStyle)).join('\n'),
    )
    if (expected.length === 0) assert.ok(graphs.length > 0 || !/^model/m.test(wholeOf(fence)))
  })
}

const ebnf = fences.filter(({ language }) => language === 'ebnf').map(({ text }) => text)
const productions = [...ebnf.join('').matchAll(/^(\w+) =([^;]+);\n {2}\(\* (.*) \*\)$/gm)].map(
  ([, name, definition, example]) => ({
    name: name!,
    text: `${name} = ${definition!.trim().replace(/\s+/g, ' ')} ;`,
    example: example!,
  }),
)

specification('has the productions of the parser, in its order', () => {
  assert.equal(
    productions.map(({ text }) => text),
    [...productionsOfParser().values()],
  )
})

const lexer = new Lexer(vocabulary)

for (const { name, example } of productions) {
  specification(`${name} derives its example`, () => {
    const parser = new FmwParser({ validate: false })
    const rule: unknown = Reflect.get(parser, name)
    if (typeof rule !== 'function') throw new Error(`the parser has no rule ${name}`)
    parser.input = lexer.tokenize(example).tokens
    rule.call(parser)
    // what is left over would be an error too
    assert.equal(
      parser.errors.map(({ message }) => message),
      [],
    )
  })
}

specification('names every keyword as what it is', () => {
  const paragraph = /\*\*Keywords\.\*\*([^]*?)\n\n/.exec(readme)![1]!
  const [contextual, reserved] = paragraph.split(/never names of\s+values/).map(codeIn)
  const isName = (name: string): boolean =>
    keywords.find((token) => token.PATTERN === name)?.CATEGORIES?.some((category) => category.name === 'Name') ?? false
  assert.equal([...contextual!, ...reserved!].sort(), keywords.map(({ PATTERN }) => String(PATTERN)).sort())
  assert.ok(contextual!.every(isName))
  assert.not.ok(reserved!.some(isName))
})

specification('reads operators as its table of precedence says', () => {
  const rows = tableAfter(readme, 0, 'text', 'reads as')
  assert.ok(rows.length > 5)
  for (const [text, meaning] of rows) {
    const [read, grouped] = [text, meaning].map((cell) => showExpression(expressionOf(codeIn(cell)[0]!)))
    assert.not.match(read!, '<missing>')
    assert.is(read, grouped)
  }
})

specification('lists the functions of the language', () => {
  const rows = tableAfter(readme, 0, 'function', 'gives').map(([name, doc]) => [codeIn(name)[0], doc])
  assert.equal(
    rows,
    [...builtins.values()].map(({ name, doc }) => [name, doc]),
  )
})

specification('lists the enums and their words', () => {
  const rows = tableAfter(readme, 0, 'enum', 'words').map(([name, words]) => [codeIn(name)[0], codeIn(words)])
  assert.equal(Object.fromEntries(rows), { ...Object.fromEntries(enums), init: [] })
})

specification('lists the initialisers with their formulas', () => {
  const rows = tableAfter(readme, 0, 'word', 'distribution', 's', 'fan')
  assert.equal(
    rows.map(([word]) => codeIn(word)[0]),
    [...namedInitializers.keys()],
  )
  for (const [word, distribution, scale, fan] of rows) {
    const init = namedInitializers.get(codeIn(word)[0]!)!
    if (init.kind === 'constant') assert.is(Number(distribution), init.value)
    else if (init.kind === 'variance_scaling') {
      const [above, below = '1'] = scale!.split('/')
      assert.equal([distribution, Number(above) / Number(below), fan], [init.distribution, init.scale, init.fan])
    } else assert.is(init.kind, codeIn(word)[0])
  }
})

specification('lists the limits', () => {
  const rows = tableAfter(readme, 0, 'limit', 'is', 'code').map(([, bound, code]) => [
    codeIn(code)[0],
    Number(bound!.replaceAll(',', '')),
  ])
  assert.equal(Object.fromEntries(rows), {
    'syntax/too-deep': deepestNesting,
    'limit/depth': limits.depth,
    'limit/steps': limits.steps,
    'limit/nodes': limits.nodes,
    'limit/elements': limits.elements,
    'value/too-large': Number.MAX_SAFE_INTEGER,
  })
})

specification('broadcasts as its table says', () => {
  const rows = tableAfter(readme, 0, 'left', 'right', 'result').map((cells) => cells.map((cell) => codeIn(cell)[0]!))
  assert.ok(rows.length > 8)
  for (const [left, right, result] of rows) {
    for (const [a, b] of [
      [left, right],
      [right, left],
    ]) {
      const text = `model M {\n  input a: ${a}\n  input b: ${b}\n  output y = a + b\n}\n`
      if (result!.startsWith('[')) assert.is(printShape(graphOf(text).outputs[0]!.node.type.shape), result)
      else
        assert.equal(
          compileText(text).diagnostics.map(({ code }) => code),
          [result],
        )
    }
  }
})

specification('gives weights the paths of its table', () => {
  const fence = examples.find(({ words }) => words.includes('paths'))!
  const rows = tableAfter(readme, fence.end, 'statement', 'weights', 'because')
  const statements = fence.text
    .slice(fence.text.indexOf('model Paths'))
    .split('\n')
    .slice(2, -2)
    .map((line) => line.trim())
  const named = new Set(rows.map(([statement]) => codeIn(statement)[0]!))
  assert.equal(
    statements.filter((statement) => !named.has(statement)),
    ['twice = Pair(_, conv(_, 3, 1x1, bias: false))'],
  )
  assert.equal(
    rows.map(([statement]) => codeIn(statement)[0]),
    statements.filter((statement) => named.has(statement)),
  )

  const weights = weightsOf(graphOf(fence.text, {}, { model: 'Paths' }))
  for (const [statement, paths] of rows) {
    // the statement a weight belongs to is the outermost one of the chain of calls that made it
    const made = weights.filter(({ origins: [origin] }) => lineOf(fence.text, originIn(origin)) === codeIn(statement)[0])
    assert.equal(
      made.map(({ path }) => path),
      codeIn(paths),
      statement,
    )
  }
  assert.equal(
    weights.map(({ path }) => path),
    rows.flatMap(([, paths]) => codeIn(paths)),
  )
})

type Origin = ReturnType<typeof weightsOf>[number]['origins'][0]

function originIn({ span, frame }: Origin): number {
  let start = span.start
  for (let at = frame; at; at = at.parent) start = at.call.start
  return start
}

const lineOf = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf('\n', offset) + 1, text.indexOf('\n', offset)).trim()

specification.run()
