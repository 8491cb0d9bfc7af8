import { readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphToJson } from '../../src/compiler/ir/write-json.ts'
import { readGraphJson } from '../../src/compiler/ir/read-json.ts'
import { statsOf, withExtents } from '../../src/compiler/facts/stats.ts'
import { verify } from '../../src/compiler/ir/verify.ts'
import { compilePublished } from './compile-published.ts'
import { published } from './published.ts'

const networks = suite('published networks')

/** Files of blocks and functions alone. */
const parts = ['conv-norm.fmw', 'make-divisible.fmw']

networks('every file here is counted', () => {
  const listed = new Set([...published.map(({ file }) => `${file}.fmw`), ...parts])
  assert.equal(
    readdirSync('test/networks').filter((name) => name.endsWith('.fmw') && !listed.has(name)),
    [],
  )
})

for (const network of published) {
  const { file, model, extents = {}, trainable, nonTrainable, macs, outputs } = network
  networks(`${file} ${model} compiles without a word, and counts what is published`, () => {
    const { diagnostics, misuse, graphs } = compilePublished(network)
    assert.equal([...diagnostics.map(({ code, message }) => `${code}: ${message}`), ...misuse], [])
    const [graph] = graphs
    assert.ok(graph)
    assert.equal(verify(graph), [])
    const filled = withExtents(statsOf(graph), extents)
    if ('problems' in filled) throw new Error(filled.problems.join())
    assert.equal(filled.stats.parameters, { trainable, nonTrainable, total: trainable + nonTrainable })
    assert.is(filled.stats.macs, macs)
    assert.equal(Object.fromEntries(filled.stats.outputs.map(({ name, shape }) => [name, shape])), outputs)

    const json = graphToJson(graph)
    const read = readGraphJson(JSON.parse(JSON.stringify(json)))
    if ('violations' in read) throw new Error(read.violations.map(({ message }) => message).join())
    assert.equal(graphToJson(read.graph), json)
  })
}

networks.run()
