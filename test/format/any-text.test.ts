import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { globSync } from 'tinyglobby'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFile } from '../../grammar/index.ts'
import { tokenEnd } from '../../grammar/token-end.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { graphToJson } from '../../src/compiler/ir/write-json.ts'
import { formatText } from '../../src/format/format-text.ts'
import { anyProgram } from '../grammar/random-program.ts'
import { fewerRuns } from '../seeded-tenth.ts'
import { astOf, showDeclaration } from '../syntax/show-ast.ts'

const s = suite('any text that is laid out')

/** What may be put between two tokens of a text. */
const anyGap = fc.constantFrom('\n', ' // behind\n', '\n// above\n', '\n\n  // above\n\n\n// twice\n', ' // behind\n // above\n', '   ')

/** A text with more between some of its tokens. */
const disturbed = (text: string): fc.Arbitrary<string> => {
  const { tokens } = parseFile(text)
  return fc.array(fc.tuple(fc.nat(Math.max(0, tokens.length - 1)), anyGap), { maxLength: 12 }).map((gaps) => {
    const between = new Map(gaps)
    return tokens.reduce((written, token, i) => `${written}${text.slice(i > 0 ? tokenEnd(tokens[i - 1]!) : 0, token.startOffset)}${between.get(i) ?? ''}${token.image}`, '')
      + text.slice(tokens.length > 0 ? tokenEnd(tokens.at(-1)!) : 0)
  })
}

/** Each comment with the tokens on both sides, but for commas. */
function commentsOf(text: string): readonly string[] {
  const { tokens, comments } = parseFile(text)
  const pieces = [...tokens.filter(({ image }) => image !== ','), ...comments].sort((a, b) => a.startOffset - b.startOffset).map(({ image }) => image.trimEnd())
  return pieces.flatMap((piece, i) => (piece.startsWith('//') ? [pieces.slice(Math.max(0, i - 1), i + 2).join(' ')] : []))
}

const isExact = (text: string): boolean => parseFile(text).exact

/** What is promised of every text, whatever it means. */
function keeps(text: string): void {
  const formatted = formatText(text)!
  assert.is(formatText(formatted), formatted, 'laid out again it is the same')
  assert.equal(commentsOf(formatted), commentsOf(text))
  assert.equal(astOf(formatted).declarations.map(showDeclaration), astOf(text).declarations.map(showDeclaration))
  assert.not.match(formatted, /[ \t]\n|\n\n\n/)
}

s('is the same tree with the same comments, and stays as it is', () => {
  const program = anyProgram.chain(disturbed).filter(isExact)
  fc.assert(fc.property(program, keeps), { numRuns: fewerRuns(5000), endOnFailure: true })
})

const files = globSync('**/*.fmw', { ignore: ['**/node_modules/**', 'dist/**'] }).filter((file) => isExact(readFileSync(file, 'utf8')))

s('each text of the repository, disturbed', () => {
  const text = fc.constantFrom(...files).map((file) => readFileSync(file, 'utf8'))
  fc.assert(fc.property(text.chain(disturbed).filter(isExact), keeps), { numRuns: fewerRuns(2000), endOnFailure: true })
})

/** Graphs as JSON, without places. */
const graphsOf = (file: string, text: string): readonly string[] =>
  compile(file, text, nodeHost).graphs.map((graph) => JSON.stringify(graphToJson(graph), (_, value: unknown) => (typeof value === 'object' && value !== null && 'file' in value ? undefined : value)))

s('has the graph of the text', () => {
  const file = fc.constantFrom(...files.filter((each) => !each.startsWith('test/errors')))
  const pair = file.chain((each) => fc.tuple(fc.constant(each), disturbed(readFileSync(each, 'utf8')).filter(isExact)))
  fc.assert(
    fc.property(pair, ([each, text]) => assert.equal(graphsOf(each, formatText(text)!), graphsOf(each, text))),
    { numRuns: 100, endOnFailure: true },
  )
})

s('our own are laid out', () => {
  // those below test/errors are as people write them
  const own = globSync('**/*.fmw', { ignore: ['**/node_modules/**', 'dist/**', 'test/errors/**'] })
  const others = own.filter((file) => {
    const text = readFileSync(file, 'utf8')
    return formatText(text) !== text
  })
  assert.ok(own.length > 100)
  assert.equal(others, [])
})

s.run()
