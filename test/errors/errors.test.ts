import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import { fixAll, type Fixed, type WhichFixes } from '../../src/compiler/fixes/fix-all.ts'
import type { Host } from '../../src/compiler/text/host.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { positionOf, type Span } from '../../src/compiler/text/source.ts'

const s = suite('mistakes and what is said of them')

const folder = path.dirname(fileURLToPath(import.meta.url))
const host: Host = {
  ...nodeHost,
  read: (file) => nodeHost.read(path.join(folder, file)),
  filesBeside: (file) => nodeHost.filesBeside?.(path.join(folder, file)) ?? [],
}

/** `CASES=shapes/unet,posts/` takes those whose names have one of these in them. */
const wanted = (process.env['CASES'] ?? '').split(',')

const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fmw') && !file.endsWith('.fixed.fmw'))
  .filter((file) => wanted.some((part) => file.includes(part)))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }))
  .filter(({ text }) => text.startsWith('//!'))

/** The last line of a text that only its author can mend. */
const saysWhyNot = /\n\/\/ by hand: .+\n*$/

const place = ({ source, start }: Span, file: string): string => {
  const { line, column } = positionOf(source, start)
  return `${line}:${column}${source.path === file ? '' : ` in ${path.basename(source.path)}`}`
}

const known = new Map<string, readonly Diagnostic[]>()

/** What is said of a case, with other texts for some files; the same texts are asked about several times. */
function said(file: string, text: string, texts: ReadonlyMap<string, string> = new Map()): readonly Diagnostic[] {
  const key = JSON.stringify([file, ...texts])
  const earlier = known.get(key)
  if (earlier) return earlier
  const edited = { ...host, read: (name: string) => texts.get(name) ?? host.read(name) }
  const { diagnostics } = compile(file, texts.get(file) ?? text, edited)
  known.set(key, diagnostics)
  return diagnostics
}

/** The texts after the fixes of errors; what the linter then says of them is not the matter here. */
const fixed = (file: string, text: string, which: WhichFixes): Fixed =>
  fixAll((texts) => said(file, text, texts).filter(({ severity }) => severity === 'error'), which)

/** The texts that changed; an imported file is shown behind the file of the case. */
const shown = ({ texts }: Fixed, file: string): string =>
  [...texts].map(([name, content]) => (name === file ? content : `// ${path.basename(name)}\n${content}`)).join('\n')

/** A snapshot that is there where there is something to show. */
function compareWith(name: string, content: string | undefined): void {
  const snapshot = path.join(folder, name)
  if (process.env['UPDATE']) {
    if (content === undefined) rmSync(snapshot, { force: true })
    else writeFileSync(snapshot, content)
  }
  assert.is(existsSync(snapshot), content !== undefined)
  if (content !== undefined) assert.fixture(content, readFileSync(snapshot, 'utf8'))
}

s('there are many', () => {
  assert.ok(cases.length >= 150)
})

for (const { file, text } of cases) {
  const [expected, mistake] = text.split('\n')
  s(`${file.replace('.fmw', '')}: ${mistake!.replace('// ', '')}`, () => {
    const diagnostics = said(file, text)
    const rendered = `${diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n')}\n`
    assert.equal(
      diagnostics.map(({ severity, code, span }) => `//! ${severity} ${code} @ ${place(span, file)}`),
      [expected],
      rendered,
    )
    const snapshot = path.join(folder, file.replace('.fmw', '.txt'))
    if (process.env['UPDATE']) writeFileSync(snapshot, rendered)
    assert.fixture(rendered, readFileSync(snapshot, 'utf8'))
  })

  s(`${file.replace('.fmw', '')}: after all fixes nothing is wrong, and what is safe is mended alone`, () => {
    const [safe, all] = (['safe', 'all'] as const).map((which) => fixed(file, text, which))
    const [afterSafe, afterAll] = [safe!, all!].map((one) => (one.mended.length > 0 ? shown(one, file) : undefined))
    compareWith(file.replace('.fmw', '.fixed.fmw'), afterSafe)
    compareWith(file.replace('.fmw', '.all.fixed.fmw'), afterAll === afterSafe ? undefined : afterAll)
    assert.is(
      saysWhyNot.test(text),
      afterAll === undefined,
      'it is mended, or its last line says `// by hand: ` and why it cannot be',
    )
    if (afterAll === undefined) return
    assert.is(all!.diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n'), '')
  })
}

s.run()
