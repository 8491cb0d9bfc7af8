import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { catalog } from '../../src/compiler/catalog/index.ts'
import { compile } from '../../src/compiler/compile.ts'
import type { Diagnostic, Fix } from '../../src/compiler/diagnostics/diagnostics.ts'
import { fixAll } from '../../src/compiler/fixes/fix-all.ts'
import type { Host } from '../../src/compiler/text/host.ts'
import { everything, isChosen } from '../seeded-tenth.ts'

const s = suite('every fix that is offered')

const folder = fileURLToPath(new URL('../errors', import.meta.url))

/** The other files that the examples of imports speak of. */
const files: Readonly<Record<string, string>> = {
  'blocks.fmw': 'block B(x: [H, W, C]) -> [H, W, C] {\n  return x |> relu\n}\n',
  'cycle.fmw': 'import { M } from "./model.fmw"\nblock C(x: [H, W, C]) -> [H, W, C] {\n  return x\n}\n',
}

interface Example {
  readonly name: string
  readonly path: string
  readonly text: string
  readonly host: Host
}

const examples: readonly Example[] = [
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.fmw') && !file.endsWith('.fixed.fmw'))
    .map((file) => ({
      name: file,
      path: file,
      text: readFileSync(path.join(folder, file), 'utf8'),
      host: { ...nodeHost, read: (name: string) => nodeHost.read(path.join(folder, name)) },
    }))
    .filter(({ text }) => text.startsWith('//!')),
  ...Object.entries(catalog).map(([code, { bad }]) => ({
    name: `the bad example of ${code}`,
    path: 'model.fmw',
    text: bad,
    host: { ...nodeHost, read: (name: string) => files[name] },
  })),
]

const check = ({ path: file, text, host }: Example, texts: ReadonlyMap<string, string> = new Map()): readonly Diagnostic[] =>
  compile(file, texts.get(file) ?? text, { ...host, read: (name) => texts.get(name) ?? host.read(name) }).diagnostics

/** The texts after one fix, made the simplest way: from the last edit to the first. */
function textsAfter({ edits }: Fix): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const { span, text } of edits.toSorted((a, b) => b.span.start - a.span.start)) {
    const before = texts.get(span.source.path) ?? span.source.text
    texts.set(span.source.path, before.slice(0, span.start) + text + before.slice(span.end))
  }
  return texts
}

const errorsOf = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`)

let tried = 0

for (const example of examples.filter(({ name }) => isChosen(name))) {
  s(`of ${example.name} leaves no error but what further fixes mend, and touches the user's files only`, () => {
    for (const { code, message, severity, fixes } of check(example)) {
      for (const fix of fixes.filter(({ safety }) => safety !== 'placeholder')) {
        tried++
        assert.ok(fix.edits.every(({ span }) => !span.source.library))
        const texts = textsAfter(fix)
        const after = check(example, texts)
        // another word of the same line, or the same two numbers in the next place
        const rest = errorsOf(after).length === 0 ? after : fixAll((changed) => check(example, new Map([...texts, ...changed])), 'all').diagnostics
        assert.equal(errorsOf(rest), [], fix.title)
        if (severity === 'warning')
          assert.not.ok(
            after.some((other) => other.code === code && other.message === message),
            fix.title,
          )
      }
    }
  })
}

s('is one of many', () => {
  assert.ok(tried > (everything ? 150 : 0))
})

s.run()
