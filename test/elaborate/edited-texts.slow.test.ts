import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFile } from '../../grammar/index.ts'
import { tokenEnd } from '../../grammar/token-end.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile, type Compiled } from '../../src/compiler/compile.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { missingSetting } from '../../src/compiler/elaborate/index.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { Modules } from '../../src/compiler/reading/module.ts'

const edits = suite('texts with one token changed')

const texts = ['examples', 'test/networks']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)))
  .filter((file) => file.endsWith('.fmw'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  // those that take no more than a moment
  .filter(({ text }) => text.length < 900)

const words = [
  '(', ')', '[', ']', '{', '}', ',', ':', '=', '|>', '->', '...', '.', '+', '-', '_', '3', '3x3', '2x', '0.5', '"a"', '"', '$',
  'x', 'if', 'else', 'for', 'in', 'as', 'not', 'input', 'output', 'return', 'param', 'model', 'block', 'const', 'import',
]

/** A text in which one token is deleted, put in, or replaced. */
const anyEdit = fc
  .tuple(fc.constantFrom(...texts), fc.nat(), fc.constantFrom('delete', 'insert', 'replace'), fc.constantFrom(...words))
  .map(([{ file, text }, at, kind, word]) => {
    const { tokens } = parseFile(text)
    const token = tokens[at % tokens.length]!
    const end = kind === 'insert' ? token.startOffset : tokenEnd(token)
    return { file, text, edited: `${text.slice(0, token.startOffset)}${kind === 'delete' ? '' : ` ${word} `}${text.slice(end)}` }
  })

const seed = Number(process.env['FMW_TEST_SEED'] ?? Math.floor(Date.now() / 86_400_000))
process.stderr.write(`texts are edited by FMW_TEST_SEED=${seed}\n`)

/** The models of a text that need nothing from outside. */
function completeModels(file: string, text: string): readonly string[] {
  const { ast } = new Modules(nodeHost, new Reporter()).file(file, text)
  const models = ast.declarations.filter((declaration) => declaration.kind === 'model')
  return models.filter((model) => missingSetting(model, new Map()) === undefined).map(({ name }) => name.name)
}

/** What is compiled of a text that can be read: every model, or else an error is said and stands in a text that is there. */
function checkRead(file: string, text: string, { diagnostics, graphs }: Compiled): void {
  const where = `${file}\n${text}`
  for (const graph of graphs) assert.equal(verify(graph), [], where)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  for (const { span, message } of errors) {
    assert.ok(message.length > 0, where)
    assert.ok(span.start <= span.end && span.end <= span.source.text.length, where)
  }
  if (errors.length === 0) assert.equal(graphs.map(({ name }) => name), completeModels(file, text), where)
}

edits('a token more or less is a mistake of syntax and nothing but that, or leaves a text that checks or has an error', () => {
  let [mistaken, read] = [0, 0]
  fc.assert(
    fc.property(anyEdit, ({ file, edited }) => {
      const compiled = compile(file, edited, nodeHost)
      const codes = compiled.diagnostics.map(({ code }) => code)
      if (codes.some((code) => code.startsWith('syntax/'))) {
        mistaken++
        assert.equal(codes.filter((code) => !code.startsWith('syntax/')), [], `${file}\n${edited}`)
      } else {
        read++
        checkRead(file, edited, compiled)
      }
    }),
    { numRuns: 350, seed, endOnFailure: true },
  )
  assert.ok(mistaken > 200, `${mistaken} with a mistake of syntax`)
  assert.ok(read > 10, `${read} without`)
})

edits.run()
