import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FileAst } from '../../src/compiler/syntax/ast.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import type { Source } from '../../src/compiler/text/source.ts'
import { restoreSyntax, storeSyntax } from '../../src/compiler/syntax/stored-syntax.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'

const s = suite('stored syntax trees')

const files = readdirSync('std', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.fmw'))

const sourceOf = (file: string): Source => ({
  path: `std/${file}`,
  text: readFileSync(path.join('std', file), 'utf8'),
  library: true,
})

const parsed = (source: Source): FileAst => new Modules(nodeHost, new Reporter()).file(source.path, source.text).ast

/** Without what is undefined, and with the beginning and end alone of each place. */
const bare = (tree: FileAst): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'source' ? undefined : value)))

for (const file of files) {
  s(`std/${file} comes back as it was parsed, every place in its source`, () => {
    const source = sourceOf(file)
    const tree = parsed(source)
    const restored = restoreSyntax(storeSyntax(source.text, tree), source)!
    assert.equal(bare(restored), bare(tree))
    assert.is(spansIn(restored).length, spansIn(tree).length)
    assert.ok(spansIn(restored).every((span) => Reflect.get(span, 'source') === source))
  })
}

s('a tree of another text is not taken', () => {
  const source = sourceOf('pool.fmw')
  const json = storeSyntax(source.text, parsed(source))
  assert.is(restoreSyntax(json, { ...source, text: `${source.text} ` }), undefined)
})

function spansIn(tree: object): readonly object[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'source' || typeof value !== 'object' || value === null) return []
    return 'start' in value ? [value] : spansIn(value)
  })
}

s.run()
