import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as runtime from '../../../src/codegen/tfjs/runtime/fmw-runtime.ts'
import { writeSafetensors } from '../../../src/codegen/tfjs/runtime/safetensors.ts'
import { randomStream } from '../../../src/codegen/tfjs/runtime/random.ts'
import type { Specs } from '../../../src/codegen/tfjs/runtime/weights.ts'
import { fixedShape } from '../../../src/compiler/graph/fixed-shape.ts'
import { weightsOf, type Graph } from '../../../src/compiler/graph/graph.ts'
import { namedInitializers, type Initializer as Description } from '../../../src/compiler/graph/initializer.ts'
import { initialWeights } from '../../../src/runtime/weights/initial-weights.ts'
import { initialize } from '../../../src/runtime/weights/initialize.ts'
import { withBackend } from '../../backends.ts'
import { graphOf } from '../../compile-text.ts'
import { modelsOf } from '../../example-models.ts'
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

/** The specs of a graph's weights, as their tree. */
function specsOf(graph: Graph): Specs<object> {
  const tree: Record<string, unknown> = {}
  for (const { segments, type, init } of weightsOf(graph)) {
    let node = tree
    for (const segment of segments.slice(0, -1)) node = (node[segment] ??= {}) as Record<string, unknown>
    node[segments.at(-1)!] = runtime.param([...fixedShape(type.shape)], (shape, random) => drawn(init)(shape, random))
  }
  return tree
}

function drawn(init: Description): typeof runtime.zeros {
  switch (init.kind) {
    case 'constant':
      return runtime.constant(init.value)
    case 'values':
      return runtime.values(init.values)
    case 'uniform':
      return runtime.uniform(init.min, init.max)
    case 'normal':
      return runtime.normal(init.mean, init.deviation)
    case 'truncated_normal':
      return runtime.truncatedNormal(init.mean, init.deviation)
    case 'variance_scaling':
      return runtime.varianceScaling(init.scale, init.fan, init.distribution)
    case 'orthogonal':
      return runtime.orthogonal(init.gain)
  }
}

const { lenet5, inits } = {
  lenet5: modelsOf('lenet5.fmw')[0]!,
  inits: graphOf(`model Inits {
  input x: [4]
  output y = x |> dense(5, init: orthogonal) as a |> dense(6, init: he_normal) as b |> dense(3, init: torch_uniform) as c
}`),
}

for (const graph of [lenet5, inits]) {
  s(`fresh weights of ${graph.name} are the bytes of fmw init with the same seed`, async () => {
    await withBackend('cpu', async () => {
      const { init } = runtime.model<object, object, object>({
        name: graph.name,
        inputs: {},
        weights: () => specsOf(graph),
        apply: () => ({}),
      })
      for (const seed of [0, 12345]) {
        const net = init({ seed })
        const expected = initialWeights(weightsOf(graph), seed)
        assert.equal(await net.save(), writeSafetensors(expected, { fmw: 'module', model: graph.name }))
        net.dispose()
      }
    })
  })
}

s.run()
