import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import type { Fix } from '../../src/compiler/diagnostics/diagnostics.ts'
import { movementBy } from '../../src/compiler/fixes/moved-offset.ts'
import type { Source } from '../../src/compiler/text/source.ts'

const s = suite('fixes applied to texts')

const sourceOf = (text: string, path = 'a.fmw'): Source => ({ path, text, library: false })

const fix = (source: Source, ...edits: readonly (readonly [start: number, end: number, text: string])[]): Fix => ({
  title: 'a fix',
  safety: 'safe',
  edits: edits.map(([start, end, text]) => ({ span: { source, start, end }, text })),
})

const textAfter = (source: Source, ...fixes: readonly Fix[]): string | undefined => applyFixes(fixes).texts.get(source.path)

s('texts without a fix are not among those that change', () => {
  assert.is(applyFixes([]).texts.size, 0)
  assert.equal([...applyFixes([fix(sourceOf('abc'), [1, 2, 'X'])]).texts], [['a.fmw', 'aXc']])
})

s('edits are made where they were meant, whatever their order', () => {
  const source = sourceOf('one two three')
  assert.is(textAfter(source, fix(source, [8, 13, '3'], [0, 3, 'first'], [4, 4, '+']), fix(source, [4, 7, ''])), 'first + 3')
})

s('of two fixes that want the same characters the earlier is applied, the other not even in part', () => {
  const source = sourceOf('abcdef')
  const first = fix(source, [1, 4, 'X'])
  const second = fix(source, [3, 5, 'Y'], [0, 1, 'Z'])
  const { texts, applied } = applyFixes([first, second])
  assert.is(texts.get('a.fmw'), 'aXef')
  assert.equal(applied, [first])
})

s('two insertions at one place are not both made: nothing says which comes first', () => {
  const source = sourceOf('ab')
  assert.is(textAfter(source, fix(source, [1, 1, 'X']), fix(source, [1, 1, 'Y'])), 'aXb')
})

s('the same edit for two mistakes is made once, and counts for both', () => {
  const source = sourceOf('input H')
  const { texts, applied } = applyFixes([fix(source, [7, 7, ' where']), fix(sourceOf('input H'), [7, 7, ' where'])])
  assert.is(texts.get('a.fmw'), 'input H where')
  assert.is(applied.length, 2)
})

s('an edit of several files changes each of them', () => {
  const [a, b] = [sourceOf('aa', 'a.fmw'), sourceOf('bb', 'b.fmw')]
  const both: Fix = { title: 'both', safety: 'safe', edits: [...fix(a, [0, 1, '1']).edits, ...fix(b, [1, 2, '2']).edits] }
  assert.equal([...applyFixes([both]).texts], [['a.fmw', '1a'], ['b.fmw', 'b2']])
})

s('line breaks are those of the file', () => {
  const windows = sourceOf('a\r\nb\r\n')
  assert.is(textAfter(windows, fix(windows, [3, 4, 'x\ny'])), 'a\r\nx\r\ny\r\n')
  const unix = sourceOf('a\nb\n')
  assert.is(textAfter(unix, fix(unix, [2, 3, 'x\r\ny'])), 'a\nx\r\ny\n')
})

/** A text cut into pieces, some of which get another text: the edits, and what they come to. */
const rewritings = fc.array(
  fc.record({ old: fc.string({ maxLength: 5 }), now: fc.option(fc.string({ maxLength: 5 }), { nil: undefined }) }),
  { maxLength: 12 },
)

s('edits that do not overlap come to what their pieces come to, in any order of fixes', () => {
  fc.assert(
    fc.property(rewritings, fc.infiniteStream(fc.nat()), (all, random) => {
      // an insertion and its neighbour are one place: pieces that are replaced are not empty
      const pieces = all.map(({ old, now }) => ({ old: `<${old.replace(/\r/g, '')}>`, now: now?.replace(/\r/g, '') }))
      const source = sourceOf(pieces.map(({ old }) => old).join(''))
      let at = 0
      const fixes = pieces.flatMap(({ old, now }) => {
        const start = at
        at += old.length
        return now === undefined ? [] : [fix(source, [start, at, now])]
      })
      const shuffled = fixes.map((one) => [random.next().value, one] as const).sort(([a], [b]) => a - b).map(([, one]) => one)
      const expected = pieces.map(({ old, now }) => now ?? old).join('')
      assert.is(fixes.length === 0 ? source.text : textAfter(source, ...shuffled), expected)
    }),
  )
})

s('what edits leave alone is found where they moved it', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      (before, old, now, after) => {
        const source = sourceOf(`${before}<${old}>${after}!`)
        const { edits } = fix(source, [before.length, before.length + old.length + 2, now])
        const text = textAfter(source, { title: '', safety: 'safe', edits })!
        const [first, last] = movementBy(edits)('a.fmw', source.text.length - 1)
        assert.is(text.length - 1, first)
        assert.is(first, last)
        assert.equal(movementBy(edits)('other.fmw', 3), [3, 3])
      },
    ),
  )
})

s.run()
