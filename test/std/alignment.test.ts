import { suite } from 'uvu'
import { convolved } from '../primitives/convolved.ts'
import { at, fill, type NdArray } from '../primitives/nd-array.ts'
import { biased } from './biased.ts'
import { computes, refuses } from './block.ts'

const s = suite('std/plain/alignment')

type Pair = readonly [number, number]

/** Where row i of m is read in n rows. */
const places = {
  half: (i: number, n: number, m: number): number => ((i + 0.5) * n) / m - 0.5,
  aligned: (i: number, n: number, m: number): number => (m === 1 ? 0 : (i * (n - 1)) / (m - 1)),
  legacy: (i: number, n: number, m: number): number => (i * n) / m,
}

type Corners = keyof typeof places
type Method = 'nearest' | 'bilinear'

/** The rows of n that row i of m mixes, with their shares. */
function shares(i: number, n: number, m: number, method: Method, corners: Corners): readonly Pair[] {
  const place = places[corners](i, n, m)
  if (method === 'nearest') {
    const nearest = { half: Math.floor(place + 0.5), aligned: Math.round(place), legacy: Math.floor(place) }[corners]
    return [[Math.min(nearest, n - 1), 1]]
  }
  const inside = Math.min(Math.max(place, 0), n - 1)
  const below = Math.floor(inside)
  return [[below, below + 1 - inside], [Math.min(below + 1, n - 1), inside - below]]
}

const resized = (x: NdArray, [height, width]: Pair, method: Method = 'bilinear', corners: Corners = 'half'): NdArray => {
  const [n, m, channels] = x.shape as readonly [number, number, number]
  return fill([height, width, channels], (h, w, c) => {
    const rows = shares(h, n, height, method, corners)
    const columns = shares(w, m, width, method, corners)
    return rows.reduce((sum, [i, a]) => sum + columns.reduce((part, [j, b]) => part + a * b * at(x, i, j, c), 0), 0)
  })
}

s('resize: bilinear by half pixels, to a size, the size of another map, or by a factor rounded down', async () => {
  for (const [written, size] of [
    ['to: 6', [6, 6]],
    ['[7, 3]', [7, 3]],
    ['to: 4x5', [4, 5]],
    ['like: other', [3, 8]],
    ['scale: 2', [10, 14]],
    ['scale: 1.5', [7, 10]],
    ['scale: 0.5', [2, 3]],
  ] as const) {
    await computes(`y = x |> resize(${written})`, { inputs: { x: [5, 7, 2], other: [3, 8, 1] } }, ({ x }) => resized(x, size))
  }
})

s('resize: each method at each corners', async () => {
  for (const method of ['nearest', 'bilinear'] as const) {
    for (const corners of ['half', 'aligned', 'legacy'] as const) {
      for (const size of [[8, 9], [3, 2]] as const) {
        const statement = `y = x |> resize([${size}], method: ${method}, corners: ${corners})`
        await computes(statement, { inputs: { x: [4, 5, 2] } }, ({ x }) => resized(x, size, method, corners))
      }
    }
  }
})

s('resize: runs at sizes that are known only then', async () => {
  for (const size of [[2, 3], [5, 4]] as const) {
    const inputs = { x: [...size, 2], other: [3, 3, 1] }
    const declared = { x: '[H, W, 2]', other: '[h, w, 1]' }
    await computes('y = x |> resize(scale: 2)', { inputs, declared }, ({ x }) => resized(x, [2 * size[0], 2 * size[1]]))
    await computes('y = x |> resize(like: other)', { inputs, declared }, ({ x }) => resized(x, [3, 3]))
  }
})

s('resize: refuses no size, and two', () => {
  const given = { inputs: { x: [4, 5, 2] } }
  refuses('y = x |> resize', given, 'require/failed', 'resize takes one of to, like and scale, not 0 of them')
  refuses('y = x |> resize(8, scale: 2)', given, 'require/failed', 'resize takes one of to, like and scale, not 2 of them')
})

/** The row of n that stands at row i of those mirrored around it. */
const mirrored = {
  reflect: (i: number, n: number): number => (i < 0 ? -i : i >= n ? 2 * n - 2 - i : i),
  symmetric: (i: number, n: number): number => (i < 0 ? -1 - i : i >= n ? 2 * n - 1 - i : i),
}

s('pad: rows and columns of zeros or another value, the same on every side, per axis, or per side', async () => {
  for (const [written, [top, bottom], [left, right], value] of [
    ['1', [1, 1], [1, 1], 0],
    ['[0, 2]', [0, 0], [2, 2], 0],
    ['[[1, 0], [2, 3]]', [1, 0], [2, 3], 0],
    ['amount: 1, value: -2.5', [1, 1], [1, 1], -2.5],
    ['2, mode: zero', [2, 2], [2, 2], 0],
  ] as const) {
    await computes(`y = x |> pad(${written})`, { inputs: { x: [4, 5, 2] } }, ({ x }) =>
      fill([4 + top + bottom, 5 + left + right, 2], (h, w, c) => {
        const [i, j] = [h - top, w - left]
        return i >= 0 && i < 4 && j >= 0 && j < 5 ? at(x, i, j, c) : value
      }),
    )
  }
})

s('pad: mirrors without the border (reflect) and with it (symmetric)', async () => {
  for (const mode of ['reflect', 'symmetric'] as const) {
    await computes(`y = x |> pad([[1, 3], [2, 0]], mode: ${mode})`, { inputs: { x: [4, 5, 2] } }, ({ x }) =>
      fill([8, 7, 2], (h, w, c) => at(x, mirrored[mode](h - 1, 4), mirrored[mode](w - 2, 5), c)),
    )
  }
})

s('pad: runs at sizes that are known only then', async () => {
  for (const [height, width] of [[3, 4], [5, 3]] as const) {
    const given = { inputs: { x: [height, width, 2] }, declared: { x: '[H, W, 2] where H >= 3, W >= 3' } }
    await computes('y = x |> pad(1)', given, ({ x }) => fill([height + 2, width + 2, 2], (h, w, c) => at(x, h - 1, w - 1, c)))
    await computes('y = x |> pad(2, mode: reflect)', given, ({ x }) =>
      fill([height + 4, width + 4, 2], (h, w, c) => at(x, mirrored.reflect(h - 2, height), mirrored.reflect(w - 2, width), c)),
    )
  }
})

s('pad: as large as another map, and what is odd goes at the end', async () => {
  const place = {
    zero: (i: number, n: number): number => (i < 0 || i >= n ? NaN : i),
    ...mirrored,
  }
  const declared = { x: '[H, W, 2]', other: '[h, w, 1] where h >= H, w >= W' }
  for (const [symbolic, modes] of [[{}, ['zero', 'symmetric']], [{ declared }, ['zero']]] as const) {
    for (const [height, width] of [[4, 6], [7, 3]] as const) {
      const given = { inputs: { x: [4, 3, 2], other: [height, width, 1] }, ...symbolic }
      for (const mode of modes) {
        await computes(`y = x |> pad(like: other, mode: ${mode})`, given, ({ x }) =>
          fill([height, width, 2], (h, w, c) => {
            const [i, j] = [place[mode](h - Math.floor((height - 4) / 2), 4), place[mode](w - Math.floor((width - 3) / 2), 3)]
            return Number.isNaN(i + j) ? 0 : at(x, i, j, c)
          }),
        )
      }
    }
  }
})

s('pad: amounts that depend on the size', async () => {
  const given = { inputs: { x: [3, 4, 2] }, declared: { x: '[H, W, 2]' } }
  await computes('y = x |> pad([[H % 2, 0], [0, 2 * W]], value: 7)', given, ({ x }) =>
    fill([4, 12, 2], (h, w, c) => (h === 0 || w >= 4 ? 7 : at(x, h - 1, w, c))),
  )
})

s('pad: refuses both ways to say how much, none, and a map that is smaller', () => {
  const given = { inputs: { x: [4, 7, 2], other: [3, 9, 5] } }
  refuses('y = x |> pad', given, 'require/failed', 'pad takes either amount or like')
  refuses('y = x |> pad(1, like: other)', given, 'require/failed', 'pad takes either amount or like')
  refuses('y = x |> pad(like: other)', given, 'shape/padding', 'pad: -1 is no padding')
})

s('crop: the middle, and what is left over and odd goes at the end', async () => {
  for (const [written, [top, left], size] of [
    ['like: other', [0, 1], [3, 4]],
    ['size: 2x3', [1, 2], [2, 3]],
    ['size: [1, 2]', [1, 2], [1, 2]],
    ['size: 3', [0, 2], [3, 3]],
    ['size: 4x7', [0, 0], [4, 7]],
  ] as const) {
    await computes(`y = x |> crop(${written})`, { inputs: { x: [4, 7, 2], other: [3, 4, 5] } }, ({ x }) =>
      fill([...size, 2], (h, w, c) => at(x, h + top, w + left, c)),
    )
  }
})

s('crop: runs at sizes that are known only then', async () => {
  for (const [height, width] of [[4, 5], [7, 4]] as const) {
    const given = { inputs: { x: [height, width, 2] }, declared: { x: '[H, W, 2] where H >= 3, W >= 4' } }
    await computes('y = x |> crop(size: 3x4)', given, ({ x }) =>
      fill([3, 4, 2], (h, w, c) => at(x, h + Math.floor((height - 3) / 2), w + Math.floor((width - 4) / 2), c)),
    )
  }
})

s('crop: refuses both ways to say the size, none, and one that is larger', () => {
  const given = { inputs: { x: [4, 7, 2], other: [3, 4, 5] } }
  refuses('y = x |> crop', given, 'require/failed', 'crop takes either like or size')
  refuses('y = x |> crop(like: other, size: 3)', given, 'require/failed', 'crop takes either like or size')
  refuses('y = x |> crop(size: 5)', given, 'shape/slice')
})

s('align: the size of another map, bilinear by half pixels or the nearest, the channels kept', async () => {
  for (const [written, method] of [
    ['', 'bilinear'],
    [', method: nearest', 'nearest'],
    [', channels: keep', 'bilinear'],
  ] as const) {
    for (const size of [
      [3, 8],
      [6, 2],
    ] as const) {
      await computes(`y = x |> align(like: other${written})`, { inputs: { x: [4, 5, 2], other: [...size, 3] } }, ({ x }) =>
        resized(x, size, method),
      )
    }
  }
})

s('align: with channels: project, a 1x1 convolution to the channels of the other map as well', async () => {
  for (const [size, declared] of [[[3, 8], '[3, 8, 3]'], [[6, 2], '[h, w, 3]'], [[2, 3], '[h, w, 3]']] as const) {
    const weights = { 'y/align/conv/kernel': [1, 1, 2, 3], 'y/align/conv/bias': [3] }
    const given = { inputs: { x: [4, 5, 2], other: [...size, 3] }, declared: { other: declared }, weights }
    await computes('y = align(x, other, channels: project)', given, ({ x }, of) => {
      const projected = biased(convolved({})({ x, kernel: of['y/align/conv/kernel'] }, {}), of['y/align/conv/bias'])
      return resized(projected, size)
    })
  }
})

s.run()
