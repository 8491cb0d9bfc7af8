import { readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphToJson, type GraphJson } from '../../src/compiler/ir/write-json.ts'
import { modelsOf } from '../example-models.ts'
import { printScopes } from './print-scopes.ts'

const s = suite('the structure of a graph, from its JSON alone')

/** The texts are reviewed; `UPDATE=1` writes them anew. */
function isAsReviewed(name: string, text: string): void {
  const file = `test/ir/printed/${name}.txt`
  if (process.env['UPDATE']) writeFileSync(file, text)
  assert.fixture(text, readFileSync(file, 'utf8'))
}

const printed = (file: string): string => {
  const [graph] = modelsOf(file)
  return printScopes(JSON.parse(JSON.stringify(graphToJson(graph!))) as GraphJson)
}

/** How many lines each has at most. */
const lines: Readonly<Record<string, number>> = { lenet5: 70, unet: 60, resnet50: 80 }

for (const [name, most] of Object.entries(lines)) {
  s(`prints ${name} as functions, as small as a person would write them`, () => {
    const text = printed(`${name}.fmw`)
    assert.ok(text.split('\n').length <= most, `${text.split('\n').length} lines`)
    isAsReviewed(name, text)
  })
}

const bodyOf = (text: string, name: string): string => text.split('\n\n').find((part) => part.startsWith(`function ${name}(`))!

s('a network of turns that are alike is loops, whose calls pass what differs', () => {
  const residual = bodyOf(printed('resnet50.fmw'), 'Residual')
  assert.match(residual, '  for i from 0 to 3\n    for j from 0 to <2 | 3 | 5 | 2>\n      x = Bottleneck(x, w.stages[i][j], width: <64 | 128 | 256 | 512>')
})

s('a block that calls itself is one function, which ends where its argument says', () => {
  const level = bodyOf(printed('unet.fmw'), 'Level')
  assert.match(level, '    deep = Level(pool.max(skip), w.below, ')
  assert.match(level, '  where depth = 0\n    skip = Double(x, w.skip, width: 1024)  // [H / 16, W / 16, 1024]\n    return skip')
})

s('a comprehension is one line with a value for each turn', () => {
  const model = bodyOf(printed('lenet5.fmw'), 'LeNet5')
  assert.match(model, 'c3 = Squash(fuse.concat([conv(gather.channels(s2, list: <[0, 1, 2] | [1, 2, 3] | ')
  assert.match(model, '>), w.c3[i], filters: 1) for i from 0 to 15]))  // [10, 10, 16]')
})

s.run()
