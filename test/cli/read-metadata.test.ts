import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import { photo } from '../codegen/photo.ts'
import { withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('what commands do with what files of weights say of themselves')

type Texts = Readonly<Record<string, string>>

const model = (end: string, input = '[4, 6, 1]', output = 'scores'): string =>
  `model M {\n  input image: ${input}\n  output ${output} = image |> pool.global |> ${end}\n}\n`

/** A layer of one input channel for each of these weights. */
const weights = (kernel: readonly number[], texts: Texts, channels = 1, name = 'scores/dense'): Uint8Array =>
  writeSafetensors(
    new Map([
      [`${name}/kernel`, { shape: [channels, kernel.length / channels], values: Float32Array.from(kernel) }],
      [`${name}/bias`, { shape: [kernel.length / channels], values: new Float32Array(kernel.length / channels) }],
    ]),
    texts,
  )

const said: Texts = {
  fmw: '0.1.0',
  model: 'M',
  output: 'scores',
  classes: '["ant","bee","cat"]',
  probabilities: 'softmax',
  normalize: '{"mean":[0.5],"deviation":[0.25]}',
  picture: '{"size":[4,6],"resize":"bilinear-antialias","grey":[299,587,114],"alpha":"white"}',
}

const without = (texts: Texts, ...keys: readonly string[]): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => !keys.includes(key)))

function png(height: number, width: number): Uint8Array {
  const picture = new PNG({ width, height })
  picture.data = Buffer.from(photo(height, width).data as Uint8ClampedArray)
  return PNG.sync.write(picture)
}

const files: Files = {
  'm.fmw': model('dense(3)'),
  'w': weights([2, -1, 0.5], said),
  'plain': weights([2, -1, 0.5], {}),
  'other-grey': weights([2, -1, 0.5], { ...said, picture: said['picture']!.replace('[299,587,114]', '[1,1,2]') }),
  'large.png': png(17, 23),
  'fits.png': png(4, 6),
  'x.json': JSON.stringify([0.5, 1, 0, 0.25].map((row) => [0, 1, 0.5, 0.25, 1, row].map((value) => [value]))),
}

interface Output {
  readonly values: readonly number[]
  readonly probabilities?: string
  readonly top?: unknown
}

interface Json {
  readonly outputs: Readonly<Record<string, Output>>
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly prepared: unknown
}

const run = (folder: string, ...args: readonly string[]) => mainOf(['run', 'm.fmw', '--backend', 'cpu', ...args], folder)

async function json(folder: string, ...args: readonly string[]): Promise<Json> {
  const { code, stdout, stderr } = await run(folder, '--json', ...args)
  assert.is(code, 0, stderr)
  return JSON.parse(stdout) as Json
}

const valuesOf = async (folder: string, ...args: readonly string[]) => (await json(folder, ...args)).outputs['scores']!.values

s('inputs are prepared as the weights say, and what they say is said', () =>
  withFiles(files, async (folder) => {
    const { code, stdout, stderr } = await run(folder, '--weights', 'other-grey', '--input', 'image=large.png', '--top', '2')
    assert.is(code, 0)
    assert.is(
      stderr,
      `other-grey says: classes ant, bee, cat; inputs normalised by 0.5/0.25; pictures of 4x6, others resized
large.png: its colours were turned into grey (0.25 R + 0.25 G + 0.5 B)
large.png: resized from 17x23 to 4x6 (height x width)
backend: cpu
`,
    )
    const [heading, ...lines] = stdout.trimEnd().split('\n')
    assert.is(heading, 'scores [1, 3]: logits, whose softmax gives the probabilities (other-grey says so)')
    assert.is(lines.length, 2)
    for (const line of lines) assert.match(line, /^ {2}\d {2}(ant|bee|cat) {2,3}\d?\d\.\d\d % {2}-?\d\.\d{4}$/)
    for (const input of ['image=x.json', 'image=large.png']) {
      const given = ['--input', input, '--weights'] as const
      const wanted = await valuesOf(folder, ...given, 'plain', '--normalize', '0.5/0.25', '--resize')
      assert.equal(await valuesOf(folder, ...given, 'w'), wanted)
    }
  }))

s('an option wins over what the weights say, and it is said', () =>
  withFiles(files, async (folder) => {
    const of = (...args: readonly string[]) => valuesOf(folder, '--input', 'image=fits.png', '--weights', ...args)
    assert.equal(await of('w', '--normalize', '0/1'), await of('plain'))
    assert.not.equal(await of('w'), await of('plain'))
    assert.not.equal(await of('other-grey', '--normalize', '0/1'), await of('plain'))
    const ran = await run(folder, '--weights', 'w', '--input', 'image=large.png', '--normalize', '0.1/2', '--no-resize')
    assert.is(ran.code, 1)
    assert.match(ran.stderr, 'inputs normalised by 0.5/0.25 (here --normalize 0.1/2); pictures of 4x6, others resized (here --no-resize)\n')
    assert.match(ran.stderr, 'large.png is 17x23, and the input image is [4, 6, 1]: --resize brings it to its size\n')
    assert.match(ran.stderr, 'error[input/mismatch]: the height of image must be 4, not 17\n')
    const fixed = JSON.stringify({ ...JSON.parse(said['picture']!), resize: 'none' })
    await withFiles({ ...files, w: weights([2, -1, 0.5], { ...said, picture: fixed }) }, async (other) => {
      const refused = await run(other, '--weights', 'w', '--input', 'image=large.png')
      assert.is(refused.code, 1)
      assert.match(refused.stderr, 'pictures of 4x6, no others\n')
      const resized = await run(other, '--weights', 'w', '--input', 'image=large.png', '--resize')
      assert.is(resized.code, 0)
      assert.match(resized.stderr, 'pictures of 4x6, no others (here --resize)\nlarge.png')
      assert.is(resized.stdout, (await run(folder, '--weights', 'w', '--input', 'image=large.png')).stdout)
    })
  }))

s('--no-metadata leaves all of it aside; --resize needs none of it', () =>
  withFiles({ ...files, 'broken': weights([2, -1, 0.5], { ...said, classes: 'ant' }) }, async (folder) => {
    const of = (file: string, ...args: readonly string[]) =>
      run(folder, '--weights', file, '--no-metadata', '--input', 'image=large.png', '--resize', ...args)
    const plain = await of('plain', '--top', '1')
    assert.is(plain.code, 0)
    assert.match(plain.stdout, /^scores \[1, 3\]\n {2}0 {2}\d\.\d{4}\n$/)
    assert.is(
      plain.stderr,
      `large.png: its colours were turned into grey (0.299 R + 0.587 G + 0.114 B)
large.png: resized from 17x23 to 4x6 (height x width)
backend: cpu
scores: nothing says what its values mean: the largest are printed as they are
`,
    )
    for (const file of ['w', 'broken']) assert.equal(await of(file, '--top', '1'), plain)
  }))

s('weights that say nothing are used as they are, and that is said', () =>
  withFiles(files, async (folder) => {
    const { code, stderr } = await run(folder, '--weights', 'plain', '--input', 'image=x.json')
    assert.is(code, 0)
    assert.is(
      stderr,
      'plain does not say what its outputs mean and how its inputs were prepared: values are taken as they are\nbackend: cpu\n',
    )
    assert.equal((await run(folder, '--weights', 'plain', '--input', 'image=x.json', '--quiet')).stderr, '')
  }))

s('--json has what the weights say, what was done to the inputs, and names and probabilities', () =>
  withFiles(files, async (folder) => {
    const { outputs, metadata, prepared } = await json(folder, '--weights', 'w', '--input', 'image=large.png', '--top', '2')
    assert.equal(metadata, {
      file: 'w',
      ...without(said, 'classes', 'normalize', 'picture'),
      classes: ['ant', 'bee', 'cat'],
      normalize: { mean: [0.5], deviation: [0.25] },
      picture: { size: [4, 6], resize: 'bilinear-antialias', grey: [299, 587, 114], alpha: 'white' },
    })
    assert.equal(prepared, {
      normalize: { mean: [0.5], deviation: [0.25] },
      resized: { image: { from: [17, 23], to: [4, 6] } },
    })
    const { values, probabilities, top } = outputs['scores']!
    assert.is(probabilities, 'softmax')
    const powers = values.map(Math.exp)
    const scores = values.map((value, index) => ({
      index,
      label: ['ant', 'bee', 'cat'][index],
      probability: powers[index]! / (powers[0]! + powers[1]! + powers[2]!),
      value,
    }))
    const wanted = scores.sort((a, b) => b.value - a.value).slice(0, 2)
    const found = (top as readonly (typeof wanted)[])[0]!
    for (const [i, { probability, ...score }] of wanted.entries()) {
      const { probability: other, ...rest } = found[i]!
      assert.equal(rest, score)
      assert.ok(Math.abs(other - probability) < 1e-12)
    }
    const plain = await json(folder, '--weights', 'w', '--input', 'image=x.json', '--normalize', '0/1')
    assert.equal(plain.prepared, { normalize: null, resized: {} })
    assert.not.ok(Object.hasOwn(plain.outputs['scores']!, 'top'))
    const fresh = await json(folder, '--input', 'image=x.json', '--top', '1')
    assert.not.ok(Object.hasOwn(fresh, 'metadata'))
    assert.not.ok(Object.hasOwn(fresh.outputs['scores']!, 'probabilities'))
  }))

const ones = { 'x.json': JSON.stringify([[[1]]]) }

/** What --top prints of a layer with these weights, whose input is 1. */
async function top(kernel: readonly number[], texts: Texts, end = `dense(${kernel.length})`, name?: string): Promise<string> {
  let printed = ''
  const once = { ...without(said, 'normalize', 'picture', 'classes'), ...texts }
  const network = { 'm.fmw': model(end, '[1, 1, 1]'), w: weights(kernel, once, 1, name), ...ones }
  await withFiles(network, async (folder) => {
    const { code, stdout, stderr } = await run(folder, '--weights', 'w', '--input', 'image=x.json', '--top', '5')
    assert.is(code, 0, stderr)
    printed = stdout
  })
  return printed
}

s('two classes share one value: both have a name and a probability', async () => {
  const binary = { probabilities: 'sigmoid', classes: '["no","yes"]' }
  assert.is(
    await top([2], binary),
    'scores [1, 1]: logits, whose sigmoid gives the probabilities (w says so)\n  1  yes  88.08 %\n  0  no   11.92 %\n',
  )
  assert.is(
    await top([-2], { probabilities: 'sigmoid' }),
    'scores [1, 1]: logits, whose sigmoid gives the probabilities (w says so)\n  0  88.08 %\n  1  11.92 %\n',
  )
  const ended = await top([2], { ...binary, probabilities: 'identity' }, 'dense(1) |> sigmoid')
  assert.is(ended, 'scores [1, 1]: probabilities (w says so)\n  1  yes  88.08 %\n  0  no   11.92 %\n')
})

s('each of several values may have a probability of its own', async () => {
  assert.is(
    await top([2, 0], { probabilities: 'sigmoid', classes: '["far","near"]' }),
    'scores [1, 2]: logits, whose sigmoid gives the probabilities (w says so)\n  0  far   88.08 %  2.0000\n  1  near  50.00 %  0.0000\n',
  )
})

s('where the text ends in a softmax, its values are probabilities, whatever the file says', async () => {
  for (const texts of [{}, { output: 'other' }, { fmw: '0.1.0', probabilities: 'softmax' }])
    assert.is(
      await top([1, 1], texts, 'dense(2) |> softmax'),
      'scores [1, 2]: probabilities (it ends in a softmax)\n  0  50.00 %  0.5000\n  1  50.00 %  0.5000\n',
    )
})

s('what was trained by values is printed as values, with its names', async () => {
  const texts = { ...without(said, 'probabilities', 'normalize', 'picture', 'classes'), classes: '["wide","high"]' }
  await withFiles({ 'm.fmw': model('dense(2)', '[1, 1, 1]'), w: weights([3, 4], texts), ...ones }, async (folder) => {
    const { stdout, stderr } = await run(folder, '--weights', 'w', '--input', 'image=x.json', '--top', '2')
    assert.is(stdout, 'scores [1, 2]\n  1  high  4.0000\n  0  wide  3.0000\n')
    assert.not.match(stderr, 'nothing says')
  })
})

/** Both outputs have names, the second with two classes that share one value. */
const twoAnswers: Files = {
  'm.fmw': 'model M {\n  input image: [1]\n  output scores = image |> dense(2)\n  output size = image |> dense(1)\n}\n',
  'w': writeSafetensors(
    new Map(
      Object.entries({ scores: [0, Math.log(3)], size: [Math.log(4)] }).flatMap(([name, kernel]): readonly (readonly [string, TensorData])[] => [
        [`${name}/dense/kernel`, { shape: [1, kernel.length], values: Float32Array.from(kernel) }],
        [`${name}/dense/bias`, { shape: [kernel.length], values: new Float32Array(kernel.length) }],
      ]),
    ),
    {
      fmw: '0.1.0',
      output: 'scores',
      classes: '["ant","bee"]',
      probabilities: 'softmax',
      outputs: '{"size":{"classes":["large","small"],"probabilities":"sigmoid"}}',
      normalize: '{"mean":[0],"deviation":[1]}',
    },
  ),
  'x.json': '[[1]]',
}

s('--top prints the classes of every output that has some, and of one that is written too', () =>
  withFiles(twoAnswers, async (folder) => {
    const { stdout } = await run(folder, '--weights', 'w', '--input', 'image=x.json', '--top', '1', '--output', 'scores=scores.npy')
    assert.is(
      stdout,
      `scores [1, 2]: logits, whose softmax gives the probabilities (w says so)
  1  bee  75.00 %  1.0986
scores [1, 2] → scores.npy
size [1, 1]: logits, whose sigmoid gives the probabilities (w says so)
  1  small  80.00 %
`,
    )
    const { outputs } = await json(folder, '--weights', 'w', '--input', 'image=x.json', '--top', '1', '--output', 'scores=scores.npy')
    assert.equal(Object.values(outputs).map(({ top }) => (top as { label: string }[][])[0]![0]!.label), ['bee', 'small'])
  }))

s('a class that is called as its number is printed once', async () => {
  assert.is(
    await top([2, 0], { classes: '["0","1"]' }),
    'scores [1, 2]: logits, whose softmax gives the probabilities (w says so)\n  0  88.08 %  2.0000\n  1  11.92 %  0.0000\n',
  )
})

const hash = 'a'.repeat(64)

const changes: Readonly<Record<string, readonly [texts: Texts, note: string]>> = {
  'another text': [{ graph: hash }, 'w was trained with another version of M, which computes something else\n'],
  'another model': [{ graph: hash, model: 'Other' }, 'w was trained with the model Other, which computes something else\n'],
  'another size': [
    { picture: said['picture']!.replace('[4,6]', '[64,48]') },
    'w was trained on pictures of 64x48, and the input image is [4, 6, 1]\n',
  ],
  'another output': [
    { output: 'logits', classes: '["one of another output"]' },
    'w was trained for an output logits, which M does not have: what it says of it is left aside\n',
  ],
}

for (const [what, [texts, note]] of Object.entries(changes)) {
  s(`${what} is a note, and the weights are used`, () =>
    withFiles({ ...files, w: weights([2, -1, 0.5], { ...said, ...texts }) }, async (folder) => {
      const { code, stdout, stderr } = await run(folder, '--weights', 'w', '--input', 'image=large.png', '--top', '1')
      assert.is(code, 0, stderr)
      assert.ok(stderr.startsWith(note), stderr)
      assert.match(stderr, 'large.png: resized from 17x23 to 4x6 (height x width)')
      if (what === 'another output') {
        assert.match(stdout, /^scores \[1, 3\]\n {2}\d {2}\S+\n$/)
        assert.match(stderr, 'w says: inputs normalised by 0.5/0.25; pictures of')
      }
    }))
}

s('the hash of the text that stands there is no news', () =>
  withFiles({ 'm.fmw': model('dense(3)', '[4, 6, 1]') }, async (folder) => {
    await mainOf(['init', 'm.fmw', '-o', 'w'], folder)
    const { stderr } = await run(folder, '--weights', 'w', '--input', 'image=ones')
    assert.not.match(stderr, 'computes something else')
  }))

s('weights of which nothing was trained are said to be made for another version too', () =>
  withFiles({ 'm.fmw': model('dense(3)'), 'made.fmw': model('dense(3) |> relu') }, async (folder) => {
    assert.is((await mainOf(['init', 'made.fmw', '-o', 'w'], folder)).code, 0)
    const { stderr } = await run(folder, '--weights', 'w', '--input', 'image=ones')
    assert.match(stderr, 'w was made for another version of M, which computes something else\n')
  }))

const broken: Readonly<Record<string, readonly [texts: Texts, reasons: readonly string[]]>> = {
  'JSON that is none': [
    { classes: '["ant","bee"', normalize: '{"mean":[0.5]' },
    [
      'classes must be a list of names as JSON, and is ["ant","bee"',
      'normalize must be {"mean": [numbers], "deviation": [as many above 0]}, and is {"mean":[0.5]',
    ],
  ],
  'another number of classes': [{ classes: '["ant","bee"]' }, ['it names 2 classes, and the output scores tells 3 apart']],
  'another number of channels, and of classes': [
    { normalize: '{"mean":[0.5,0.5],"deviation":[1,1]}', classes: '["ant"]' },
    [
      'there are 2 means, one for each channel, and the input image is [4, 6, 1]',
      'it names 1 class, and the output scores tells 3 apart',
    ],
  ],
}

for (const [what, [texts, reasons]] of Object.entries(broken)) {
  s(`${what} in the file: all of it is said, and nothing is run`, () =>
    withFiles({ ...files, w: weights([2, -1, 0.5], { ...said, ...texts }) }, async (folder) => {
      const { code, stdout, stderr } = await run(folder, '--weights', 'w', '--input', 'image=fits.png')
      assert.equal([code, stdout], [1, ''])
      const lines = reasons.flatMap((reason) => [
        `error[weights/metadata]: w: what the file says of itself cannot be used: ${reason}`,
        '  = --no-metadata leaves all of it aside',
      ])
      assert.is(stderr, [...lines, '  = fmw explain weights/metadata', ''].join('\n'))
    }))
}

s('a normalisation that an option takes the place of need not fit', () =>
  withFiles({ ...files, w: weights([2, -1, 0.5], { ...said, normalize: '{"mean":[1,1],"deviation":[1,1]}' }) }, async (folder) => {
    assert.is((await run(folder, '--weights', 'w', '--input', 'image=fits.png', '--normalize', '0/1')).code, 0)
  }))

s('what files say of parts of the model is left aside, and that is said', () => {
  const part = 'model A {\n  input x: [1]\n  output y = x |> dense(1)\n}\n'
  const whole = 'import { A } from "./a.fmw"\n\nmodel M {\n  input x: [1]\n  left = A(x)\n  output y = A(left)\n}\n'
  const texts = { ...without(said, 'picture'), output: 'y', classes: '["no","yes"]', normalize: '{"mean":[1],"deviation":[2]}' }
  const given = { 'a.fmw': part, 'm.fmw': whole, a: weights([3], texts, 1, 'y/dense'), b: weights([5], {}, 1, 'y/dense'), 'x.json': '[7]' }
  return withFiles(given, async (folder) => {
    const ran = await run(folder, '--weights', 'left=a', '--weights', 'y=b', '--input', 'x=x.json')
    assert.equal([ran.code, ran.stdout], [0, 'y [1, 1]\n  105.0000\n'], ran.stderr)
    assert.match(ran.stderr, 'a: what is said of classes and inputs is of parts of M, and left aside\n')
  })
})

s('show prepares inputs as run does, and says it', () => {
  const shown = 'model M {\n  input image: [4, 6, 1]\n  same = image * 1\n  output scores = same |> pool.global |> dense(3)\n}\n'
  return withFiles({ ...files, 'm.fmw': shown }, async (folder) => {
    const show = async (...args: readonly string[]) => {
      const given = ['show', 'm.fmw', 'same', '--input', 'image=large.png', '--backend', 'cpu', '-o', 'p.png', '--weights', ...args]
      const { code, stderr } = await mainOf(given, folder)
      assert.is(code, 0, stderr)
      return { stderr, picture: (await readFile(path.join(folder, 'p.png'))).toString('base64') }
    }
    const { stderr, picture } = await show('w')
    assert.match(stderr, 'w says: classes ant, bee, cat; inputs normalised by 0.5/0.25')
    assert.match(stderr, 'large.png: resized from 17x23 to 4x6 (height x width)\n')
    assert.is(picture, (await show('plain', '--resize', '--normalize', '0.5/0.25')).picture)
    assert.is.not(picture, (await show('plain', '--resize')).picture)
    const kernel = await mainOf(['show', 'm.fmw', 'scores/dense/kernel', '--weights', 'w', '-o', 'p.png'], folder)
    assert.not.match(kernel.stderr, 'says')
  })
})

s('a class activation map is of a class by its name, and says it', () =>
  withFiles(files, async (folder) => {
    const cam = (chosen: string, file = 'w') =>
      mainOf(['show', 'm.fmw', '--cam', chosen, '--weights', file, '--input', 'image=fits.png', '-o', 'p.png', '--backend', 'cpu'], folder)
    const named = await cam('bee')
    assert.is(named.code, 0, named.stderr)
    assert.match(named.stdout, /^class 1 \(bee\), logit -?\d.*, rank \d of 3: /)
    assert.is((await cam('1')).stdout, named.stdout)
    const wrong = await cam('bea')
    assert.equal([wrong.code, wrong.stderr.split('\n').at(-2)], [
      2,
      'fmw: --cam bea: a class is top or a number from 0 to 2, or the name of one (did you mean bee?)',
    ])
    const nameless = await cam('bee', 'plain')
    assert.match(nameless.stderr, 'fmw: --cam bee: a class is top or a number from 0 to 2\n')
    await withFiles({ twice: weights([2, -1, 0.5], { ...said, classes: '["ant","bee","bee"]' }) }, async (other) => {
      assert.match((await cam('bee', path.join(other, 'twice'))).stderr, 'fmw: --cam bee: several classes are called so: 1, 2\n')
    })
  }))

s.run()
