import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, fill, total } from '../primitives/nd-array.ts'
import { computes, refuses, weightsIn } from './block.ts'

const s = suite('std/plain/activations')

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high)

/** The area under a curve from 0 to x, by Simpson's rule. */
function integral(curve: (t: number) => number, x: number): number {
  const strips = 400
  const weight = (i: number): number => (i === 0 || i === strips ? 1 : i % 2 === 1 ? 4 : 2)
  return (x / strips / 3) * total([strips + 1], (i) => weight(i) * curve((i * x) / strips))
}

/** The share of the standard normal distribution below x. */
const normal = (x: number): number => 0.5 + integral((t) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI), x)

/** Steps of a half from -8 to 8, which are the points where the pieces of piecewise functions meet. */
const halves = (uniform: number): number => Math.round(16 * uniform) / 2
const positive = (uniform: number): number => 3 * Math.abs(uniform) + 0.1
const small = (uniform: number): number => 2 * uniform

type Published = readonly [statement: string, source: string, f: (x: number) => number, element?: (uniform: number) => number]

/** The definitions, as they are published. */
const published: readonly Published[] = [
  ['y = relu(x)', 'max(x, 0), Nair and Hinton 2010', (x) => Math.max(x, 0)],
  ['y = relu6(x)', 'min(max(x, 0), 6), Krizhevsky 2010', (x) => clip(x, 0, 6)],
  ['y = leaky_relu(x)', 'x or 0.01 x, Maas et al. 2013', (x) => (x > 0 ? x : 0.01 * x)],
  ['y = leaky_relu(x, slope: 0.3)', 'x or 0.3 x', (x) => (x > 0 ? x : 0.3 * x)],
  ['y = leaky_relu(x, 0)', 'relu', (x) => Math.max(x, 0)],
  ['y = elu(x)', 'x or exp(x) - 1, Clevert et al. 2016', (x) => (x > 0 ? x : Math.exp(x) - 1)],
  [
    'y = selu(x)',
    'λ x or λ α (exp(x) - 1), Klambauer et al. 2017',
    (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
  ],
  ['y = gelu(x)', 'x Φ(x), Hendrycks and Gimpel 2016', (x) => x * normal(x)],
  [
    'y = gelu(x, approximate: true)',
    '0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))), Hendrycks and Gimpel 2016',
    (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    small,
  ],
  ['y = silu(x)', 'x σ(x), Elfwing et al. 2018', (x) => x * sigmoid(x)],
  ['y = swish(x)', 'x σ(x), Ramachandran et al. 2017', (x) => x * sigmoid(x)],
  ['y = swish(x, beta: 1.5)', 'x σ(βx), Ramachandran et al. 2017', (x) => x * sigmoid(1.5 * x)],
  ['y = hard_sigmoid(x)', 'relu6(x + 3) / 6, Howard et al. 2019', (x) => clip(x + 3, 0, 6) / 6],
  ['y = hard_swish(x)', 'x relu6(x + 3) / 6, Howard et al. 2019', (x) => (x * clip(x + 3, 0, 6)) / 6],
  ['y = hard_tanh(x)', 'x between -1 and 1, Collobert 2004', (x) => clip(x, -1, 1)],
  ['y = mish(x)', 'x tanh(log(1 + exp(x))), Misra 2020', (x) => x * Math.tanh(Math.log(1 + Math.exp(x)))],
  ['y = softsign(x)', 'x / (1 + |x|), Turian et al. 2009', (x) => x / (1 + Math.abs(x))],
  ['y = softplus(x)', 'log(1 + exp(x)), Dugas et al. 2001', (x) => Math.log(1 + Math.exp(x))],
  ['y = sigmoid(x)', '1 / (1 + exp(-x))', sigmoid],
  ['y = tanh(x)', '(exp(x) - exp(-x)) / (exp(x) + exp(-x))', (x) => Math.tanh(x)],
  ['y = identity(x)', 'x', (x) => x],
  ['y = abs(x)', '|x|', (x) => Math.abs(x)],
  ['y = exp(x)', 'exp(x)', Math.exp, small],
  ['y = log(x)', 'the natural logarithm', Math.log, positive],
  ['y = sqrt(x)', 'the square root', Math.sqrt, positive],
  [
    'y = erf(x)',
    '2 / √π ∫ exp(-t²) dt from 0 to x, Abramowitz and Stegun 7.1.1',
    (x) => (2 / Math.sqrt(Math.PI)) * integral((t) => Math.exp(-t * t), x),
    small,
  ],
  ['y = dropout(x, 0.5)', 'x itself where nothing is trained, Srivastava et al. 2014', (x) => x],
  ['y = -x', '-x', (x) => -x],
  ['y = min(max(x, -2), 2)', 'x between -2 and 2', (x) => clip(x, -2, 2)],
]

for (const [statement, source, f, element = halves] of published) {
  s(`${statement}: ${source}`, async () => {
    await computes(statement, { inputs: { x: [5, 4, 3] }, element }, ({ x }) => fill(x.shape, (...index) => f(at(x, ...index))))
  })
}

s('take vectors, and maps of sizes that are known only then', async () => {
  const everywhere = published.filter(([, , , element]) => !element)
  const calls = everywhere.map(([statement]) => statement.replace('y = ', ''))
  for (const [shape, declared] of [[[7], '[7]'], [[3, 4, 2], '[H, W, 2]'], [[2, 5, 2], '[H, W, 2]']] as const) {
    const given = { inputs: { x: shape }, declared: { x: declared }, element: halves }
    await computes(`y = fuse.concat(${calls})`, given, ({ x }) => {
      const channels = shape.at(-1)!
      return fill([...shape.slice(0, -1), calls.length * channels], (...index) => {
        const [place, c] = [index.slice(0, -1), index.at(-1)!]
        return everywhere[Math.floor(c / channels)]![2](at(x, ...place, c % channels))
      })
    })
  }
})

s('prelu: x or slope[c] · x with a trained slope for each channel (He et al. 2015)', async () => {
  for (const [size, declared] of [[[3, 4], '[3, 4, 3]'], [[5, 2], '[H, W, 3]'], [[2, 3], '[H, W, 3]']] as const) {
    const given = { inputs: { x: [...size, 3] }, declared: { x: declared }, element: halves, weights: { 'y/prelu/slope': [3] } }
    await computes('y = prelu(x)', given, ({ x }, of) =>
      fill(x.shape, (h, w, c) => at(x, h, w, c) * (at(x, h, w, c) > 0 ? 1 : at(of['y/prelu/slope'], c))),
    )
  }
  await computes('y = x |> prelu', { inputs: { x: [4] }, weights: { 'y/prelu/slope': [4] } }, ({ x }, of) =>
    fill([4], (c) => at(x, c) * (at(x, c) > 0 ? 1 : at(of['y/prelu/slope'], c))),
  )
})

s('prelu: the slope starts at 0.25 or as told', () => {
  const inputs = { x: [2, 2, 3] }
  const slope = weightsIn('y = prelu(x)', { inputs })['y/prelu/slope']!
  assert.equal([slope.init, slope.trainable], [{ kind: 'constant', value: 0.25 }, true])
  assert.equal(weightsIn('y = prelu(x, init: 0.1)', { inputs })['y/prelu/slope']!.init, { kind: 'constant', value: 0.1 })
})

s('softmax: exp(x) / Σ exp(x) along the channels or another axis', async () => {
  for (const [written, axis] of [['', 2], [', axis: 0', 0], [', 1', 1]] as const) {
    await computes(`y = softmax(x${written})`, { inputs: { x: [3, 4, 5] }, element: small }, ({ x }) =>
      fill(x.shape, (...index) => {
        const along = (i: number): number => Math.exp(at(x, ...index.map((j, other) => (other === axis ? i : j))))
        return along(index[axis]!) / total([x.shape[axis]!], along)
      }),
    )
  }
})

s('leaky_relu: refuses slopes that are not from 0 to 1', () => {
  refuses('y = leaky_relu(x, 1.5)', { inputs: { x: [3] } }, 'require/failed', 'the slope is from 0 to 1, not 1.5')
  refuses('y = leaky_relu(x, -0.1)', { inputs: { x: [3] } }, 'require/failed', 'the slope is from 0 to 1, not -0.1')
})

s.run()
