import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { primitives } from '../../src/compiler/primitives/index.ts'
import { gradientsAgree } from './agrees.ts'
import { calls } from './calls.ts'

const s = suite('gradients of the primitives')

s('no primitive is without a call', () => {
  assert.equal(Object.keys(calls).toSorted(), [...primitives.keys()].toSorted())
})

for (const [name, callsOf] of Object.entries(calls)) {
  const primitive = primitives.get(name)!
  s(`${name} has the gradient of its forward pass, for one sample and two`, async () => {
    for (const call of [...callsOf(1), ...callsOf(2)]) await gradientsAgree(primitive, call)
  })

  if (primitive.targets.tfjs.train)
    s(`${name} has the gradient of what it computes in training`, async () => {
      for (const call of callsOf(2)) await gradientsAgree(primitive, call, true)
    })
}

s.run()
