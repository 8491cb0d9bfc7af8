import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { compileText } from '../compile-text.ts'

const s = suite('ops that are called like methods')

const text = (value: string): string => `model M {\n  input x: [8, 8, 3]\n  input y: [8, 8, 3]\n  output z = ${value}\n}`

const rows: readonly (readonly [written: string, mended: string])[] = [
  ['x.relu()', 'x |> relu()'],
  ['x.conv(3, 1x1).relu()', 'x |> conv(3, 1x1) |> relu()'],
  ['x + y.relu()', 'x + (y |> relu())'],
  ['x + (y.relu())', 'x + (y |> relu())'],
  ['-y.relu()', '-(y |> relu())'],
  ['(x + y).relu()', '(x + y) |> relu()'],
  ['fuse.add(x, y.relu())', 'fuse.add(x, y |> relu())'],
  ['x + y.conv(3, 1x1).relu()', 'x + (y |> conv(3, 1x1) |> relu())'],
  ['x + y.pool.max(1)', 'x + (y |> pool.max(1))'],
  ['if 1 > 0 then x.relu() else y', 'if 1 > 0 then (x |> relu()) else y'],
]

for (const [written, mended] of rows) {
  s(`${written} becomes ${mended}, safely`, () => {
    const [error] = compileText(text(written)).diagnostics
    const [fix] = error?.fixes ?? []
    assert.is(fix?.safety, 'safe')
    assert.is(applyFixes([fix!]).texts.get('model.fmw'), text(mended))
  })
}

s.run()
