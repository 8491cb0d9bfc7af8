import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile, type Compiled } from '../../src/compiler/compile.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import { lint } from '../../src/compiler/lint/lint.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'

const s = suite('what is right is not warned of')

const rendered = ({ diagnostics }: Pick<Compiled, 'diagnostics'>): string =>
  diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n')

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.fmw'))
    .map((file) => path.posix.join(folder, file))

for (const file of ['examples', 'test/networks'].flatMap(filesIn)) {
  s(`${file} gives no diagnostic`, () => assert.is(rendered(compile(file, readFileSync(file, 'utf8'), nodeHost)), ''))
}

s('the text of the standard library would give none either', () => {
  const modules = new Modules(nodeHost, new Reporter())
  const files = filesIn('std').map((file) => modules.family(file.slice('std/'.length, -'.fmw'.length)))
  assert.ok(files.length > 8)
  assert.is(rendered({ diagnostics: lint({ files, graphs: [], modules, given: [] }, {}) }), '')
})

s.run()
