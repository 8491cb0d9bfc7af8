import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import type { Fix } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { withBackend } from '../backends.ts'
import { compileText } from '../compile-text.ts'
import { evaluateNaively, inputsFor, weightsFor } from '../graph-tensors.ts'

const s = suite('what is said of a network of any size')

/** A condition of a `where`, and the sizes that meet it. */
const where = fc.constantFrom<readonly [text: string, meets: (size: number) => boolean]>(
  ['', () => true],
  ['% 2 == 0', (size) => size % 2 === 0],
  ['% 8 == 0', (size) => size % 8 === 0],
  ['% 4 == 1', (size) => size % 4 === 1],
  ['>= 40', (size) => size >= 40],
)

const size = fc.integer({ min: 1, max: 3 })

/** A step of a network that keeps four channels, over the value before it. */
const step = fc.oneof(
  fc
    .tuple(size, size, fc.constantFrom('valid', 'same', '1'))
    .map(([k, stride, padding]) => `conv(4, ${k}x${k}, stride: ${stride}, padding: ${padding})`),
  fc
    .tuple(fc.integer({ min: 2, max: 3 }), size, fc.boolean())
    .map(([k, stride, ceil]) => `pool.max(${k}, stride: ${stride}, ceil: ${ceil})`),
  fc.constantFrom(
    'pool.max(2)',
    'pool.max(2)',
    'resize(scale: 2)',
    'resize(scale: 2)',
    'conv.transpose(4, 2x2, stride: 2)',
    'conv.transpose(4, 3x3, stride: 2, padding: valid)',
  ),
  fc.constantFrom('pad([[1, 0], [0, 1]])', 'slice([0, 0, 0], [5, 4, 4])', 'transpose([1, 0, 2])'),
)

const joins = ['', '', 'fuse.add', 'fuse.concat', 'align', 'crop', 'reshape'] as const

interface Program {
  readonly inputs: string
  readonly body: string
  readonly meets: (h: number, w: number) => boolean
}

/** A chain that may end by meeting an earlier value. */
const program: fc.Arbitrary<Program> = fc
  .record({
    h: where,
    w: where,
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
    join: fc.constantFrom(...joins),
    with: fc.nat(5),
  })
  .map(({ h, w, steps, join, with: earlier }) => {
    const conditions = [h[0] && `H ${h[0]}`, w[0] && `W ${w[0]}`].filter((text) => text !== '').join(', ')
    const lines = steps.map((text, i) => `x${i + 1} = x${i} |> ${text}`)
    const last = `x${steps.length}`
    const other = `x${earlier % steps.length}`
    const end: Readonly<Record<(typeof joins)[number], string>> = {
      '': last,
      'fuse.add': `fuse.add(${last}, ${other})`,
      'fuse.concat': `fuse.concat(${last}, ${other})`,
      align: `fuse.add(${last} |> align(like: ${other}), ${other})`,
      crop: `${last} |> crop(like: ${other})`,
      reshape: `${last} |> reshape([${other}.height * 2, ${last}.width, 2])`,
    }
    return {
      inputs: `input x0: [H, W, 4]${conditions ? ` where ${conditions}` : ''}`,
      body: `${lines.join('\n  ')}\n  output y = ${end[join]}`,
      meets: (height, width) => h[1](height) && w[1](width),
    }
  })

const textOf = ({ body }: Program, inputs: string): string => `model M {\n  ${inputs}\n  ${body}\n}`

const errorsOf = (text: string) => compileText(text).diagnostics.filter(({ severity }) => severity === 'error')

const applied = (text: string, { edits }: Fix): string =>
  [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((edited, { span, text: inserted }) => edited.slice(0, span.start) + inserted + edited.slice(span.end), text)

const some = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 })), {
  minLength: 4,
  maxLength: 4,
})

/** The shape of the output at a size; undefined where the model says before a run that nothing would be left. */
function shapeAt({ outputs, requirements }: Graph, extents: Readonly<Record<string, number>>): readonly number[] | undefined {
  if (requirements.some(({ extent }) => evaluate(extent, extents) < 1)) return undefined
  return outputs[0]!.node.type.shape.map(({ dim }) => evaluate(dim, extents))
}

s('is what is said of every size of it', () => {
  const met = new Set<string>()
  fc.assert(
    fc.property(program, some, (one, sizes) => {
      const text = textOf(one, one.inputs)
      const { diagnostics, graphs } = compileText(text)
      const [error] = diagnostics.filter(({ severity }) => severity === 'error')
      met.add(error?.code ?? 'fine')
      const fixed = (h: number, w: number): string => textOf(one, `input x0: [${h}, ${w}, 4]`)
      const witness = error && /; for ((?:\w+ = \d+(?:, )?)+):/.exec(error.message)?.[1]
      if (error?.code === 'shape/not-provable') {
        const at = new Map([...(witness ?? '').matchAll(/(\w+) = (\d+)/g)].map(([, name, n]) => [name, Number(n)] as const))
        const smallest = (name: string, meets: (n: number) => boolean): number =>
          at.get(name) ?? Array.from({ length: 200 }, (_, i) => i + 1).find(meets)!
        const [h, w] = [
          smallest('H', (n) => [1, 40, 41, 48, 56].some((other) => one.meets(n, other))),
          smallest('W', (n) => [1, 40, 41, 48, 56].some((other) => one.meets(other, n))),
        ]
        if (witness) {
          assert.ok(one.meets(h, w), `${text}\nthe witness ${h}, ${w} breaks a where`)
          assert.ok(errorsOf(fixed(h, w)).length > 0, `${text}\nthe witness ${h}, ${w} is none`)
        }
        for (const fix of error.fixes) {
          const mended = errorsOf(applied(text, fix))
          assert.equal(mended.map(({ message }) => message), [], `${text}\n${fix.title}`)
          met.add('mended')
        }
        return
      }
      for (const [h, w] of sizes.filter(([height, width]) => one.meets(height, width))) {
        const found = errorsOf(fixed(h, w))
        const concrete = compileText(fixed(h, w)).graphs[0]
        const expected = graphs[0] && shapeAt(graphs[0], { H: h, W: w })
        const actual = concrete && shapeAt(concrete, {})
        assert.equal(actual, expected, `${text}\nat ${h}, ${w}: ${found.map(({ message }) => message).join('\n')}`)
      }
    }),
    { numRuns: 40 },
  )
  for (const kind of ['fine', 'shape/not-provable', 'mended']) assert.ok(met.has(kind), [...met].join(' '))
})

s('is the shape that TensorFlow.js gives', () =>
  withBackend('cpu', (tf) => {
    for (const one of fc.sample(program, { seed: 3, numRuns: 24 })) {
      const [graph] = compileText(textOf(one, one.inputs)).graphs
      for (const [H, W] of [[8, 8], [9, 5], [17, 40], [41, 9]] as const) {
        const expected = graph && one.meets(H, W) ? shapeAt(graph, { H, W }) : undefined
        if (!graph || !expected || expected.reduce((a, b) => a * b, 1) > 20_000) continue
        const outputs = tf.tidy(() =>
          evaluateNaively(graph, tf, weightsFor(graph, tf), inputsFor(graph, tf, { extents: { H, W }, batch: 2 }), { H, W }),
        )
        assert.equal(outputs['y']!.shape, [2, ...expected], textOf(one, one.inputs))
        tf.dispose(outputs)
      }
    }
    return Promise.resolve()
  }))

s.run()
