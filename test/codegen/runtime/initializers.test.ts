import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as runtime from '../../../src/codegen/tfjs/runtime/fmw-runtime.ts'
import { randomStream } from '../../../src/codegen/tfjs/runtime/random.ts'
import { namedInitializers } from '../../../src/compiler/graph/initializer.ts'
import { initialize } from '../../../src/runtime/weights/initialize.ts'
import { weightNode } from '../../runtime/weight-node.ts'

const s = suite('initialisers of emitted modules')

const shape = [3, 3, 4, 6]

for (const [name, description] of namedInitializers) {
  const called = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  s(`${called} draws what ${name} does`, () => {
    const exported: unknown = Object.entries(runtime).find(([key]) => key === called)?.[1]
    assert.type(exported, 'function')
    // `orthogonal` alone takes a gain
    const draw = (called === 'orthogonal' ? runtime.orthogonal(1) : exported) as typeof runtime.zeros
    assert.equal(draw(shape, randomStream(4, 'w')), initialize(weightNode('w', shape, description), 4))
  })
}

s('a list has as many values as the weight has elements', () => {
  assert.equal(runtime.values([1, 2])([2], randomStream(0, '')), Float32Array.of(1, 2))
  assert.throws(() => runtime.values([1])([2, 2], randomStream(0, '')), /a weight \[2, 2\] has 4 elements, not 1/)
})

s.run()
