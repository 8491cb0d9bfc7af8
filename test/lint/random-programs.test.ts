import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { compileText } from '../compile-text.ts'
import { anyUsefulProgram } from './random-program.ts'
import { fewerRuns } from '../seeded-tenth.ts'

const s = suite('random programs')

s('200 that use each of their values give no diagnostic', () => {
  fc.assert(
    fc.property(anyUsefulProgram, (text) => {
      const { diagnostics, graphs } = compileText(text)
      assert.is(diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n'), '')
      assert.is(graphs.length, 1)
    }),
    { numRuns: fewerRuns(200) },
  )
})

s.run()
