import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalog, isCode } from '../../src/compiler/catalog/index.ts'
import type { Diagnostic, Edit } from '../../src/compiler/diagnostics/diagnostics.ts'
import { reportSarif } from '../../src/compiler/report/sarif.ts'
import { isStanding, textOf } from '../../src/compiler/text/source.ts'
import { isLint } from '../../src/compiler/lint/lint.ts'
import { compileText } from '../compile-text.ts'
import { corpus } from '../fixes/corpus.ts'

const s = suite('SARIF logs')

// the published schema names draft 4 of JSON schema, of which it uses nothing that later drafts read otherwise
const {
  $schema: _draft,
  id: _id,
  ...schema
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>
// one of its patterns is not valid with the flag u
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats.default(ajv)
const validate = ajv.compile(schema)

const at = (file: string) => pathToFileURL(path.resolve('/models', file)).href
const root = pathToFileURL(`/models${path.sep}`).href

/** A log as its readers get it. */
const logOf = (diagnostics: readonly Diagnostic[]): ReturnType<typeof reportSarif> =>
  JSON.parse(JSON.stringify(reportSarif(diagnostics, { version: '1.2.3', root, urlOf: at })))

function assertValid(log: unknown, what: string): void {
  assert.ok(validate(log), `${what}: ${JSON.stringify(validate.errors, null, 2)}`)
}

type Region = { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number }

/** The offset of a place counted as the standard does: lines end in \n or \r\n, columns are UTF-16 code units from 1. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1
}

const cut = (text: string, { startLine, startColumn, endLine, endColumn }: Region): string =>
  text.slice(offsetOf(text, startLine, startColumn), offsetOf(text, endLine, endColumn))

s('of files without diagnostics are valid and empty', () => {
  const log = logOf([])
  assertValid(log, 'empty')
  assert.equal([log.version, log.runs[0]!.results, log.runs[0]!.tool.driver.rules], ['2.1.0', [], []])
})

s('the schema that is tested against refuses what is wrong', () => {
  const log = logOf(compileText('model M {\n  input x: [4]\n  output y = z\n}\n').diagnostics)
  assertValid(log, 'right')
  const [run] = log.runs
  assert.not(validate({ ...log, runs: [{ ...run, results: [{ ...run!.results[0], level: 'fatal' }] }] }))
  assert.not(validate({ ...log, runs: [{ ...run, results: [{ ...run!.results[0], place: 1 }] }] }))
})

s('of every mistake of the corpus are valid, and every region holds the text it is about', () => {
  let fixes = 0
  let stacks = 0
  for (const { file, diagnostics } of corpus) {
    const log = logOf(diagnostics)
    assertValid(log, file)
    const [run] = log.runs
    diagnostics.forEach(({ code, severity, message, span, labels, chain, fixes: wanted }, i) => {
      const result = run!.results[i]!
      assert.equal([result.ruleId, result.level, run!.tool.driver.rules[result.ruleIndex]?.id], [code, severity, code])
      assert.is(result.message.text.split('\n')[0], message.split('\n')[0])
      const { region, artifactLocation } = result.locations[0]!.physicalLocation
      assert.is(cut(span.source.text, region), textOf(span), file)
      assert.equal(artifactLocation, { uri: encodeURI(span.source.path), uriBaseId: '%SRCROOT%' })
      for (const [k, label] of labels.entries()) {
        const related = result.relatedLocations![k]!
        assert.equal([related.id, related.message.text], [k, label.text])
        assert.is(cut(label.span.source.text, related.physicalLocation.region), textOf(label.span), file)
      }
      const calls = chain.filter((frame) => !isStanding(frame))
      assert.is(result.stacks?.[0]?.frames.length ?? 0, calls.length === 0 ? 0 : calls.length + 1)
      assert.is(result.fixes?.length ?? 0, wanted.length)
      for (const [k, { title, edits }] of wanted.entries()) {
        const { description, artifactChanges } = result.fixes![k]!
        const replaced = artifactChanges.flatMap(({ artifactLocation: changed, replacements }) =>
          replacements.map(
            ({ deletedRegion, insertedContent }) =>
              `${changed.uri}: ${cut(sourceOf(edits, changed.uri), deletedRegion)} to ${insertedContent.text}`,
          ),
        )
        assert.is(description.text, title)
        assert.equal(replaced, edits.map((edit) => `${encodeURI(edit.span.source.path)}: ${textOf(edit.span)} to ${edit.text}`))
      }
      fixes += wanted.length
      stacks += chain.length
    })
  }
  assert.ok(fixes > 50 && stacks > 10, `${fixes} fixes and ${stacks} calls are few`)
})

const sourceOf = (edits: readonly Edit[], uri: string): string =>
  edits.find(({ span }) => encodeURI(span.source.path) === uri)!.span.source.text

s('of the whole corpus in one run are valid: each code is one rule, in alphabetical order', () => {
  const log = logOf(corpus.flatMap(({ diagnostics }) => diagnostics))
  assertValid(log, 'all')
  const ids = log.runs[0]!.tool.driver.rules.map(({ id }) => id)
  assert.equal(ids, [...new Set(ids)].sort())
})

const files = {
  'blocks.fmw': 'block B(x: [H, W, C]) -> [H, W, C] {\n  return x |> relu\n}\n',
  'cycle.fmw': 'import { M } from "./model.fmw"\nblock C(x: [H, W, C]) -> [H, W, C] {\n  return x\n}\n',
}

for (const [code, { bad }] of Object.entries(catalog)) {
  s(`the rule ${code} says in one sentence what it is about, and holds its whole page`, () => {
    const log = logOf(compileText(bad, files, isCode(code) && isLint(code) ? { rules: { [code]: 'warning' } } : {}).diagnostics)
    assertValid(log, code)
    const [rule] = log.runs[0]!.tool.driver.rules
    assert.is(rule!.id, code)
    assert.match(rule!.shortDescription.text, /^[A-Z`][^\n]{15,250}\.$/)
    assert.ok(rule!.help.markdown.includes(`\`\`\`fmw\n${bad.trimEnd()}\n\`\`\``))
  })
}

s('columns count UTF-16 code units, which the log says', () => {
  const [diagnostic] = compileText(
    'model M {\n  input x: [4]\n  require x.rank == 2, "😀 {x.rank}"\n  output y = x\n}\n',
  ).diagnostics.slice(-1)
  const log = logOf([diagnostic!])
  const behind = log.runs[0]!.results[0]!.relatedLocations!.find(
    ({ physicalLocation }) => physicalLocation.region.startColumn > 24,
  )
  assert.equal([log.runs[0]!.columnKind, behind?.physicalLocation.region.startColumn], ['utf16CodeUnits', 29])
})

s('the chain of blocks is a stack, innermost first, and each definition a related location', () => {
  const text = `block Inner(x: [H, W, C]) -> [_, _, _] {
  return x |> conv(C, 9x9)
}
block Outer(x: [H, W, C]) -> [_, _, _] {
  return Inner(x)
}
model M {
  input x: [8, 8, 3]
  output y = Outer(x)
}
`
  const [result] = logOf(compileText(text).diagnostics).runs[0]!.results
  const frames = result!.stacks![0]!.frames.map(({ location }) => [
    'logicalLocations' in location ? location.logicalLocations![0]!.name : undefined,
    location.physicalLocation.region.startLine,
    location.message.text,
  ])
  assert.equal(frames, [
    ['Inner', 2, 'here'],
    ['Outer', 5, 'calls Inner'],
    [undefined, 9, 'calls Outer'],
  ])
  const definitions = result!.relatedLocations!.filter(({ message }) => message.text.endsWith('is defined here'))
  assert.equal(
    definitions.map(({ message, physicalLocation }) => [message.text, physicalLocation.region.startLine]),
    [['Inner is defined here', 1], ['Outer is defined here', 4]],
  )
})

s('files below the root are relative to it, others absolute, and both are URIs whatever their names', () => {
  const [diagnostic] = compileText('model M {\n  input x: [4]\n  output y = z\n}\n').diagnostics
  const uriOf = (file: string) => {
    const { span } = diagnostic!
    const log = logOf([{ ...diagnostic!, span: { ...span, source: { ...span.source, path: file } } }])
    assertValid(log, file)
    return log.runs[0]!.results[0]!.locations[0]!.physicalLocation.artifactLocation
  }
  assert.equal(uriOf('deep/er/a.fmw'), { uri: 'deep/er/a.fmw', uriBaseId: '%SRCROOT%' })
  assert.equal(uriOf('./größe 100%#1?.fmw'), { uri: 'gr%C3%B6%C3%9Fe%20100%25%231%3F.fmw', uriBaseId: '%SRCROOT%' })
  assert.equal(uriOf('<stdin>'), { uri: '%3Cstdin%3E', uriBaseId: '%SRCROOT%' })
  assert.equal(uriOf('../other/a.fmw'), { uri: at('/other/a.fmw') })
})

s.run()
