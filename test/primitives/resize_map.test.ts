import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printConditions } from '../../src/compiler/dim/condition.ts'
import { divide, multiply } from '../../src/compiler/dim/expr.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { inputExtent } from '../../src/compiler/dim/variable.ts'
import { resizeMap } from '../../src/compiler/primitives/resize_map.ts'
import { computes, random, refuses, rulesCall, shapeOf, type Reference } from './harness.ts'
import { at, fill, total } from './nd-array.ts'

const s = suite('resize_map')

type Corners = 'half' | 'aligned' | 'legacy'

/** Where element i of m is read in an axis of n. */
const places: Readonly<Record<Corners, (i: number, n: number, m: number) => number>> = {
  half: (i, n, m) => ((i + 0.5) * n) / m - 0.5,
  aligned: (i, n, m) => (m === 1 ? 0 : (i * (n - 1)) / (m - 1)),
  legacy: (i, n, m) => (i * n) / m,
}

/** The share of element j in element i, along one axis. */
function share(method: string, corners: Corners, i: number, j: number, n: number, m: number): number {
  const place = places[corners](i, n, m)
  if (method === 'bilinear') return Math.max(0, 1 - Math.abs(Math.min(Math.max(place, 0), n - 1) - j))
  const nearest = corners === 'half' ? Math.floor(place + 0.5) : corners === 'aligned' ? Math.round(place) : Math.floor(place)
  return nearest === j ? 1 : 0
}

const resized =
  ([height, width]: readonly [number, number], method: string, corners: Corners): Reference =>
  ({ x }) => {
    const [n, m, channels] = x!.shape as readonly [number, number, number]
    return fill([height, width, channels], (h, w, c) =>
      total(
        [n, m],
        (i, j) => share(method, corners, h!, i!, n, height) * share(method, corners, w!, j!, m, width) * at(x!, i!, j!, c!),
      ),
    )
  }

for (const method of ['nearest', 'bilinear']) {
  for (const corners of ['half', 'aligned', 'legacy'] as const) {
    s(`reads ${method} elements at ${corners} places, up and down, for one sample and several`, async () => {
      for (const [from, size, batch] of [
        [[4, 5], [8, 10], 3],
        [[4, 5], [9, 7], 'none'],
        [[6, 7], [4, 3], 1],
        [[3, 3], [3, 7], 2],
        [[5, 4], [1, 1], 'none'],
      ] as const) {
        await computes(resizeMap, { x: random([...from, 2], batch), size, method, corners }, resized(size, method, corners), {
          gradient: true,
        })
      }
    })
  }
}

s('is the map itself where the size stays', async () => {
  const x = random([4, 5, 2])
  await computes(resizeMap, { x, size: [4, 5] }, ({ x: sample }) => sample!, { gradient: true })
  const result = resizeMap.shape(rulesCall(resizeMap, { x, size: [4, 10] }))
  assert.equal(result, [x.type.shape[0], { dim: 10, how: 'resized from 5', from: [x.type.shape[1]] }, x.type.shape[2]])
})

s('takes symbolic sizes', async () => {
  const [H, W] = [inputExtent('H'), inputExtent('W')]
  const x = random([3, 4, 2], 2, [H, W, 2])
  const size = [multiply(H, 2), multiply(W, 2)]
  assert.equal(shapeOf(resizeMap, { x, size }).map(printDim), ['2*H', '2*W', '2'])
  for (const method of ['nearest', 'bilinear'])
    await computes(resizeMap, { x, size, method }, resized([6, 8], method, 'half'), { extents: { H: 3, W: 4 } })
})

s('refuses sizes that are none', () => {
  const x = random([4, 4, 2])
  refuses(resizeMap, { x: random([4]), size: [8, 8] }, 'shape/rank')
  refuses(resizeMap, { x, size: [8] }, 'shape/argument-range')
  refuses(resizeMap, { x, size: [8, 0] }, 'shape/argument-range')
  refuses(resizeMap, { x, size: [8, 2.5] }, 'shape/argument-range')
  const halved = divide(inputExtent('H'), 2)
  assert.is(printConditions(refuses(resizeMap, { x, size: [halved, 8] }, 'shape/not-provable').missing ?? []), 'H % 2 == 0')
})

s.run()
