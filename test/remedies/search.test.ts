import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { Elaborated } from '../../src/compiler/elaborate/index.ts'
import type { Elaborating } from '../../src/compiler/elaborate/start.ts'
import { Effort } from '../../src/compiler/reading/effort.ts'
import { elaborateWithRemedies } from '../../src/compiler/remedies/search.ts'

const s = suite('how often a model is elaborated')

const here = { span: { source: { path: 'a.fmw', text: 'a', library: false }, start: 0, end: 1 }, frame: undefined }
const nothing: Elaborated = { graph: undefined, inputs: [], missing: [], tooSmall: [] }

/** The elaborations of a model that fails in each of them, or in none. */
function elaborations(isWrong: boolean): { readonly all: readonly Elaborating[]; readonly reporter: Reporter } {
  const all: Elaborating[] = []
  const reporter = new Reporter()
  const elaborate = (under: Elaborating): Elaborated => {
    all.push(under)
    if (isWrong) under.reporter.report('value/too-large', {}, here)
    return nothing
  }
  elaborateWithRemedies(elaborate, new Effort(), reporter)
  return { all, reporter }
}

s('one without mistakes once, and nothing that would mend it is looked for', () => {
  const { all, reporter } = elaborations(false)
  assert.is(all.length, 1)
  assert.is(all[0]!.advise, undefined)
  assert.equal(reporter.diagnostics, [])
})

s('one with mistakes that nothing settles twice, the second time with remedies', () => {
  const { all, reporter } = elaborations(true)
  assert.equal(all.map(({ advise }) => advise !== undefined), [false, true])
  assert.equal(reporter.diagnostics.map(({ code }) => code), ['value/too-large'])
})

s.run()
