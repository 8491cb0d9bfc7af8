import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { primitives } from '../../src/compiler/primitives/index.ts'
import { calls } from '../gradients/calls.ts'
import { random, refuses } from './harness.ts'

const s = suite('primitives')

s('are found by their names, once each', () => {
  assert.ok(primitives.size > 30)
  for (const [name, primitive] of primitives) assert.is(primitive.name, name)
})

s('document themselves and each parameter', () => {
  for (const { name, doc, result, signature } of primitives.values()) {
    assert.match(doc, /\S.*\S/, name)
    assert.match(result, /\S/, name)
    for (const [parameter, { doc: meaning }] of Object.entries(signature)) assert.ok(meaning.length > 0, `${name}: ${parameter}`)
  }
})

s('say which tensors are maps, and refuse other ranks for them; which numbers are axes', () => {
  for (const { name, signature, ...primitive } of primitives.values()) {
    for (const [parameter, { kind, means, doc }] of Object.entries(signature)) {
      assert.is(means === 'map', doc.startsWith('the map'), `${name}: ${parameter}`)
      if (means === 'axis') assert.ok(kind === 'int' || kind === 'ints' || kind === 'axes', `${name}: ${parameter}`)
      if (means !== 'map') continue
      assert.is(kind, 'tensor')
      const call = calls[name]!(2)[0]!
      refuses({ name, signature, ...primitive }, { ...call, [parameter]: random([2, 2]) }, 'shape/rank')
    }
  }
})

s('have defaults of the kinds of their parameters', () => {
  for (const { name, signature } of primitives.values()) {
    for (const [parameter, { kind, default: value }] of Object.entries(signature)) {
      if (value === undefined) continue
      const fits = typeof kind === 'object' ? kind.words.some((word) => word === value) : isOfKind[kind]?.(value)
      assert.ok(fits, `${name}: ${parameter}`)
    }
  }
})

const isOfKind: Readonly<Record<string, (value: unknown) => boolean>> = {
  int: Number.isInteger,
  axes: (value) => Array.isArray(value) && value.every(Number.isInteger),
  number: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  size: (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isInteger),
  padding: (value) => value === 'valid' || value === 'same',
}

s.run()
