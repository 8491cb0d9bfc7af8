import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import { mendedBy } from '../../src/compiler/fixes/fix-effect.ts'
import { familyOf } from '../../src/compiler/catalog/index.ts'
import type { Source } from '../../src/compiler/text/source.ts'

const s = suite('whether edits mend a mistake')

const before: Source = { path: 'm.fmw', text: 'one wrd two three', library: false }
const after: Source = { path: 'm.fmw', text: 'one words two three', library: false }

const mistake = (source: Source, code: Diagnostic['code'], start: number, end: number): Diagnostic => ({
  code,
  family: familyOf(code),
  severity: 'error',
  message: '',
  span: { source, start, end },
  labels: [],
  notes: [],
  chain: [],
  fixes: [],
  extents: [],
})

const misspelt = mistake(before, 'name/unknown', 4, 7)
const edits = [{ span: misspelt.span, text: 'words' }]

/** Whether the word is mended by writing `words`, which stands from 4 to 9, where this is found then. */
const isMended = (...found: readonly Diagnostic[]): boolean => mendedBy(edits, [misspelt], found)(misspelt)

s('a mistake that is gone is mended, one that is still there is not', () => {
  assert.is(isMended(), true)
  assert.is(isMended(mistake(after, 'name/unknown', 4, 9)), false)
})

s('what could not be seen before is no fault of the edit where it stands apart from what was put in', () => {
  assert.is(isMended(mistake(after, 'type/mismatch', 10, 13)), true)
  assert.is(isMended(mistake(after, 'type/mismatch', 0, 3)), true)
})

s('a mistake that what was put in is part of is its fault; one of syntax also where it touches it', () => {
  assert.is(isMended(mistake(after, 'type/mismatch', 5, 7)), false)
  assert.is(isMended(mistake(after, 'type/mismatch', 9, 13)), true)
  assert.is(isMended(mistake(after, 'syntax/unexpected', 9, 13)), false, 'from where it ends')
  assert.is(isMended(mistake(after, 'syntax/unexpected', 0, 4)), false, 'to where it begins')
})

s('other words of the same line may be wrong too, a shape or another line may not', () => {
  const further = [mistake(after, 'type/mismatch', 10, 13), mistake(after, 'name/unknown', 14, 19)]
  assert.is(isMended(...further), true)
  assert.is(isMended(further[0]!, mistake(after, 'shape/rank', 14, 19)), false)
  const lower = { ...after, text: 'one words\ntwo three' }
  assert.is(isMended(mistake(lower, 'type/mismatch', 10, 13), mistake(lower, 'name/unknown', 14, 19)), false)
})

s('a mistake in another file at the same place has nothing to do with what was put in', () => {
  assert.is(isMended(mistake({ ...after, path: 'other.fmw' }, 'type/mismatch', 5, 7)), true)
})

s.run()
