import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import type { TrainingExpression } from '../../src/compiler/primitives/tfjs/expression.ts'
import type { Facts } from '../../src/compiler/primitives/facts.ts'
import { factsOfCall } from '../../src/compiler/primitives/facts-of-call.ts'
import { primitives } from '../../src/compiler/primitives/index.ts'
import type { Primitive } from '../../src/compiler/primitives/primitive.ts'
import { withBackend } from '../backends.ts'
import { calls } from '../gradients/calls.ts'
import {
  commutes,
  complaintsAbout,
  isElementwise,
  isHomogeneous,
  isLinear,
  isPerChannel,
  tensorsOf,
  type Trial,
} from './fact-checks.ts'
import { random, randomNumbers, rulesCall, shapeOf, typed, type Call } from './harness.ts'

const s = suite('facts of the primitives')

/** Calls that those of the gradients lack: with nothing to do, and in ways that have no gradient worth a test. */
const more: Readonly<Record<string, () => readonly Call[]>> = {
  pad_map: () => [
    { x: random([3, 4, 2]), amounts: [[0, 0], [0, 0]] },
    { x: random([3, 4, 2]), amounts: [[1, 0], [0, 2]], value: 3 },
    { x: random([3, 4, 2]), amounts: [[0, 2], [1, 0]], value: -1 },
  ],
  avg_pool: () => [
    { x: random([3, 4, 2]), size: [3, 4], stride: [3, 4], padding: 'same' },
    { x: random([3, 4, 2]), size: [3, 4], stride: [1, 2], count_padding: true },
    { x: random([3, 4, 2]), size: [3, 4], stride: [1, 1], padding: 'same' },
    { x: random([3, 4, 2]), size: [3, 4], stride: [4, 5], padding: [[1, 1], [2, 0]] },
  ],
  take: () => [{ x: random([3, 4]), indices: [3, 0, 3] }],
  resize_map: () => [{ x: random([3, 4, 2]), size: [3, 4] }],
  transpose: () => [{ x: random([3, 4, 2]), order: [0, 1, 2] }, { x: random([3, 4, 2]), order: [1, 0, 2] }],
  slice: () => [{ x: random([3, 4, 2]), begin: [1, 0, 0], size: [2, 3, 2] }],
  concatenate: () => [{ parts: [random([2, 3, 2]), random([1, 3, 2])], axis: 0 }, { parts: [random([2, 3])] }],
  dropout: () => [{ x: random([3, 4]), rate: 0 }],
  batch_norm: () => [{ x: random([3, 4]), mean: random([4], 'none'), variance: random([4], 'none') }],
  conv2d: () => [
    { x: random([3, 3, 1]), kernel: random([3, 3, 1, 1], 'none'), padding: [[3, 3], [3, 3]] },
    { x: random([4, 4, 4]), kernel: random([1, 1, 1, 4], 'none'), groups: 4 },
  ],
  depthwise_conv2d: () => [{ x: random([4, 3, 2]), kernel: random([2, 2, 2, 1], 'none') }],
}

const callsOf = (name: string): readonly Call[] => [...calls[name]!(2), ...(more[name]?.() ?? [])]

const factsIn = (primitive: Primitive, call: Call): Facts => factsOfCall(primitive, rulesCall(primitive, call))

/** Whether something holds of a call on each of a few random numbers. */
function always(primitive: Primitive, call: Call, training: boolean, holds: (trial: Trial) => boolean | void): Promise<void> {
  return withBackend('cpu', (tf) =>
    fc.assert(
      fc.property(fc.integer(), (seed) => holds({ primitive, call, tf, next: randomNumbers(seed), training })),
      { numRuns: 4, includeErrorInReport: true },
    ),
  )
}

for (const [name, primitive] of primitives) {
  s(`those of ${name} hold whatever the numbers are`, async () => {
    for (const call of callsOf(name))
      for (const training of modesOf(primitive))
        await always(primitive, call, training, (trial) => {
          assert.equal(complaintsAbout(trial, factsIn(primitive, call)), [], JSON.stringify(attributesOf(call)))
        })
  })
}

/** Whether it is training. */
const modesOf = ({ targets }: Primitive): readonly boolean[] => (targets.tfjs.train ? [false, true] : [false])

const attributesOf = (call: Call): Call =>
  Object.fromEntries(Object.entries(call).filter(([name]) => !tensorsOf(call).includes(name)))

/** Facts that a primitive has by their definition, in each of its calls. */
const found: Readonly<Record<string, (trial: Trial) => boolean>> = {
  elementwise: isElementwise,
  commutes: (trial) => 'b' in trial.call && isElementwise(trial) && commutes(trial),
}

const foundOfParameters: Readonly<Record<string, (trial: Trial, parameters: readonly string[]) => boolean>> = {
  linear: isLinear,
  homogeneous: isHomogeneous,
  perChannel: (trial, [parameter]) => isPerChannel(trial, parameter!),
}

const isStated: Readonly<Record<string, (facts: Facts, parameters: readonly string[]) => boolean>> = {
  elementwise: (facts) => facts.elementwise === true,
  commutes: (facts) => facts.commutes === true,
  linear: ({ linear = [] }, set) => linear.some((one) => one.join() === set.join()),
  homogeneous: ({ linear = [], homogeneous = [] }, set) =>
    [...linear, ...homogeneous].some((one) => set.every((name) => one.includes(name))),
  perChannel: ({ elementwise, perChannel = [], kernel }, [one]) =>
    elementwise === true || kernel?.by === one || perChannel.includes(one!),
}

s('none is forgotten that holds in every call of a primitive', async () => {
  const forgotten: string[] = []
  for (const [name, primitive] of primitives) {
    const all = callsOf(name)
    const tensors = [...new Set(all.flatMap(tensorsOf))].filter((one) => all.every((call) => one in call))
    const sets = [...tensors.map((one) => [one]), ...(tensors.length > 1 ? [tensors] : [])]
    const candidates = [
      ...Object.entries(found).map(([fact, holds]) => ({ fact, set: [], holds })),
      ...Object.entries(foundOfParameters).flatMap(([fact, holds]) =>
        sets.map((set) => ({ fact, set, holds: (trial: Trial) => holds(trial, set) })),
      ),
    ].filter(({ fact, set }) => !all.every((call) => isStated[fact]!(factsIn(primitive, call), set)))
    for (const { fact, set, holds } of candidates) {
      const trials = (tf: Tfjs): readonly Trial[] =>
        all.flatMap((call, i) =>
          modesOf(primitive).flatMap((training) =>
            [1, 2, 3].map((seed) => ({ primitive, call, tf, next: randomNumbers(3 * i + seed), training })),
          ),
        )
      const isEverywhere = await withBackend('cpu', (tf) => trials(tf).every(holds))
      if (isEverywhere) forgotten.push(`${name}: ${fact} ${set.join()}`)
    }
  }
  assert.equal(forgotten, [])
})

/** What the attributes of a call decide: which facts it has, and which another call lacks. */
const decided: readonly (readonly [string, Call, keyof Facts, boolean])[] = [
  ['transpose', { x: random([3, 4, 2]), order: [1, 0, 2] }, 'perChannel', true],
  ['transpose', { x: random([3, 4, 2]), order: [2, 1, 0] }, 'perChannel', false],
  ['transpose', { x: random([3, 4, 2]), order: [0, 1, 2] }, 'identity', true],
  ['concatenate', { parts: [random([2, 3]), random([1, 3])], axis: 0 }, 'perChannel', true],
  ['concatenate', { parts: [random([2, 3]), random([2, 1])], axis: 1 }, 'perChannel', false],
  ['reduce_axes', { x: random([3, 4, 2]), how: 'sum', axis: [0, 1] }, 'perChannel', true],
  ['reduce_axes', { x: random([3, 4, 2]), how: 'sum', axis: [-1] }, 'perChannel', false],
  ['slice', { x: random([3, 4, 2]), begin: [1, 0, 0], size: [2, 3, 2] }, 'perChannel', true],
  ['slice', { x: random([3, 4, 2]), begin: [0, 0, 1], size: [3, 4, 1] }, 'perChannel', false],
  ['softmax', { x: random([3, 4]), axis: [0] }, 'perChannel', true],
  ['softmax', { x: random([3, 4]), axis: [1] }, 'perChannel', false],
  ['depthwise_conv2d', { x: random([4, 3, 2]), kernel: random([2, 2, 2, 1], 'none') }, 'perChannel', true],
  ['depthwise_conv2d', { x: random([4, 3, 2]), kernel: random([2, 2, 2, 2], 'none') }, 'perChannel', false],
  ['resize_map', { x: random([3, 4, 2]), size: [3, 4] }, 'identity', true],
  ['resize_map', { x: random([3, 4, 2]), size: [6, 8] }, 'identity', false],
]

for (const [name, call, fact, has] of decided)
  s(`${fact} is ${has ? 'stated' : 'not stated'} of ${name} with ${JSON.stringify(attributesOf(call))}`, () =>
    assert.is(factsIn(primitives.get(name)!, call)[fact] !== undefined, has),
  )

s('a primitive draws random numbers in training where it says so', () => {
  for (const [name, primitive] of primitives)
    for (const call of callsOf(name)) {
      const result = typed(shapeOf(primitive, call))
      const step = primitive.targets.tfjs.train?.(rulesCall(primitive, call), { result })
      const draws = step !== undefined && [step.value, ...Object.values(step.locals)].some(drawsNumbers)
      assert.is(factsIn(primitive, call).random === true, draws, name)
    }
})

const drawsNumbers = (expression: TrainingExpression): boolean =>
  expression.kind === 'seed' ||
  (expression.kind === 'call' && expression.args.some(drawsNumbers)) ||
  (expression.kind === 'array' && expression.items.some(drawsNumbers))

const x = (): Call => ({ x: random([3, 4, 2]) })
const pair = (): Call => ({ a: random([3, 2]), b: random([3, 2]) })
const map = (): Call => ({ x: random([5, 4, 2]), size: [2, 2], stride: [2, 2] })
const pads = (): Call => ({ x: random([3, 4, 2]), amounts: [[1, 0], [0, 2]], value: 3 })
const convolution = (): Call => ({ x: random([5, 4, 2]), kernel: random([3, 2, 2, 3], 'none'), padding: 'same' })
const squareConvolution = (): Call => ({ ...convolution(), kernel: random([3, 2, 2, 2], 'none') })
const channelwise = (): Call => ({ x: random([4, 3, 2]), kernel: random([2, 2, 2, 3], 'none') })
const transposed = (): Call => ({ x: random([3, 4, 2]), kernel: random([2, 2, 3, 2], 'none'), stride: [2, 2] })
const same = { size: 2, stride: 1, dilation: 1, padding: 'same' } as const
const rows = { size: 2, stride: 2, dilation: 1, padding: [0, 0] } as const

/** What is not true, of each kind of fact. */
const wrong: readonly (readonly [string, Call, Facts])[] = [
  ['relu', x(), { linear: [['x']] }],
  ['mul', pair(), { linear: [['a', 'b']] }],
  ['add', pair(), { linear: [['a'], ['b']] }],
  ['tanh', x(), { homogeneous: [['x']] }],
  ['maximum', pair(), { homogeneous: [['a']] }],
  ['softmax', x(), { elementwise: true }],
  ['transpose', { x: random([3, 3, 3]), order: [1, 0, 2] }, { elementwise: true }],
  ['conv2d', squareConvolution(), { perChannel: ['x'] }],
  ['take', { ...x(), indices: [1, 0] }, { perChannel: ['x'] }],
  ['take', { ...x(), indices: [1, 0] }, { takes: { of: 'x', channels: [0, 1] } }],
  ['slice', { ...x(), begin: [0, 0, 1], size: [3, 4, 1] }, { takes: { of: 'x', channels: [0] } }],
  ['softmax', x(), { takes: { of: 'x', channels: [0, 1] } }],
  ['slice', { ...x(), begin: [0, 1, 0], size: [3, 2, 2] }, { takes: { of: 'x', channels: [0, 1], whole: true } }],
  ['batch_norm', { ...x(), mean: random([2], 'none'), variance: random([2], 'none') }, { takes: { of: 'x', channels: [0, 1], whole: true } }],
  ['reduce_axes', { ...x(), how: 'sum', axis: [0, 1] }, { averages: { of: 'x', axes: [0, 1] } }],
  ['reduce_axes', { ...x(), how: 'mean', axis: [1] }, { averages: { of: 'x', axes: [0] } }],
  ['avg_pool', { ...x(), size: [2, 4], stride: [2, 4] }, { averages: { of: 'x', axes: [0, 1] } }],
  ['batch_norm', { ...x(), mean: random([2], 'none'), variance: random([2], 'none') }, { centredOn: 'mean' }],
  ['abs', x(), { moves: { repeats: false } }],
  ['take', { ...x(), indices: [1, 0, 1] }, { moves: { repeats: false } }],
  ['pad_map', pads(), { moves: { repeats: false } }],
  ['pad_map', pads(), { moves: { repeats: false, fill: 0 } }],
  ['sub', pair(), { commutes: true }],
  ['compare', { ...pair(), how: 'less_equal' }, { commutes: true }],
  ['sub', pair(), { neutral: { a: 0 } }],
  ['mul', pair(), { neutral: { b: 0 } }],
  ['transpose', { x: random([3, 3, 3]), order: [1, 0, 2] }, { identity: 'x' }],
  ['sub', pair(), { sign: (of) => of['a']! }],
  ['conv2d', { ...convolution(), padding: [[3, 3], [3, 3]] }, { sign: ({ x: of, kernel }) => (of && kernel ? [-1, 1] : []) }],
  ['dropout', { ...x(), rate: 0.5 }, { sign: () => [1] }],
  ['conv2d', convolution(), { kernel: { of: 'x', by: 'kernel', reads: 2, makes: [2] } }],
  ['conv2d', squareConvolution(), { kernel: { of: 'x', by: 'kernel', reads: 3, makes: [3] } }],
  ['depthwise_conv2d', channelwise(), { kernel: { of: 'x', by: 'kernel', reads: 2, makes: [3, 2] } }],
  ['max_pool', map(), { windows: [rows, { ...rows, size: 1 }] }],
  ['max_pool', map(), { windows: [{ ...rows, size: 3 }, rows] }],
  ['avg_pool', map(), { windows: [rows, { ...rows, stride: 1 }] }],
  ['max_pool', map(), { windows: [rows, { ...rows, padding: [1, 0] }] }],
  ['conv2d_transpose', transposed(), { spreads: [{ ...rows, padding: [1, 1] }, rows] }],
  ['conv2d_transpose', transposed(), { spreads: [{ ...rows, stride: 1 }, rows] }],
  ['conv2d_transpose', transposed(), { spreads: [rows, { ...rows, size: 3 }] }],
  ['conv2d', convolution(), { windows: [{ ...same, size: 3, dilation: 2 }, same] }],
]

s('one that is wrong is noticed', async () => {
  for (const [name, call, facts] of wrong) {
    const noticed = await withBackend('cpu', (tf) =>
      [1, 2, 3, 4, 5, 6, 7, 8]
        .map((seed) => ({ primitive: primitives.get(name)!, call, tf, next: randomNumbers(seed), training: facts.centredOn !== undefined }))
        .some((trial) => complaintsAbout(trial, facts).length > 0),
    )
    assert.ok(noticed, `${name}: ${JSON.stringify(facts)}`)
  }
})

s.run()
