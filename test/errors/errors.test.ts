import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { plainStyle, render } from '../../src/compiler/render.ts'
import { positionOf, type Span } from '../../src/compiler/source.ts'

const s = suite('mistakes and what is said of them')

const folder = path.dirname(fileURLToPath(import.meta.url))
const host = { ...nodeHost, read: (file: string) => nodeHost.read(path.join(folder, file)) }

const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fmw'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }))
  .filter(({ text }) => text.startsWith('//!'))

const place = ({ source, start }: Span, file: string): string => {
  const { line, column } = positionOf(source, start)
  return `${line}:${column}${source.path === file ? '' : ` in ${path.basename(source.path)}`}`
}

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
}

s.run()
