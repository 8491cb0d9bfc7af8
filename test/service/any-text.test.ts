import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { semanticTokens } from '../../src/service/semantic-tokens.ts'
import { openWorkspace } from '../../src/service/workspace.ts'
import { fewerRuns } from '../seeded-tenth.ts'
import { ofPlaces, ofTexts } from './features.ts'

const any = suite('whatever a text is')

const files = ['examples', 'test/networks']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)))
  .filter((file) => file.endsWith('.fmw'))

/** A piece of a text is taken out, put in again, or put in behind a line end; the text ends early; something strange is put in. */
const anyEdit = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'duplicate', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.nat(3), fc.nat(40), fc.nat(400)),
  put: fc.constantFrom(
    '(', ')', '[', ']', '{', '}', '"', '"{', ',', ':', '.', '|>', '=', '_', '\n', '\r\n', '\r', '\t', '\u{1f600}', '\u00e4', '\u0000', '\ufeff', '///', '//',
    ' as ', ' for ', ' input ', ' model ', 'import { A } from "./', '3x3', '1e999', '('.repeat(200), 'x',
  ),
})

type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never

function edited(text: string, { kind, at, length, put }: Edit): string {
  const start = Math.floor(at * text.length)
  const end = Math.min(text.length, start + length)
  if (kind === 'delete') return text.slice(0, start) + text.slice(end)
  if (kind === 'insert') return text.slice(0, start) + put + text.slice(start)
  return kind === 'duplicate' ? text.slice(0, end) + text.slice(start) : text.slice(0, start)
}

/** Asserts that every place in an answer is one of the text that it says it is of. */
function checkPlaces(answer: unknown, where: string, seen = new Set<unknown>()): void {
  if (typeof answer !== 'object' || answer === null || seen.has(answer)) return
  seen.add(answer)
  if ('source' in answer && 'start' in answer && 'end' in answer) {
    const { source, start, end } = answer as { readonly source: { readonly text: string }; readonly start: number; readonly end: number }
    assert.ok(0 <= start && start <= end && end <= source.text.length, `${where}: ${start} to ${end} of ${source.text.length}`)
    return
  }
  for (const part of Array.isArray(answer) ? answer : Object.values(answer)) checkPlaces(part, where, seen)
}

any('each feature answers, and of places in the text', () => {
  const state = fc.tuple(fc.constantFrom(...files), fc.array(anyEdit, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }))
  const seed = Number(process.env['FMW_TEST_SEED'] ?? Math.floor(Date.now() / 86_400_000))
  fc.assert(
    fc.property(state, ([file, edits, isWindows, places]) => {
      const whole = readFileSync(file, 'utf8')
      const before = isWindows ? whole.replaceAll('\n', '\r\n') : whole
      const workspace = openWorkspace(nodeHost)
      // what was known before is kept for what cannot be read any more
      workspace.write(file, before)
      if (before.length < 3000) workspace.analysisOf(file)
      const text = edits.reduce(edited, before)
      workspace.write(file, text)
      const analysis = workspace.analysisOf(file)!
      for (const [name, ask] of Object.entries(ofTexts)) checkPlaces(ask({ workspace, path: file, analysis, offset: 0 }), name)
      const offsets = places.map((place) => Math.floor(place * text.length))
      for (const offset of [...offsets, text.length])
        for (const [name, ask] of Object.entries(ofPlaces)) checkPlaces(ask({ workspace, path: file, analysis, offset }), `${name} at ${offset}`)
      const tokens = semanticTokens(analysis)
      for (const [i, { span }] of tokens.entries()) assert.ok(i === 0 || tokens[i - 1]!.span.end <= span.start, 'tokens lie in each other')
    }),
    { numRuns: fewerRuns(2000), seed },
  )
})

any('a place that is in no text has no answer', () => {
  const workspace = openWorkspace(nodeHost)
  workspace.write('net.fmw', 'model M {\n  input x: [4]\n  output y = x\n}\n')
  const analysis = workspace.analysisOf('net.fmw')!
  for (const offset of [-1, 1e9, Number.NaN])
    for (const [name, ask] of Object.entries(ofPlaces)) checkPlaces(ask({ workspace, path: 'net.fmw', analysis, offset }), name)
  for (const path of ['none.fmw', '']) {
    assert.is(workspace.analysisOf(path), undefined)
    assert.equal(ofPlaces['references']!({ workspace, path, analysis, offset: 0 }), [])
  }
})

any.run()
