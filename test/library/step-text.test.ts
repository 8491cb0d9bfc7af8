import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { Modules } from '../../src/compiler/reading/module.ts'
import { parameters } from '../../src/compiler/library/names.ts'
import { projection, stepText } from '../../src/compiler/library/step-text.ts'

const s = suite('steps of a pipe as they are written')

/** The library, with convolutions that have these parameters. */
const withConvolution = (signature: string): Modules =>
  new Modules(
    {
      ...nodeHost,
      library: {
        families: nodeHost.library.families,
        read: (family) => (family === 'conv' ? `block conv(${signature}) -> tensor { return x }` : nodeHost.library.read(family)),
      },
    },
    new Reporter(),
  )

s('arguments have their names', () => {
  assert.is(stepText('flatten'), 'flatten')
  assert.is(stepText('align', [parameters.like, 'b']), 'align(like: b)')
  assert.is(stepText('reduce.mean', [parameters.axis, '2'], [parameters.keeps, 'true']), 'reduce.mean(axis: 2, keep: true)')
})

s('a projection has its filters and its kernel first', () => {
  const modules = new Modules(nodeHost, new Reporter())
  assert.is(projection('64', modules), 'conv(64, 1x1)')
  assert.is(projection('C', modules, [parameters.stride, '2']), 'conv(C, 1x1, stride: 2)')
})

s('where these do not come first they have names', () => {
  const exchanged = withConvolution('x: [H, W, C], kernel: size, filters: int')
  assert.is(projection('64', exchanged), 'conv(filters: 64, kernel: 1x1)')
})

s.run()
