import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { ops, parameters } from '../../src/compiler/library/names.ts'
import { signatureOf } from '../../src/compiler/library/signature-of.ts'
import { Modules } from '../../src/compiler/reading/module.ts'

const s = suite('names of the library that advice knows')

const modules = new Modules(nodeHost, new Reporter())

for (const op of ops) s(`there is an op ${op}`, () => assert.ok(signatureOf(op, modules)))

for (const [what, parameter] of Object.entries(parameters))
  for (const [op, name] of parameter)
    s(`${what}: ${op} has a parameter ${name}`, () => {
      const names = signatureOf(op, modules)?.map((formal) => formal.name)
      assert.ok(names?.includes(name), `it has ${names?.join(', ')}`)
    })

s('what is no op of the library has no signature', () => {
  for (const name of ['conv.depthwize', 'convolution', 'pool', 'prelude.conv', 'no.conv', 'pool.max.x'])
    assert.is(signatureOf(name, modules), undefined, name)
})

s.run()
