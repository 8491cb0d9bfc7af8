import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assume, printConditions } from '../../src/compiler/dim/condition.ts'
import {
  add,
  ceil,
  divide,
  evaluate,
  extreme,
  floor,
  modulo,
  multiply,
  subtract,
  variablesOf,
  type Dim,
} from '../../src/compiler/dim/expr.ts'
import { parseDim } from '../../src/compiler/dim/parse.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { atLeast, equal, integral, type Verdict } from '../../src/compiler/dim/prove.ts'
import { inputExtent, type Knowledge } from '../../src/compiler/dim/variable.ts'

const s = suite('proofs about extents, at all sizes up to 200')

const largest = 200

const knowledge: fc.Arbitrary<Knowledge> = fc
  .record({
    modulus: fc.constantFrom(1, 1, 2, 3, 4, 6, 8),
    turn: fc.nat(7),
    min: fc.constantFrom(1, 1, 2, 5, 17),
    max: fc.constantFrom(Infinity, Infinity, 96, 200),
  })
  .map(({ modulus, turn, min, max }) => ({ modulus, remainder: turn % modulus, min, max }))

const sizesOf = ({ modulus, remainder, min, max }: Knowledge): readonly number[] =>
  Array.from({ length: largest }, (_, i) => i + 1).filter((size) => size >= min && size <= max && size % modulus === remainder)

/** An extent, and the sum over plain numbers that it stands for. */
interface Sample {
  readonly dim: Dim
  readonly of: (H: number, W: number) => number
}

const windows = fc.record({
  k: fc.integer({ min: 1, max: 5 }),
  s: fc.integer({ min: 1, max: 4 }),
  p: fc.nat(4),
  dilation: fc.integer({ min: 1, max: 2 }),
})

/** What becomes of an extent on its way through a network. */
const step: fc.Arbitrary<(sample: Sample) => Sample> = fc.oneof(
  windows.map(({ k, s: stride, p, dilation }) => ({ dim, of }: Sample): Sample => {
    const lost = (k - 1) * dilation + 1 - p
    return { dim: add(floor(divide(subtract(dim, lost), stride)!), 1), of: (h, w) => Math.floor((of(h, w) - lost) / stride) + 1 }
  }),
  fc
    .integer({ min: 2, max: 4 })
    .map((n) => ({ dim, of }: Sample): Sample => ({ dim: ceil(divide(dim, n)!), of: (h, w) => Math.ceil(of(h, w) / n) })),
  fc
    .integer({ min: 2, max: 4 })
    .map((n) => ({ dim, of }: Sample): Sample => ({ dim: multiply(dim, n), of: (h, w) => of(h, w) * n })),
  windows.map(({ k, s: stride, p }) => ({ dim, of }: Sample): Sample => ({
    dim: add(multiply(subtract(dim, 1), stride), k - p),
    of: (h, w) => (of(h, w) - 1) * stride + k - p,
  })),
  fc.integer({ min: -4, max: 6 }).map((n) => ({ dim, of }: Sample): Sample => ({ dim: add(dim, n), of: (h, w) => of(h, w) + n })),
  fc
    .integer({ min: 2, max: 5 })
    .map((n) => ({ dim, of }: Sample): Sample => ({ dim: modulo(dim, n)!, of: (h, w) => ((of(h, w) % n) + n) % n })),
  fc
    .tuple(fc.constantFrom('max' as const, 'min' as const), fc.integer({ min: 1, max: 20 }))
    .map(([kind, n]) => ({ dim, of }: Sample): Sample => ({ dim: extreme(kind, dim, n), of: (h, w) => Math[kind](of(h, w), n) })),
)

interface World {
  readonly H: Knowledge
  readonly W: Knowledge
  readonly a: Sample
  readonly b: Sample
}

const chain = (start: Sample, steps: readonly ((sample: Sample) => Sample)[]): Sample =>
  steps.reduce((sample, one) => one(sample), start)

/** Two extents of one network: often of the same input, often by nearly the same way. */
const world: fc.Arbitrary<World> = fc
  .record({
    H: knowledge,
    W: knowledge,
    shared: fc.array(step, { maxLength: 2 }),
    left: fc.array(step, { maxLength: 3 }),
    right: fc.array(step, { maxLength: 3 }),
    sides: fc.constantFrom('HH', 'HH', 'HH', 'HW', 'H+W'),
  })
  .map(({ H, W, shared, left, right, sides }) => {
    const h: Sample = chain({ dim: inputExtent('H', H), of: (size) => size }, shared)
    const w: Sample = { dim: inputExtent('W', W), of: (_, size) => size }
    const a = chain(h, left)
    const other = chain(sides === 'HH' ? h : w, right)
    const b: Sample = sides === 'H+W' ? { dim: add(h.dim, other.dim), of: (x, y) => h.of(x, y) + other.of(x, y) } : other
    return { H, W, a, b }
  })
  .filter(({ H, W }) => sizesOf(H).length > 0 && sizesOf(W).length > 0)

/** The sizes to try of each input: all of one that takes part, one of the other. */
function sizesIn({ H, W }: World, ...dims: readonly Dim[]): readonly (readonly [number, number])[] {
  const names = new Set(dims.flatMap((dim) => [...variablesOf(dim).keys()]))
  const of = (name: string, known: Knowledge): readonly number[] =>
    names.has(name) ? sizesOf(known) : sizesOf(known).slice(0, 1)
  const widths = of('W', W)
  return of('H', H).flatMap((h) => widths.map((w) => [h, w] as const))
}

type Claim = (h: number, w: number) => boolean

/** Why a verdict is wrong; undefined where it is right. */
function wrongly(verdict: Verdict, holds: Claim, all: World, ...dims: readonly Dim[]): string | undefined {
  const sizes = sizesIn(all, ...dims)
  if (verdict.kind === 'proved') {
    const failing = sizes.find(([h, w]) => !holds(h, w))
    return failing && `proved, and fails at ${failing.join(', ')}`
  }
  if (verdict.kind === 'refuted') {
    const holding = sizes.find(([h, w]) => holds(h, w))
    return holding && `refuted, and holds at ${holding.join(', ')}`
  }
  const witness = verdict.kind === 'unknown' ? verdict.witness : undefined
  if (!witness) return undefined
  const at = { H: witness['H'] ?? sizesOf(all.H)[0]!, W: witness['W'] ?? sizesOf(all.W)[0]! }
  const known = (size: number, { modulus, remainder, min, max }: Knowledge): boolean =>
    size % modulus === remainder && size >= min && size <= max
  if (!known(at.H, all.H) || !known(at.W, all.W)) return `the witness ${at.H}, ${at.W} breaks a where`
  return holds(at.H, at.W) ? `the witness ${at.H}, ${at.W} is none` : undefined
}

const claims: Readonly<
  Record<
    string,
    (world: World) => {
      readonly verdict: Verdict
      readonly dim: Dim
      readonly holds: Claim
      readonly proves: (narrower: Dim) => Verdict
    }
  >
> = {
  'an equality': ({ a, b }) => ({
    verdict: equal(a.dim, b.dim),
    dim: subtract(a.dim, b.dim),
    holds: (h, w) => a.of(h, w) === b.of(h, w),
    proves: (narrower) => equal(narrower, 0),
  }),
  'an inequality': ({ a, b }) => ({
    verdict: atLeast(a.dim, b.dim),
    dim: subtract(a.dim, b.dim),
    holds: (h, w) => a.of(h, w) >= b.of(h, w),
    proves: (narrower) => atLeast(narrower, 0),
  }),
  'that a quotient is whole': ({ a }) => ({
    verdict: integral(divide(a.dim, 6)!),
    dim: divide(a.dim, 6)!,
    holds: (h, w) => a.of(h, w) % 6 === 0,
    proves: integral,
  }),
}

for (const [name, claimOf] of Object.entries(claims)) {
  s(`${name} is proved only if it holds for all, refuted only if it holds for none, and a witness is one`, () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(world, (all) => {
        const { verdict, holds, dim } = claimOf(all)
        kinds.add(verdict.kind)
        const wrong = wrongly(verdict, holds, all, dim, all.a.dim, all.b.dim)
        if (wrong !== undefined) throw new Error(`${printDim(all.a.dim)} and ${printDim(all.b.dim)}: ${wrong}`)
      }),
      { numRuns: 200 },
    )
    assert.equal([...kinds].sort(), ['proved', 'refuted', 'unknown'])
  })

  s(`what is missing for ${name} proves it, and it holds for all sizes that meet it`, () => {
    let proposed = 0
    fc.assert(
      fc.property(world, (all) => {
        const { verdict, dim, holds, proves } = claimOf(all)
        const missing = verdict.kind === 'unknown' ? verdict.missing() : undefined
        if (!missing) return
        proposed++
        const narrower = assume(dim, missing)
        assert.is(
          narrower === undefined ? 'impossible' : proves(narrower).kind,
          'proved',
          `${printDim(dim)} where ${printConditions(missing)}`,
        )
        for (const [H, W] of sizesIn(all, dim)) {
          const at: Readonly<Record<string, number>> = { H, W }
          const met = missing.every((one) => {
            const size = at[one.extent]!
            if (one.kind === 'remainder') return size % one.modulus === one.remainder
            if (one.kind === 'least') return size >= one.bound
            if (one.kind === 'most') return size <= one.bound
            return one.kind === 'is' ? size === one.size : one.kind === 'equal' && size === at[one.other]
          })
          if (met && !holds(H, W)) throw new Error(`${printDim(dim)} where ${printConditions(missing)} fails at ${H}, ${W}`)
        }
      }),
      { numRuns: 80 },
    )
    assert.ok(proposed > 3, `${proposed} proposals`)
  })
}

s('where one extent is at least as large as another, what is proved holds for all such sizes', () => {
  let proved = 0
  const related = fc.record({
    H: knowledge,
    W: knowledge,
    by: fc.integer({ min: -3, max: 3 }),
    left: fc.array(step, { maxLength: 2 }),
    right: fc.array(step, { maxLength: 2 }),
    alike: fc.boolean(),
  })
  fc.assert(
    fc.property(related, ({ H, W, by, left, right, alike }) => {
      const h: Sample = { dim: inputExtent('H', { ...H, relations: [{ kind: 'least', other: 'W', by }] }), of: (size) => size }
      const w: Sample = {
        dim: inputExtent('W', { ...W, relations: [{ kind: 'most', other: 'H', by: -by }] }),
        of: (_, size) => size,
      }
      const [a, b] = [chain(h, left), chain(w, alike ? left : right)]
      const verdict = atLeast(a.dim, b.dim)
      if (verdict.kind === 'unknown') return
      if (verdict.kind === 'proved') proved++
      for (const height of sizesOf(H)) {
        for (const width of sizesOf(W).filter((size) => height >= size + by)) {
          if (a.of(height, width) >= b.of(height, width) !== (verdict.kind === 'proved'))
            throw new Error(`${printDim(a.dim)} and ${printDim(b.dim)}: ${verdict.kind}, not at ${height}, ${width}`)
        }
      }
    }),
    { numRuns: 150 },
  )
  assert.ok(proved > 10, `${proved} proofs`)
})

s('a multiple that is missing is the smallest that will do', () => {
  const even = knowledge.filter(({ remainder, max }) => remainder === 0 && max === Infinity)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 4 }), even, (depth, factor, known) => {
      const N = inputExtent('H', known)
      const down = Array.from({ length: depth }).reduce<Dim>((dim) => floor(divide(dim, factor)!), N)
      const needed = factor ** depth
      const smallest = Array.from({ length: needed }, (_, i) => (i + 1) * known.modulus).find(
        (multiple) => multiple % needed === 0,
      )!
      const verdict = equal(multiply(down, needed), N)
      const said = verdict.kind === 'unknown' ? printConditions(verdict.missing() ?? []) : verdict.kind
      assert.is(said, smallest === known.modulus ? 'proved' : smallest / known.modulus > 128 ? '' : `H % ${smallest} == 0`)
    }),
  )
})

s('an extent means what it is printed as, and is read again as itself', () => {
  fc.assert(
    fc.property(world, (all) => {
      const extents = new Map([['H', inputExtent('H', all.H)], ['W', inputExtent('W', all.W)]])
      for (const { dim, of } of [all.a, all.b]) {
        const text = printDim(dim)
        const read = parseDim(text, extents)
        if ('error' in read) throw new Error(`${text}: ${read.error.message}`)
        assert.is(printDim(read.dim), text)
        for (const [H, W] of sizesIn(all, dim).filter((_, i) => i % 7 === 0)) {
          const size = of(H, W)
          assert.is(evaluate(dim, { H, W }), size, `${text} at ${H}, ${W}`)
          assert.is(evaluate(read.dim, { H, W }), size, `${text} at ${H}, ${W}, read again`)
        }
      }
    }),
    { numRuns: 80 },
  )
})

s.run()
