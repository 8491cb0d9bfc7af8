import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  add,
  bounds,
  ceil,
  divide,
  evaluate,
  extreme,
  floor,
  isInteger,
  modulo,
  multiply,
  subtract,
  type Dim,
} from '../../src/compiler/dim/expr.ts'
import { conditionsOn, conjunction, printConditions, type Condition } from '../../src/compiler/dim/condition.ts'
import { printDim } from '../../src/compiler/dim/print.ts'
import { atLeast, equal, integral, type Verdict } from '../../src/compiler/dim/prove.ts'
import { combine, inputExtent, inputVariable, knowledgeOf, type Knowledge } from '../../src/compiler/dim/variable.ts'

const dims = suite('symbolic extents')

/** An extent beside the plain function it stands for. */
interface Sample {
  readonly dim: Dim
  readonly of: (H: number, W: number) => number
}

const knowledge: Readonly<Record<'H' | 'W', Knowledge>> = {
  H: { modulus: 4, remainder: 0, min: 1, max: Infinity },
  W: { modulus: 3, remainder: 2, min: 5, max: Infinity },
}

const allowed = (name: 'H' | 'W'): readonly number[] => {
  const { modulus, remainder, min } = knowledge[name]
  return Array.from({ length: 60 }, (_, i) => i).filter((n) => n >= min && n % modulus === remainder)
}

const H = inputExtent('H', knowledge.H)
const W = inputExtent('W', knowledge.W)

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  fc.constant<Sample>({ dim: H, of: (h) => h }),
  fc.constant<Sample>({ dim: W, of: (_, w) => w }),
  fc.integer({ min: -6, max: 9 }).map((n): Sample => ({ dim: n, of: () => n })),
)

const small = fc.integer({ min: 2, max: 6 })

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('sample'), tie('sample'))
      .map(([a, b]): Sample => ({ dim: add(a.dim, b.dim), of: (h, w) => a.of(h, w) + b.of(h, w) })),
    fc
      .tuple(tie('sample'), tie('sample'))
      .map(([a, b]): Sample => ({ dim: subtract(a.dim, b.dim), of: (h, w) => a.of(h, w) - b.of(h, w) })),
    fc
      .tuple(tie('sample'), fc.integer({ min: -3, max: 4 }))
      .map(([a, n]): Sample => ({ dim: multiply(a.dim, n), of: (h, w) => a.of(h, w) * n })),
    fc
      .tuple(tie('sample'), small)
      .map(([a, n]): Sample => ({ dim: floor(divide(a.dim, n)!), of: (h, w) => Math.floor(a.of(h, w) / n) })),
    fc
      .tuple(tie('sample'), small)
      .map(([a, n]): Sample => ({ dim: ceil(divide(a.dim, n)!), of: (h, w) => Math.ceil(a.of(h, w) / n) })),
    fc
      .tuple(tie('sample'), small)
      .map(([a, n]): Sample => ({ dim: modulo(a.dim, n)!, of: (h, w) => ((a.of(h, w) % n) + n) % n })),
    fc
      .tuple(fc.constantFrom('max' as const, 'min' as const), tie('sample'), tie('sample'))
      .map(([kind, a, b]): Sample => ({ dim: extreme(kind, a.dim, b.dim), of: (h, w) => Math[kind](a.of(h, w), b.of(h, w)) })),
  ),
}))

const everywhere = (check: (h: number, w: number) => boolean): boolean =>
  allowed('H').every((h) => allowed('W').every((w) => check(h, w)))

dims('mean at every size what the arithmetic means', () => {
  fc.assert(fc.property(sample, ({ dim, of }) => everywhere((h, w) => evaluate(dim, { H: h, W: w }) === of(h, w))))
})

dims('lie within their bounds', () => {
  fc.assert(
    fc.property(sample, ({ dim, of }) => {
      const { min, max } = bounds(dim)
      return everywhere((h, w) => min <= of(h, w) && of(h, w) <= max)
    }),
  )
})

dims('are integers where that is proved', () => {
  fc.assert(
    fc.property(
      sample,
      small,
      ({ dim, of }, n) => !isInteger(divide(dim, n)!) || everywhere((h, w) => Number.isInteger(of(h, w) / n)),
    ),
  )
})

const sound = (verdict: Verdict, holds: (h: number, w: number) => boolean): boolean => {
  if (verdict.kind === 'proved') return everywhere(holds)
  if (verdict.kind === 'refuted') return everywhere((h, w) => !holds(h, w))
  const witness = verdict.kind === 'unknown' ? verdict.witness : undefined
  return witness === undefined || !holds(witness['H'] ?? 4, witness['W'] ?? 5)
}

dims('are proved equal only if they are, refuted only if they never are, and a witness is one', () => {
  fc.assert(fc.property(sample, sample, (a, b) => sound(equal(a.dim, b.dim), (h, w) => a.of(h, w) === b.of(h, w))))
})

dims('are proved at least as large only if they are', () => {
  fc.assert(fc.property(sample, sample, (a, b) => sound(atLeast(a.dim, b.dim), (h, w) => a.of(h, w) >= b.of(h, w))))
})

dims('are proved integers only if they are', () => {
  fc.assert(fc.property(sample, small, (a, n) => sound(integral(divide(a.dim, n)!), (h, w) => Number.isInteger(a.of(h, w) / n))))
})

dims('name the knowledge that is missing: with it, the claim is proved', () => {
  const halved = (dim: Dim, times: number): Dim => (times === 0 ? dim : floor(divide(halved(dim, times - 1), 2)!))
  for (const depth of [1, 2, 3, 4, 5]) {
    const verdictFor = (extent: Dim): Verdict => equal(multiply(halved(extent, depth), 2 ** depth), extent)
    const open = verdictFor(inputExtent('N'))
    assert.is(open.kind, 'unknown')
    assert.is(open.kind === 'unknown' && printConditions(open.missing() ?? []), `N % ${2 ** depth} == 0`)
    assert.is(verdictFor(inputExtent('N', { modulus: 2 ** depth, remainder: 0, min: 1, max: Infinity })).kind, 'proved')
  }
})

dims('know that rounding down makes nothing larger', () => {
  const N = inputExtent('N')
  assert.is(atLeast(N, multiply(2, floor(divide(N, 2)!))).kind, 'proved')
  assert.is(atLeast(multiply(2, ceil(divide(N, 2)!)), N).kind, 'proved')
  assert.is(atLeast(floor(divide(N, 2)!), add(floor(divide(N, 2)!), 1)).kind, 'refuted')
})

dims('name a size of every extent of a claim, also of one that does not matter', () => {
  const [N, M] = [inputExtent('N'), inputExtent('M')]
  const verdict = equal(multiply(N, M), multiply(add(N, 1), M))
  assert.is(verdict.kind, 'refuted')
  const open = equal(multiply(N, subtract(M, 1)), multiply(add(N, 1), subtract(M, 1)))
  assert.equal(open.kind === 'unknown' && open.witness, { N: 2, M: 2 })
})

dims('know the minimum a claim needs', () => {
  const verdict = atLeast(subtract(inputExtent('N'), 9), 1)
  assert.is(verdict.kind === 'unknown' && printConditions(verdict.missing() ?? []), 'N >= 10')
})

dims('combine what is known by the Chinese remainder theorem', () => {
  const known = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.nat(11), fc.integer({ min: 1, max: 9 }))
    .map(([modulus, r, min]): Knowledge => ({ modulus, remainder: r % modulus, min, max: 400 }))
  fc.assert(
    fc.property(known, known, (a, b) => {
      const satisfies = (n: number, { modulus, remainder, min, max }: Knowledge): boolean =>
        n % modulus === remainder && min <= n && n <= max
      const both = combine(a, b)
      return Array.from({ length: 400 }, (_, n) => n + 1).every(
        (n) => (satisfies(n, a) && satisfies(n, b)) === (both !== undefined && satisfies(n, both)),
      )
    }),
  )
})

dims('are written as people write them', () => {
  const N = inputExtent('N')
  const written: readonly (readonly [Dim, string])[] = [
    [ceil(divide(N, 2)!), 'ceil(N / 2)'],
    [floor(divide(floor(divide(N, 2)!), 2)!), 'floor(N / 4)'],
    [add(floor(divide(subtract(N, 5), 2)!), 1), 'ceil(N / 2) - 2'],
    [multiply(733888, multiply(N, inputExtent('M'))), '733888*M*N'],
    [floor(divide(H, 2)!), 'H / 2'],
    [extreme('max', subtract(N, 5), 3), 'max(N - 5, 3)'],
  ]
  for (const [dim, text] of written) assert.is(printDim(dim), text)
})

dims('the least size of an extent is the first that is a multiple too', () => {
  const eights: Condition = { kind: 'remainder', extent: 'H', modulus: 8, remainder: 0 }
  const together = (bound: number): string | undefined => {
    const all = conjunction([eights, { kind: 'least', extent: 'H', bound }])
    return all && printConditions(all)
  }
  assert.is(together(20), 'H % 8 == 0, H >= 24')
  assert.is(together(24), 'H % 8 == 0, H >= 24')
  assert.is(together(25), 'H % 8 == 0, H >= 32')
  assert.is(together(8), 'H % 8 == 0', 'which is the first multiple')
  const threeLeft: Knowledge = { modulus: 8, remainder: 3, min: 12, max: Infinity }
  assert.is(printConditions(conditionsOn('H', threeLeft)), 'H % 8 == 3, H >= 19')
  assert.is(printConditions(conditionsOn('H', { ...threeLeft, max: 26 })), 'H == 19', 'where it is the only one')
  assert.is(printConditions(conditionsOn('H', { ...threeLeft, max: 27 })), 'H % 8 == 3, H >= 19, H <= 27')
})

dims('what is known of an extent is what it was made with, with no relation, one or two', () => {
  const least = { kind: 'least', other: 'W', by: 2 } as const
  const most = { kind: 'most', other: 'V', by: 0 } as const
  for (const relations of [[], [least], [least, most]]) {
    const known: Knowledge = { modulus: 8, remainder: 3, min: 11, max: 83, ...(relations.length > 0 && { relations }) }
    assert.equal(knowledgeOf(inputVariable('H', known)), known)
  }
})

dims.run()
