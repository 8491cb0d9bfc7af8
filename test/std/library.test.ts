import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { Modules } from '../../src/compiler/reading/module.ts'

const s = suite('std')

const reporter = new Reporter()
const modules = new Modules(nodeHost, reporter)

/** The files of the library without their endings: families, and what the prelude takes from elsewhere. */
const files = readdirSync('std', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fmw') && file !== 'prelude.fmw')
  .map((file) => file.slice(0, -'.fmw'.length))

const declarationsOf = (file: string) => modules.family(file).ast.declarations

/** What the prelude hands to every model: a name, and the file it is declared in. */
const prelude = modules.prelude.ast.imports.flatMap(({ names, from }) =>
  names.map(({ name, as }) => ({ declared: name.name, known: as.name, file: path.posix.normalize(from).replace('.fmw', '') })),
)

/** The blocks of the library as models call them: those of families, and of the rest what the prelude takes. */
const callable = files.flatMap((file) =>
  declarationsOf(file)
    .filter(({ kind }) => kind === 'block')
    .flatMap(({ name }) => {
      const known = prelude.find((one) => one.file === file && one.declared === name.name)
      if (known) return [known.known]
      return modules.families.includes(file) ? [`${file}.${name.name}`] : []
    }),
)

/** The statements that tests compute with: the texts that assign `y`, but those that are only refused or looked at. */
const statements = readdirSync('test/std')
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => [...readFileSync(path.join('test/std', file), 'utf8').matchAll(/(\w*)\(?(['"`])((?:(?!\2).)*)\2/g)])
  .filter(([, before, , text]) => before !== 'refuses' && before !== 'weightsIn' && /(^|\\n)y = /.test(text!))
  .map(([, , , text]) => text!)

s('the library is found', () => {
  assert.ok(files.length > 8)
  assert.ok(callable.length > 50)
  assert.ok(statements.length > 100)
})

s('every file can be read without a complaint', () => {
  files.forEach(declarationsOf)
  assert.equal(reporter.diagnostics, [])
})

s('the prelude imports what its files declare', () => {
  const missing = prelude.filter(({ declared, file }) => !declarationsOf(file).some(({ name }) => name.name === declared))
  assert.equal(missing, [])
})

for (const name of callable) {
  s(`${name} is computed by a test`, () => {
    const called = new RegExp(`(?<![\\w.])${name.replace('.', '\\.')}(?![\\w.:])`)
    assert.ok(statements.some((text) => called.test(text)), `no test in test/std computes y with ${name}`)
  })
}

for (const file of files) {
  for (const { kind, name, doc } of declarationsOf(file)) {
    // those that can be called have pages
    if (kind === 'block' && callable.some((one) => one.split('.').at(-1) === name.name)) continue
    s(`${name.name} of std/${file}.fmw is documented`, () => {
      assert.match(doc, /\w.*\.$/s, 'a declaration starts with a /// comment of whole sentences')
    })
  }
}

s.run()
