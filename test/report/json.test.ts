import { readFileSync } from 'node:fs'
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { reportJson } from '../../src/compiler/report/json.ts'
import { compileText } from '../compile-text.ts'
import { corpus } from '../fixes/corpus.ts'

const s = suite('the report for scripts')

const schema = JSON.parse(readFileSync(new URL('../../fmw.report.schema.json', import.meta.url), 'utf8')) as AnySchemaObject

/** The schema with every object closed, so that what it does not describe is found. */
const closed = (part: unknown): unknown =>
  Array.isArray(part)
    ? part.map(closed)
    : typeof part !== 'object' || part === null
      ? part
      : Object.fromEntries([
          ...Object.entries(part).map(([key, value]) => [key, closed(value)]),
          ...('required' in part ? [['additionalProperties', false]] : []),
        ])

const validate = new Ajv2020({ allErrors: true }).compile(closed(schema) as AnySchemaObject)

s('of every mistake of the corpus is what the published schema says, and nothing else', () => {
  for (const { file, diagnostics } of corpus) {
    const report: unknown = JSON.parse(JSON.stringify(reportJson(diagnostics)))
    assert.ok(validate(report), `${file}: ${JSON.stringify(validate.errors, null, 2)}`)
  }
})

s('the schema refuses a report that lacks something', () => {
  const report = reportJson(compileText('model M {\n  input x: [4]\n  output y = z\n}\n').diagnostics)
  assert.ok(validate(report))
  const [diagnostic] = report.diagnostics
  for (const key of Object.keys(diagnostic!)) {
    const lacking = Object.fromEntries(Object.entries(diagnostic!).filter(([name]) => name !== key))
    assert.not(validate({ ...report, diagnostics: [lacking] }), key)
  }
})

s('names a block that is wrong whoever calls it, and no call of it', () => {
  const { diagnostics } = reportJson(compileText('block B(x: [H, W, 3]) -> [H, W, 8] {\n  return x |> conv(16, 3x3, padding: same)\n}\n').diagnostics)
  assert.equal(
    diagnostics.map(({ code, chain }) => [code, chain.map(({ name, ...places }) => [name, Object.keys(places)])]),
    [['shape/result', [['B', ['definition']]]]],
  )
})

s('has the keys that scripts depend on, in this order', () => {
  const block = 'block B(x: [H, W, C]) -> [_, _, _] {\n  return fuse.add(x |> conv(C, 1x1), x |> conv(8, 1x1))\n}\n'
  const { diagnostics, ...counts } = reportJson(
    compileText(`${block}model M {\n  input x: [4, 4, 3]\n  output y = B(x)\n}\n`).diagnostics,
  )
  const [{ labels, chain, fixes, ...own }] = diagnostics as [(typeof diagnostics)[number]]
  const span = (line: number, from: number, to: number) => ({ start: { line, column: from }, end: { line, column: to } })
  assert.equal(counts, { errors: 1, warnings: 0 })
  assert.equal(Object.keys(diagnostics[0]!), [
    'code',
    'severity',
    'message',
    'file',
    'range',
    'labels',
    'notes',
    'chain',
    'fixes',
  ])
  assert.equal([own.code, own.severity, own.file, own.range], ['shape/channel-mismatch', 'error', 'model.fmw', span(2, 10, 56)])
  assert.equal(Object.keys(labels[0]!), ['file', 'range', 'text'])
  assert.equal(chain, [
    { name: 'B', call: { file: 'model.fmw', range: span(6, 14, 18) }, definition: { file: 'model.fmw', range: span(1, 7, 8) } },
  ])
  assert.equal(Object.keys(fixes[0]!), ['title', 'safety', 'edits'])
  assert.equal(Object.keys(fixes[0]!.edits[0]!), ['file', 'range', 'text'])
})

s.run()
