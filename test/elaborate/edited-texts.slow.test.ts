import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFile } from '../../grammar/index.ts'
import { tokenEnd } from '../../grammar/token-end.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'

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

/** Milliseconds of the processor, which others on the machine do not lengthen. */
function timeOf(run: () => void): number {
  const before = process.cpuUsage().user
  run()
  return (process.cpuUsage().user - before) / 1000
}

const intactTimes = new Map<string, number>()

/** What a text takes as it is, the second time. */
function intactTime(file: string, text: string): number {
  const known = intactTimes.get(file)
  if (known !== undefined) return known
  compile(file, text, nodeHost)
  const time = timeOf(() => void compile(file, text, nodeHost))
  intactTimes.set(file, time)
  return time
}

edits('a token more or less never makes the compiler throw or say anything but that, or take much longer', () => {
  let [intact, broken, mistaken] = [0, 0, 0]
  fc.assert(
    fc.property(anyEdit, ({ file, text, edited }) => {
      intact += intactTime(file, text)
      broken += timeOf(() => {
        const codes = compile(file, edited, nodeHost).diagnostics.map(({ code }) => code)
        if (!codes.some((code) => code.startsWith('syntax/'))) return
        mistaken++
        assert.equal(codes.filter((code) => !code.startsWith('syntax/')), [], `${file}\n${edited}`)
      })
    }),
    { numRuns: 350, endOnFailure: true },
  )
  assert.ok(mistaken > 200)
  // fixes are tried, each of which is a text to compile
  assert.ok(broken < 4 * intact, `${broken} ms with mistakes, ${intact} ms without`)
})

edits.run()
