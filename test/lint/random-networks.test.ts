import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rules } from '../../src/compiler/lint/index.ts'
import type { Levels } from '../../src/compiler/lint/level.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { compileText } from '../compile-text.ts'
import { anyNetwork } from './random-network.ts'
import { fewerRuns } from '../seeded-tenth.ts'

const s = suite('random networks')

/** Also those that are off unless the configuration asks for them. */
const all: Levels = Object.fromEntries(rules.map(({ code }) => [code, 'warning']))

s(
  'classifiers, encoders and decoders, tables, fusions, pyramids and autoencoders give no diagnostic, with every rule on',
  () => {
    fc.assert(
      fc.property(anyNetwork, ({ text, files }) => {
        const { diagnostics, graphs } = compileText(text, files, { rules: all })
        assert.is(diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n'), '')
        assert.is(graphs.length, 1)
      }),
      { numRuns: fewerRuns(250), seed: 20261 },
    )
  },
)

s.run()
