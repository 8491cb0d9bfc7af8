import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { digestNumbers, endDigest, startDigest } from '../../src/runtime/data/digest.ts'
import { array } from './samples.ts'

const s = suite('digests of samples')

function digest(...parts: readonly (readonly [name: string, data: TensorData])[]): string {
  const hash = startDigest()
  for (const [name, data] of parts) digestNumbers(hash, name, data)
  return endDigest(hash)
}

s('tell apart other numbers, another order, another shape and another name, and nothing else', () => {
  const x = array([2, 2], [1, 2, 3, 4])
  const all = [
    digest(['x', x]),
    digest(['x', array([2, 2], [1, 2, 3, 5])]),
    digest(['x', array([2, 2], [2, 1, 3, 4])]),
    digest(['x', array([4, 1], [1, 2, 3, 4])]),
    digest(['y', x]),
    digest(['x', x], ['y', x]),
  ]
  assert.is(new Set(all).size, all.length)
  assert.is(digest(['x', array([2, 2], [1, 2, 3, 4])]), all[0])
  assert.match(all[0]!, /^[0-9a-f]{16}$/)
})

s.run()
