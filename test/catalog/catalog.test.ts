import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalog, isCode } from '../../src/compiler/catalog/index.ts'
import { isLint } from '../../src/compiler/lint/lint.ts'
import type { Options } from '../../src/compiler/compile.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { compileText } from '../compile-text.ts'

const entries = suite('catalogue of diagnostics')

/** The other files that the examples of imports speak of. */
const files = {
  'blocks.fmw': 'block B(x: [H, W, C]) -> [H, W, C] {\n  return x |> relu\n}\n',
  'cycle.fmw': 'import { M } from "./model.fmw"\nblock C(x: [H, W, C]) -> [H, W, C] {\n  return x\n}\n',
}

/** Some rules are silent until the configuration asks for them. */
const asked = (code: string): Options => (isCode(code) && isLint(code) ? { rules: { [code]: 'warning' } } : {})

for (const [code, entry] of Object.entries(catalog)) {
  entries(`${code}: the bad example is reported so, and only so`, () => {
    const { diagnostics } = compileText(entry.bad, files, asked(code))
    assert.equal(
      diagnostics.map((diagnostic) => diagnostic.code),
      [code],
      diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n'),
    )
    assert.is(diagnostics[0]!.severity, entry.severity)
    assert.not.match(diagnostics[0]!.message, /\{\w+\}/, 'a fact of the message is missing')
  })

  entries(`${code}: the good example is clean`, () => {
    const { diagnostics } = compileText(entry.good, files, asked(code))
    assert.is(diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n'), '')
  })

  entries(`${code}: help is written as sentences`, () => {
    assert.match(entry.help.trim(), /^[A-Z`].*\.$/s)
  })
}

entries.run()
