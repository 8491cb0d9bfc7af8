import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { fixAll, type Fixed } from '../../src/compiler/fixes/fix-all.ts'
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

const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fmw') && !file.endsWith('.fixed.fmw'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }))
  .filter(({ text }) => text.startsWith('//!'))

/** The last line of a text that only its author can mend. */
const saysWhyNot = /\n\/\/ by hand: .+\n*$/

const place = ({ source, start }: Span, file: string): string => {
  const { line, column } = positionOf(source, start)
  return `${line}:${column}${source.path === file ? '' : ` in ${path.basename(source.path)}`}`
}

/** The texts after the fixes of errors; what the linter then says of them is not the matter here. */
const fixed = (file: string, text: string): Fixed =>
  fixAll((texts) => {
    const edited = { ...host, read: (name: string) => texts.get(name) ?? host.read(name) }
    return compile(file, texts.get(file) ?? text, edited).diagnostics.filter(({ severity }) => severity === 'error')
  })

s('there are many', () => {
  assert.ok(cases.length >= 150)
})

for (const { file, text } of cases) {
  const [expected, mistake] = text.split('\n')
  s(`${file.replace('.fmw', '')}: ${mistake!.replace('// ', '')}`, () => {
    const { diagnostics } = compile(file, text, host)
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

  s(`${file.replace('.fmw', '')}: after its fixes nothing is wrong`, () => {
    const { texts, diagnostics, mended } = fixed(file, text)
    // an imported file that is fixed is shown behind the file of the case
    const shown = [...texts]
      .map(([name, content]) => (name === file ? content : `// ${path.basename(name)}\n${content}`))
      .join('\n')
    const snapshot = path.join(folder, file.replace('.fmw', '.fixed.fmw'))
    if (process.env['UPDATE']) {
      if (mended.length > 0) writeFileSync(snapshot, shown)
      else rmSync(snapshot, { force: true })
    }
    assert.is(existsSync(snapshot), mended.length > 0)
    assert.is(
      saysWhyNot.test(text),
      mended.length === 0,
      'it is mended, or its last line says `// by hand: ` and why it cannot be',
    )
    if (mended.length === 0) return
    assert.fixture(shown, readFileSync(snapshot, 'utf8'))
    assert.is(diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n'), '')
  })
}

s.run()
