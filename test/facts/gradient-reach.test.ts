import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gradientReach } from '../../src/compiler/facts/gradient-reach.ts'
import { graphOf } from '../compile-text.ts'

const s = suite('the reach of gradients')

function reachOf(statements: string) {
  const graph = graphOf(`model M {\n  input x: [4, 4, 2]\n  ${statements}\n}\n`)
  const { trained, unreached } = gradientReach(graph, [graph.outputs[0]!.node])
  return {
    trained: trained.map(({ path }) => path),
    unreached: unreached.map(({ weight, blockedBy }) =>
      blockedBy ? `${weight.path} behind ${blockedBy.node.path}` : weight.path,
    ),
  }
}

s('every trainable weight that the value is computed from is trained', () => {
  assert.equal(reachOf('output y = x |> conv(3, 1x1)'), { trained: ['y/conv/kernel', 'y/conv/bias'], unreached: [] })
})

s('states and frozen weights are not trained, and not missed', () => {
  assert.equal(reachOf('param w: [2] = ones, trainable: false\n  output y = norm.batch(x * w)'), {
    trained: ['y/norm/scale', 'y/norm/offset'],
    unreached: [],
  })
})

s('weights of another output are not reached', () => {
  assert.equal(reachOf('param a: [2] = ones\n  param b: [2] = ones\n  output y = x * a\n  output z = x * b'), {
    trained: ['a'],
    unreached: ['b'],
  })
})

s('a comparison lets no gradient through, and is named', () => {
  assert.equal(reachOf('param a: [2] = ones\n  param b: [2] = ones\n  output y = x * a * (b * 2 > 0.5)'), {
    trained: ['a'],
    unreached: ['b behind y/compare'],
  })
})

s('a weight that also has another way to the value is trained', () => {
  assert.equal(reachOf('param b: [2] = ones\n  output y = x * b * (b > 0.5)'), { trained: ['b'], unreached: [] })
})

s.run()
