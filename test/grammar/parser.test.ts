import { spawnSync } from 'node:child_process'
import type { CstNode, IToken } from 'chevrotain'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deepestNesting, parseExpression, parseFile } from '../../grammar/index.ts'
import { FmwParser } from '../../grammar/parser.ts'
import { tokenEnd } from '../../grammar/token-end.ts'
import { vocabulary } from '../../grammar/tokens.ts'
import { astOf } from '../syntax/show-ast.ts'
import { anyExpression, anyProgram } from './random-program.ts'

const parser = suite('parser')

/** Checks that a text has its mistakes at the marks `‸` and nowhere else, in their order. */
function mistakesAtMarks(marked: string): void {
  const pieces = marked.split('‸')
  const marks = pieces.slice(0, -1).map((_, i) => pieces.slice(0, i + 1).join('').length)
  const text = pieces.join('')
  const found = parseFile(text).problems.map(({ start }) => start)
  assert.equal(
    found.map((start) => withMark(text, start)),
    marks.map((start) => withMark(text, start)),
  )
}

const withMark = (text: string, at: number): string => `${text.slice(0, at)}‸${text.slice(at)}`

const inModel = (statements: string): string => `model M {\n${statements}\n}\n`

const isRead = (text: string): void => assert.equal(parseFile(text).problems, [], text)

parser('the grammar has no ambiguity within its two tokens of look-ahead', () => {
  new FmwParser({ validate: true })
})

parser('an empty file, and one of comments, are files', () => {
  for (const text of ['', '\n\n', '// nothing', '/// nothing\n']) isRead(text)
})

parser('statements may share a line', () => {
  isRead('model M { input x: [3] output y = x }')
  isRead(inModel('a = b c = d if a { e = f } g = h'))
})

parser('keywords of statements are names elsewhere', () => {
  for (const word of [
    'import',
    'from',
    'const',
    'model',
    'block',
    'input',
    'output',
    'return',
    'param',
    'state',
    'layer',
    'require',
    'where',
    'like',
  ]) {
    isRead(inModel(`${word} = 3`))
    isRead(inModel(`${word}: [3] = x`))
    isRead(inModel(`${word}, b = x`))
    isRead(inModel(`a = ${word} + x.${word} + f(${word}, ${word}: 3)`))
    isRead(inModel(`for ${word} in range(3) { a = [for ${word} in b: ${word}] }`))
  }
})

parser('reserved words are no names, except behind a dot and before a colon', () => {
  for (const word of ['for', 'in', 'if', 'then', 'else', 'and', 'or', 'not', 'as', 'freeze', 'true', 'false', 'none']) {
    assert.is.not(parseFile(inModel(`${word} = 3`)).problems.length, 0, word)
    isRead(inModel(`a = x.${word} + f(${word}: 3)`))
  }
})

parser('a line that begins with an operator, a pipe, a dot or a word of an expression continues', () => {
  for (const rest of ['+ 1', '- 1', '* 2', '/ 2', '% 2', '== b', '< b', '|> f', '.channels', 'as step', 'and b', 'or b'])
    isRead(inModel(`a = x\n  ${rest}`))
  isRead(inModel('a = if b\nthen c\nelse d'))
  isRead(inModel('if a {\n}\nelse {\n}'))
})

parser('lists in brackets go on after a comma and may end with one', () => {
  isRead('import {\n  A,\n  B as C,\n} from "./x.fmw"')
  isRead('block F(\n  x: [\n H,\n W,\n],\n  n: int = 3,\n) -> (\n  a: [H],\n  like x,\n) { return x,\n x }')
  isRead(inModel('a = f(\n  x,\n  k: 3,\n)\nb = [\n  1,\n  for i in c: i,\n]\nfor [i, j,] in c { }'))
})

parser('a parenthesis on a new line is no call', () => {
  mistakesAtMarks(inModel('a = f\n‸(x)'))
})

parser('a bracket on a new line is no index: it begins a statement', () => {
  isRead(inModel('a = b\n[c, d] = e'))
  isRead(inModel('a = b.shape\n[c, d] = e'))
  isRead(inModel('a = f(b)\n[c, d] = e'))
})

parser('comparisons do not chain', () => {
  mistakesAtMarks(inModel('a = b < c ‸< d'))
})

parser('a step of a pipe is no operator', () => {
  mistakesAtMarks(inModel('a = x |> f ‸+ 1'))
  mistakesAtMarks(inModel('a = x |> ‸-f'))
})

parser('an annotation is a shape', () => {
  mistakesAtMarks(inModel('a: ‸3 = b'))
})

parser('one mistake is reported once, where it is', () => {
  mistakesAtMarks(inModel('a = conv(x ‸3)'))
  mistakesAtMarks(inModel('a = ‸= 3'))
  mistakesAtMarks(inModel('‸conv(x, 3)'))
  mistakesAtMarks(inModel('input x ‸[3]'))
  mistakesAtMarks(inModel('layer f ‸3'))
  mistakesAtMarks(inModel('a = f(x, ‸y\nb = 3'))
  mistakesAtMarks(inModel('a = if b then ‸c\nd = 3'))
  mistakesAtMarks(inModel('a = ‸2x'))
  mistakesAtMarks(inModel('a = ‸"text\nb = 3'))
  mistakesAtMarks(inModel('a = x ‸$ 2'))
  mistakesAtMarks('const ‸= 3')
  mistakesAtMarks('block F ‸-> like x { return x }')
  mistakesAtMarks('import ‸"./x.fmw"')
  mistakesAtMarks('‸foo')
  mistakesAtMarks('model M {\n} ‸}')
})

parser('what is missing at the end of the file is reported at its last character', () => {
  mistakesAtMarks('model M {\n  a = ‸3')
  mistakesAtMarks('const A = f(‸3\n\n')
})

parser('several mistakes of one body are reported, each by itself', () => {
  mistakesAtMarks(inModel('‸conv(x, 3)\nb = 1\n‸x |> relu\nc = f(1 ‸2)\n‸widths[0] = 3\nd = 4'))
  mistakesAtMarks(inModel('a ‸=\nb = 1\nc = x ‸|>\nfor i in range(3) {\n  ‸x |> relu\n}\nd = (1 ‸2)'))
  mistakesAtMarks(inModel('‸while a {\n  b = 1\n  ‸relu(b)\n}\nc = 1 ‸2'))
  mistakesAtMarks(inModel('a = f(\n  1,\n  b ‸2\n)\n‸relu(a)'))
})

parser('bodies of indented lines are one mistake, and what stands in them is read', () => {
  mistakesAtMarks('model M‸:\n  for i in range(3):\n    if a:\n      b = (1 ‸2)\n    else:\n      c = 1\n  output b\n')
})

parser('a keyword as the name of a value is one mistake, however often it is read', () => {
  mistakesAtMarks(inModel('‸in = x\nb = relu(in)\nfor i in range(3) {\n  c = in |> relu\n}'))
})

parser('letters that no name may have are one mistake for each name', () => {
  mistakesAtMarks(inModel('‸größe = 3\n‸α = größe * 2\nb = α * conv(x, größe)'))
})

parser('mistakes in different declarations and statements are all reported, and the rest is read', () => {
  const text = `import { A } from "./a.fmw"
model First {
  a = conv(x ‸3)
  b = 2
}
const ‸= 3
block F(x: [H]) -> like x { return x }
‸stray
model Second {
  c = ‸= 3
}
const N = ‸2x
model Third { output y = x }
`
  mistakesAtMarks(text)
  const { imports, declarations } = astOf(text.replaceAll('‸', ''))
  assert.is(imports.length, 1)
  const names = declarations.map(({ name }) => name.name)
  for (const name of ['First', 'F', 'Second', 'N', 'Third']) assert.ok(names.includes(name), name)
})

parser('says what was expected and what was found', () => {
  const first = (text: string): string => {
    const [problem] = parseFile(text).problems
    return `${problem!.kind}: ${problem!.expected}, ${problem!.found}`
  }
  assert.is(first('foo'), 'unexpected: `model`, `block`, `const` or `import`, `foo`')
  assert.is(first(inModel('a = = 3')), 'unexpected: a value, `=`')
  assert.is(first(inModel('a = conv(x 3)')), 'unexpected: `,` or `)`, `3`')
  assert.is(first('const = 3'), 'unexpected: a name, `=`')
  assert.is(first('model M {'), 'unexpected: a statement or `}`, the end of the text')
  assert.is(first(inModel('a = 3xn')), 'number: [3, n], 3xn')
  assert.is(first(inModel('a = 2x')), 'number: [2, 2], 2x')
  assert.is(first(inModel('a = 3x3x3')), 'number: [3, 3, 3], 3x3x3')
  assert.is(first(inModel('a = 12px')), 'number: 12 * px, 12px')
})

parser('an expression inside of a larger text has its places there', () => {
  assert.equal(
    parseExpression('1 + ', 10).problems.map(({ start }) => start),
    [12],
  )
  assert.equal(
    parseExpression('1 2').problems.map(({ start }) => start),
    [2],
  )
})

/** The tokens of a tree in the order of the text. */
const tokensIn = (node: CstNode): readonly IToken[] =>
  Object.values(node.children)
    .flat()
    .flatMap((element) => ('children' in element ? tokensIn(element) : [element]))
    .toSorted((a, b) => a.startOffset - b.startOffset)

const commented = `// before
/// Documented.
model M { // in a body
  a = f( // in a call
    x, /// not above a declaration
  )
  output b = (a) // before a pipe
    |> g
}
// behind`

parser('an exact tree has each token of the text, and between tokens and comments stands nothing', () => {
  fc.assert(
    fc.property(fc.oneof(anyProgram, fc.constant(commented)), (text) => {
      const { exact, cst, tokens, comments } = parseFile(text)
      assert.ok(exact)
      assert.equal(tokensIn(cst), tokens)
      const pieces = [...tokens, ...comments].toSorted((a, b) => a.startOffset - b.startOffset)
      const rest = pieces.reduceRight((left, piece) => left.slice(0, piece.startOffset) + left.slice(tokenEnd(piece)), text)
      assert.match(rest, /^\s*$/)
      for (const piece of pieces) assert.is(text.slice(piece.startOffset, tokenEnd(piece)), piece.image)
    }),
    { numRuns: 200 },
  )
  const { comments } = parseFile(commented)
  assert.equal(
    comments.map(({ image, tokenType }) => [image.replaceAll('/', '').trim(), tokenType.name]),
    [
      ['before', 'Comment'],
      ['Documented.', 'DocComment'],
      ['in a body', 'Comment'],
      ['in a call', 'Comment'],
      ['not above a declaration', 'DocComment'],
      ['before a pipe', 'Comment'],
      ['behind', 'Comment'],
    ],
  )
})

parser('the tree of a text with mistakes is not exact, and its tokens are still those of the text', () => {
  for (const text of [inModel('a = f(x'), inModel('a = 2x'), inModel('a = x ^ 2'), inModel('in = 3'), 'model M:\n  a = 3', '}']) {
    const { exact, tokens, problems } = parseFile(text)
    assert.not(exact, text)
    assert.is.not(problems.length, 0)
    assert.ok(tokens.length > 0)
  }
})

parser('comments in an expression of a larger text have their places there', () => {
  const { tokens, comments } = parseExpression('a // b', 10)
  assert.equal(
    [...tokens, ...comments].map(({ startOffset, endOffset }) => [startOffset, endOffset]),
    [
      [10, 10],
      [12, 15],
    ],
  )
})

const nestings: readonly (readonly [before: string, open: string, close: string])[] = [
  ['const N = ', '(', ')'],
  ['const N = ', '[', ']'],
  ['const N = f', '(', ')'],
]

parser('brackets are followed as deep as the limit says', () => {
  for (const [before, open, close] of nestings) isRead(`${before}${open.repeat(deepestNesting)}1${close.repeat(deepestNesting)}`)
  isRead(`model M {${' if a {'.repeat(deepestNesting - 1)}${'}'.repeat(deepestNesting)}`)
})

parser('brackets are followed so deep by a program that has just begun, whose calls still need the most room', () => {
  const program = `import { parseFile } from './grammar/index.ts'
    const { problems } = parseFile('const N = ' + '('.repeat(${deepestNesting}) + '1' + ')'.repeat(${deepestNesting}))
    process.exit(problems.length)`
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  assert.is(status, 0, stderr)
})

parser('deeper brackets are one mistake, however deep', () => {
  for (const depth of [deepestNesting + 1, 100_000]) {
    for (const [before, open, close] of nestings) {
      const { problems, cst } = parseFile(`${before}${open.repeat(depth)}1${close.repeat(depth)}`)
      assert.equal(
        problems.map(({ kind, start }) => [kind, start]),
        [['too-deep', before.length + deepestNesting]],
      )
      assert.is(cst, undefined)
    }
  }
})

const images = vocabulary.flatMap(({ PATTERN }) => (typeof PATTERN === 'string' && PATTERN !== 'NOT_APPLICABLE' ? [PATTERN] : []))
const soup = fc
  .array(
    fc.constantFrom(
      ...images,
      'x',
      'H',
      '3',
      '3x3',
      '0.5',
      '_',
      '"a {x"',
      '"{x} {"',
      '"',
      '2x',
      '@',
      '\n',
      '\n',
      '// c\n',
      '/// d\n',
      '😀',
    ),
    { maxLength: 60 },
  )
  .map((tokens) => tokens.join(' '))

parser('no sequence of tokens makes it throw or run on, and every mistake has a place in the text', () => {
  fc.assert(
    fc.property(soup, (text) => {
      const { problems } = parseFile(text)
      const lines = problems.map(({ start }) => text.slice(0, start).split('\n').length)
      assert.equal(
        lines,
        [...new Set(lines)].sort((a, b) => a - b),
        'one mistake for each line, in order',
      )
      assert.ok(problems.every(({ start, end }) => start >= 0 && start <= end && end <= Math.max(text.length, 1)))
      astOf(text)
    }),
    { numRuns: 500 },
  )
})

parser('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => void parseFile(text)))
})

parser('every expression that follows the grammar is read', () => {
  fc.assert(
    fc.property(anyExpression, (text) => assert.equal(parseExpression(text).problems, [])),
    { numRuns: 300 },
  )
})

parser('every file that follows the grammar is read', () => {
  fc.assert(
    fc.property(anyProgram, (text) => isRead(text)),
    { numRuns: 300 },
  )
})

parser.run()
