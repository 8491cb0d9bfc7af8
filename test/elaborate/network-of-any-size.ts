import fc from 'fast-check'

/** What becomes of a network at one size of its inputs: shapes by value, or that something is empty or does not fit. */
export type Outcome = readonly Shape[] | 'empty' | 'unequal'
export type Shape = readonly [height: number, width: number, channels: number]
export type Sizes = Readonly<Record<'H' | 'W' | 'h' | 'w', number>>

/** A program, and the same as arithmetic on plain numbers that knows nothing of the compiler. */
export interface Network {
  /** What the `where`s of its inputs say, as text and as a test. */
  readonly where: readonly Said[]
  readonly body: readonly string[]
  readonly isJoined: boolean
  readonly at: (sizes: Sizes) => Outcome
}

interface Said {
  readonly text: string
  readonly of: 'H' | 'W'
  readonly meets: (size: number) => boolean
}

type Result = Shape | 'unequal'

/** A step over the value before it and all values so far. */
interface Step {
  readonly text: (last: string, earlier: string) => string
  readonly of: (last: Shape, earlier: Shape) => Result
}

const count = (n: number, k: number, stride: number, padding: number | 'same', dilation = 1): number =>
  padding === 'same' ? Math.ceil(n / stride) : Math.floor((n + 2 * padding - ((k - 1) * dilation + 1)) / stride) + 1

const small = fc.integer({ min: 1, max: 3 })
const channels = fc.constantFrom(4, 4, 4, 4, 4, 4, 6)
const paddings = fc.constantFrom<readonly [string, number | 'same']>(['valid', 0], ['same', 'same'], ['1', 1], ['2', 2])

const convolution = fc
  .tuple(fc.integer({ min: 1, max: 5 }), small, paddings, fc.constantFrom(1, 1, 2), channels)
  .map(([k, stride, [word, pad], dilation, c]): Step => ({
    text: (x) => `${x} |> conv(${c}, ${k}x${k}, stride: ${stride}, padding: ${word}, dilation: ${dilation})`,
    of: ([h, w]) => [count(h, k, stride, pad, dilation), count(w, k, stride, pad, dilation), c],
  }))

const pooling = fc.tuple(fc.integer({ min: 2, max: 3 }), small, fc.boolean()).map(([k, stride, ceil]): Step => {
  // PyTorch's ceil_mode: a last window that reaches beyond the map counts if it begins inside of it
  const up = (n: number): number => {
    const last = Math.ceil((n - k) / stride)
    return last * stride >= n ? last : last + 1
  }
  return {
    text: (x) => `${x} |> pool.max(${k}, stride: ${stride}, ceil: ${ceil})`,
    of: ([h, w, c]) => (ceil ? [up(h), up(w), c] : [count(h, k, stride, 0), count(w, k, stride, 0), c]),
  }
})

const halving: Step = { text: (x) => `${x} |> pool.avg(2)`, of: ([h, w, c]) => [Math.floor(h / 2), Math.floor(w / 2), c] }

const enlarging = fc.oneof(
  fc
    .integer({ min: 2, max: 3 })
    .map((n): Step => ({ text: (x) => `${x} |> resize(scale: ${n})`, of: ([h, w, c]) => [h * n, w * n, c] })),
  fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 2 }), fc.nat(1), channels)
    .map(([k, stride, pad, c]): Step => ({
      text: (x) => `${x} |> conv.transpose(${c}, ${k}x${k}, stride: ${stride}, padding: ${pad})`,
      of: ([h, w]) => [(h - 1) * stride + k - 2 * pad, (w - 1) * stride + k - 2 * pad, c],
    })),
)

const cutting = fc.oneof(
  fc.nat(3).map((n): Step => ({ text: (x) => `${x} |> pad([[${n}, 1], [0, ${n}]])`, of: ([h, w, c]) => [h + n + 1, w + n, c] })),
  fc.constant<Step>({ text: (x) => `${x} |> transpose([1, 0, 2])`, of: ([h, w, c]) => [w, h, c] }),
  fc
    .constantFrom(4, 8)
    .map((n): Step => ({
      text: (x) => `${x} |> crop(size: ${n})`,
      of: ([h, w, c]) => (h >= n && w >= n ? [n, n, c] : 'unequal'),
    })),
)

const same = ([h, w, c]: Shape, [h2, w2, c2]: Shape): boolean => h === h2 && w === w2 && c === c2

const joining = fc.constantFrom<Step>(
  { text: (x, y) => `fuse.add(${x}, ${y})`, of: (x, y) => (same(x, y) ? x : 'unequal') },
  {
    text: (x, y) => `fuse.concat(${x}, ${y})`,
    of: ([h, w, c], [h2, w2, c2]) => (h === h2 && w === w2 ? [h, w, c + c2] : 'unequal'),
  },
  { text: (x, y) => `${y} |> align(like: ${x}) |> fuse.concat(${x}, _)`, of: ([h, w, c], [, , c2]) => [h, w, c + c2] },
  {
    text: (x, y) => `${y} |> crop(like: ${x}) |> fuse.concat(${x}, _)`,
    of: ([h, w, c], [h2, w2, c2]) => (h2 >= h && w2 >= w ? [h, w, c + c2] : 'unequal'),
  },
)

const said = fc.constantFrom<readonly [text: string, meets: (size: number) => boolean] | undefined>(
  undefined,
  undefined,
  ['% 2 == 0', (n) => n % 2 === 0],
  ['% 8 == 0', (n) => n % 8 === 0],
  ['% 4 == 1', (n) => n % 4 === 1],
  ['>= 40', (n) => n >= 40],
  ['<= 90', (n) => n <= 90],
)

/** Chains with branches that meet again, some of them with a map of another input; many of them do not fit. */
export const network: fc.Arbitrary<Network> = fc
  .record({
    H: said,
    W: said,
    steps: fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 4, arbitrary: convolution },
          { weight: 2, arbitrary: pooling },
          { weight: 3, arbitrary: fc.constant(halving) },
          { weight: 3, arbitrary: enlarging },
          cutting,
          { weight: 4, arbitrary: joining },
        ),
        fc.nat(9),
      ),
      { minLength: 1, maxLength: 6 },
    ),
    end: joining,
    with: fc.nat(9),
    isJoined: fc.constantFrom(false, false, false, true),
  })
  .map(({ H, W, steps, end, with: other, isJoined }) => {
    const first = isJoined ? ['x', 'other'] : ['x']
    const all = [...steps, [end, other] as const].map(([step, earlier], i) => {
      const known = [...first, ...steps.slice(0, i).map((_, j) => `x${j}`)]
      return { step, last: known.at(-1)!, earlier: known[earlier % known.length]!, name: `x${i}` }
    })
    return {
      where: [
        ...(H ? [{ text: `H ${H[0]}`, of: 'H' as const, meets: H[1] }] : []),
        ...(W ? [{ text: `W ${W[0]}`, of: 'W' as const, meets: W[1] }] : []),
      ],
      body: [
        ...all.map(({ step, last, earlier, name }) => `${name} = ${step.text(last, earlier)}`),
        `output y = ${all.at(-1)!.name}`,
      ],
      isJoined,
      at: (sizes) => {
        const values = new Map<string, Shape>([
          ['x', [sizes.H, sizes.W, 4]],
          ...(isJoined ? [['other', [sizes.h, sizes.w, 4]] as const] : []),
        ])
        for (const { step, last, earlier, name } of all) {
          const made = step.of(values.get(last)!, values.get(earlier)!)
          if (made === 'unequal') return made
          if (made.some((size) => size < 1)) return 'empty'
          values.set(name, made)
        }
        return [...values.values()]
      },
    }
  })
