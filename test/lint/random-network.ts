import fc from 'fast-check'
import { choicesFrom, type Choices } from './choices.ts'
import { units, unitsFile, weightings } from './random-units.ts'

/** A file with a model, and those it imports. */
export interface RandomNetwork {
  readonly text: string
  readonly files: Readonly<Record<string, string>>
  readonly [fc.toStringMethod]: () => string
}

/** Networks as people write them, of every architecture in use, with blocks from another file. */
export const anyNetwork: fc.Arbitrary<RandomNetwork> = fc.array(fc.nat(), { minLength: 40, maxLength: 120 }).map((numbers) => {
  const choices = choicesFrom(numbers)
  const body = choices.pick(architectures)(choices)
  const names = [...units, 'Level'].filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  const imports = [
    ...(names.length > 0 ? [`import { ${names.join(', ')} } from "./units.fmw"\n`] : []),
    ...(body.includes('Encoder(') ? ['import { Encoder } from "./encoder.fmw"\n'] : []),
  ]
  const text = `${imports.join('')}\n${body}`
  return { text, files: { 'units.fmw': unitsFile, 'encoder.fmw': encoderFile }, [fc.toStringMethod]: () => text }
})

const widths = [16, 24, 32, 48] as const

/** A map that halves so often: of a size that is given, or known to divide. */
function input({ below, pick }: Choices, name: string, halvings: number, channels: number): string {
  const factor = 2 ** halvings
  const size = factor * pick([8, 10, 12])
  return below(2)
    ? `  input ${name}: [${size}, ${size}, ${channels}]`
    : `  input ${name}: [H, W, ${channels}] where H % ${factor} == 0, W % ${factor} == 0, H >= ${8 * factor}, W >= ${8 * factor}`
}

const unit = ({ pick }: Choices): string => pick(units)

/** A step that may be there. */
const maybe = ({ below }: Choices, step: string): string => (below(2) ? ` |> ${step}` : '')

const head = ({ pick }: Choices, name: string): string =>
  `${name} |> ${pick(['pool.global', 'pool.global_max', 'pool.global |> dropout(0.2)', 'pool.global |> dense(32, activation: relu) |> dropout(0.5)'])}`

function classifier(choices: Choices): string {
  const { below, pick } = choices
  const stages = Array.from({ length: 2 + below(2) }, (_, i) => `[${widths[i]! + 8 * below(2)}, ${1 + below(3)}]`)
  return `/// Stages of units, each but the first with half the size of the one before.
model Classifier(classes: int = 10, attend: block = ${pick(['identity', 'weight.attention(_, ratio: 4)', 'weight.efficient'])}) {
${input(choices, 'image', stages.length, 3)}
  x = image |> ${pick(['conv(16, 3x3, stride: 2, padding: same, activation: relu)', 'conv(16, 3x3, padding: same, activation: tanh) |> pool.max(2)'])}
  for [i, [width, count]] in enumerate([${stages.join(', ')}]) {
    for j in range(count) {
      x = ${unit(choices)}(x, width, stride: if i > 0 and j == 0 then 2 else 1) |> attend
    }
  }
  output logits = ${head(choices, 'x')} |> dense(classes${pick(['', ', activation: softmax'])})
}
`
}

function encoderDecoder(choices: Choices): string {
  const { below, pick } = choices
  const depth = 2 + below(2)
  const skips = Array.from(
    { length: depth },
    (_, i) =>
      `  e${i} = ${i === 0 ? 'image' : `e${i - 1} |> ${pick(['pool.max(2)', 'pool.avg(2)'])}`} |> ${unit(choices).replace('Shuffled', 'Plain')}(${widths[i]})${maybe(choices, pick(weightings))}`,
  )
  const ups = Array.from({ length: depth }, (_, k) => depth - 1 - k).map((i) => {
    const up = pick([
      `resize(like: e${i})`,
      'resize(scale: 2, method: nearest)',
      `align(like: e${i})`,
      `conv.transpose(${widths[i]}, 2x2, stride: 2, activation: relu)`,
    ])
    return pick([
      `  x = fuse.concat(e${i}, x |> ${up}) |> ${unit(choices)}(${widths[i]})`,
      `  x = fuse.${pick(['add', 'average', 'convex', 'normalized', 'max', 'mean'])}(e${i}, x |> ${up} |> Plain(${widths[i]}))`,
      `  x = fuse.project(x |> align(like: e${i}), e${i}, filters: ${widths[i]}) |> relu`,
    ])
  })
  return `model Segmenter(classes: int = 4) {
${input(choices, 'image', depth, 3)}
${skips.join('\n')}
  x = e${depth - 1} |> pool.max(2) |> ${unit(choices)}(${widths[depth - 1]})
${ups.join('\n')}
  output mask = x |> conv(classes, 1x1)${pick(['', ' |> sigmoid', ' |> softmax'])}
}
`
}

const recursive = (
  choices: Choices,
): string => `model Recursive(depth: int = ${1 + choices.below(3)}, width: int = ${choices.pick(widths)}) {
${input(choices, 'image', 4, choices.pick([1, 3]))}
  output logits = image |> Level(width, depth) |> conv(2, 1x1)
}
`

/** Feature maps that each read some of the maps before, as C3 of LeNet-5. */
function connectionTable(choices: Choices): string {
  const { below, pick, some } = choices
  const maps = Array.from({ length: 4 + below(4) }, (_, i) => i)
  const rows = [...Array.from({ length: 3 + below(6) }, () => some(maps)), maps]
  return `const TABLE = [${rows.map((row) => `[${row.join(', ')}]`).join(', ')}]

model Table(classes: int = 10) {
  input image: [32, 32, 1]
  s2 = image |> conv(${maps.length}, 5x5) |> tanh |> pool.avg(2)
  c3 = fuse.concat(...[for maps in TABLE: s2 |> gather.channels(maps) |> conv(${pick([1, 2])}, 5x5)])
  output logits = c3 |> tanh |> pool.avg(2) |> flatten |> dense(${pick([40, 84])}, activation: tanh) |> dense(classes)
}
`
}

const encoderFile = `import { Basic } from "./units.fmw"

/// Maps of a quarter of the size, and a class by which it can be trained alone.
model Encoder(width: int = 16) {
  input image: [H, W, C] where H % 4 == 0, W % 4 == 0
  x = image |> conv(width, 3x3, stride: 2, padding: same, activation: relu)
  output maps = x |> Basic(2 * width, stride: 2)
  output logits = maps |> pool.global |> dense(10)
}
`

function twoBranches(choices: Choices): string {
  const { pick } = choices
  const branch = (name: string): string =>
    `${name} |> ${unit(choices).replace('Shuffled', 'Separable')}(32, stride: 2) |> ${unit(choices)}(32, stride: 2)${maybe(choices, pick(weightings))}`
  const right = pick([branch('depth'), 'Encoder(depth).maps', '(freeze Encoder(depth)).maps'])
  const fused = pick([
    'fuse.add(a, b)',
    'fuse.mul(a, sigmoid(conv(b, 32, 1x1)))',
    'fuse.sub(a, b)',
    'fuse.max(a, b)',
    'fuse.min(a, b)',
    'fuse.mean(a, b)',
    'fuse.concat(a, b)',
    'fuse.project(a, b, filters: 24)',
    'fuse.average(a, b)',
    'fuse.average(a, b, per: channel)',
    'fuse.static(a, b, [0.4, 0.6])',
    'fuse.convex(a, b)',
    'fuse.normalized(a, b)',
    'fuse.select(a, b, ratio: 4)',
    'fuse.concat(gather.channels(a, range(16)), gather.channels(a, range(16, 32)), b)',
    'fuse.div(a, 1 + exp(b))',
    'a |> gather.mask(from: b)',
    'fuse.concat(a |> gather.top(8, by: pool.global(b)), b)',
  ])
  return `model Fusion(classes: int = 5) {
${input(choices, 'colour', 2, 3)}
  input depth: [colour.height, colour.width, 1]
  a = ${branch('colour')}
  b = ${right}
  fused = ${fused} |> ${unit(choices).replace('Shuffled', 'Plain')}(32)
  output maps = fused
  output logits = ${head(choices, 'fused')} |> dense(classes)
}
`
}

function pyramid(choices: Choices): string {
  const { pick } = choices
  const merge = pick(['fuse.add', 'fuse.normalized', 'fuse.convex', 'fuse.mean', 'fuse.max'])
  return `model Pyramid(classes: int = 3) {
${input(choices, 'image', 4, 3)}
  x = image |> Plain(16, stride: 2)
  levels = []
  for width in [24, 32, 48] {
    x = ${unit(choices)}(x, width, stride: 2)
    levels = [...levels, x]
  }
  c3, c4, c5 = [for level in levels: level |> conv(32, 1x1, activation: relu)]
  p4 = ${merge}(c4, c5 |> resize(like: c4, method: ${pick(['nearest', 'bilinear'])})) |> ${unit(choices)}(32)
  p3 = ${merge}(c3, p4 |> align(like: c3)) |> ${unit(choices)}(32)
  layer classify = conv(_, classes, 3x3, padding: same)
  output large = classify(p3)
  output middle = classify(p4)
  output small = classify(c5)
}
`
}

const autoencoder = (choices: Choices): string => `model Autoencoder(code: int = ${choices.pick([8, 32])}) {
  input image: [32, 32, ${choices.pick([1, 3])}]
  deep = image |> conv(16, 4x4, stride: 2, padding: same, activation: leaky_relu) |> ${unit(choices)}(32, stride: 2)
  output latent = deep |> flatten |> dense(code)
  x = latent |> dense(8 * 8 * 32, activation: relu) |> reshape([8, 8, 32]) |> ${unit(choices)}(32)
  x = x |> conv.transpose(16, 4x4, stride: 2, padding: same, bias: false) |> norm.batch |> relu
  output restored = x |> ${choices.pick(['conv.transpose(image.channels, 4x4, stride: 2, padding: same)', 'resize(scale: 2) |> conv(image.channels, 3x3, padding: same)'])} |> sigmoid
}
`

const architectures = [classifier, encoderDecoder, recursive, connectionTable, twoBranches, pyramid, autoencoder] as const
