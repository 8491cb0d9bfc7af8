import type { Choices } from '../lint/choices.ts'
import type { Declared } from './random-text.ts'

/** A map that a body has: its name, and its channels as the body writes them. */
interface Made {
  readonly name: string
  readonly channels: string
}

export interface Writing {
  readonly choices: Choices
  /** The blocks that may be called. */
  readonly earlier: readonly Declared[]
  /** Those of `x`. */
  readonly channels: string
  /** What a convolution may be given for its filters. */
  readonly widths: readonly string[]
  /** Parameters that the body can read: a count of turns or of levels, a block. */
  readonly options: readonly ('turns' | 'depth' | 'unit')[]
  readonly conditions: readonly string[]
  /** Of statements. */
  readonly count: number
}

/** A body while it is written. */
interface Writer extends Choices, Pick<Writing, 'earlier' | 'options'> {
  readonly lines: string[]
  readonly made: Made[]
  readonly any: () => Made
  readonly width: () => string
  readonly condition: () => string
  /** A name that nothing has yet. */
  readonly fresh: (stem: string) => string
  readonly label: () => string
  readonly write: (...lines: readonly string[]) => void
  /** Writes statements that give a new map. */
  readonly make: (channels: string, write: (name: string) => readonly string[]) => void
  readonly rebind: (one: Made, channels: string) => void
}

export function createWriter({ choices, channels, widths, conditions, earlier, options }: Writing): Writer {
  const { pick } = choices
  const lines: string[] = []
  const made: Made[] = [{ name: 'x', channels }]
  let count = 0
  const fresh = (stem: string): string => `${stem}${++count}`
  const write = (...more: readonly string[]): void => void lines.push(...more.map((line) => `  ${line}`))
  return {
    ...choices,
    earlier,
    options,
    lines,
    made,
    any: () => pick(made),
    width: () => pick(widths),
    condition: () => pick(conditions),
    fresh,
    label: () => pick(['', '', ` as ${fresh('part')}`]),
    write,
    make: (of, toText) => {
      const name = fresh('v')
      write(...toText(name))
      made.push({ name, channels: of })
    },
    rebind: (one, of) => {
      made.splice(made.indexOf(one), 1)
      made.push({ name: one.name, channels: of })
    },
  }
}

const conv = ({ pick }: Choices, filters: string): string =>
  `conv(${filters}, ${pick(['1x1', '3x3, padding: same', '3x3, padding: same, dilation: 2', '[1, 3], padding: same, bias: false'])})`

const turnsOf = ({ pick, options }: Writer): string => pick([...options.filter((option) => option !== 'unit'), '2', '3'])

function step(writer: Writer): void {
  const [a, n] = [writer.any(), writer.width()]
  const after = writer.pick(['relu', 'tanh', 'norm.batch', 'dropout(0.5)'])
  writer.make(n, (name) => [`${name} = ${a.name} |> ${conv(writer, n)}${writer.label()} |> ${after}`])
}

function call(writer: Writer): void {
  const { earlier, pick, below, make, label } = writer
  if (earlier.length === 0) return step(writer)
  const [block, a, n] = [pick(earlier), writer.any(), writer.width()]
  const text = `${block.name}(${[a.name, n, ...block.options(writer)].join(', ')})`
  if (block.results === 1) return make(n, (name) => [`${name} = ${text}${label()}`])
  if (below(2)) return make(n, (name) => [`${name} = ${text}.${pick(['left', 'right'])}`])
  make(n, (name) => [`left${name}, right${name} = ${text}`, `${name} = left${name} ${pick(['+', '-', '*'])} right${name}`])
}

function loop(writer: Writer): void {
  const { pick, options, write, rebind } = writer
  const [a, n] = [writer.any(), writer.width()]
  const after = options.includes('unit') ? pick(['unit', 'relu']) : pick(['tanh', 'relu'])
  // after no turn it has the channels that it had
  write(`for i in range(${turnsOf(writer)}) { ${a.name} = ${a.name} |> ${conv(writer, n)} |> ${after} }`, `${a.name} = ${a.name} |> conv(${n}, 1x1)`)
  rebind(a, n)
}

function unequalTurns(writer: Writer): void {
  const { pick, write, rebind } = writer
  const [{ name }, n] = [writer.any(), writer.width()]
  const after = pick([`${name} = if i == 0 then turn else turn |> tanh`, `${name} = turn |> relu`, `if i > 0 { ${name} = turn |> norm.batch } else { ${name} = turn }`])
  write(
    `for [i, k] in enumerate([${pick(['1x1, 3x3', '3x3, 3x3, 1x1', '1x1'])}]) {`,
    `  turn = ${name} |> conv(${n}, k, padding: same${pick(['', ', dilation: i + 1', ', bias: i > 0'])})`,
    `  ${after}`,
    '}',
  )
  rebind(writer.made.find((one) => one.name === name)!, n)
}

function nestedLoops(writer: Writer): void {
  const { pick, make } = writer
  const [a, n] = [writer.any(), writer.width()]
  make(n, (name) => [
    `${name} = ${a.name} |> conv(${n}, 1x1)`,
    'for i in range(2) {',
    `  for j in range(${pick(['2', '3', 'i + 1', '2 - i'])}) {`,
    `    ${name} = ${name} |> conv(${n}, ${pick(['1x1', 'if j == 0 then 1 else 3', '2 * i + 1'])}, padding: same)${pick([' |> relu', '', ' |> norm.batch'])}`,
    '  }',
    `  ${pick([`${name} = ${name} |> tanh`, `if i == 0 { ${name} = ${name} |> dropout(0.5) |> conv(${n}, 1x1) }`, `${name} = ${name} + (x |> conv(${n}, 1x1))`])}`,
    '}',
  ])
}

function branches(writer: Writer): void {
  const { pick, make, label } = writer
  const [a, n] = [writer.any(), writer.width()]
  const list = pick(['[1, 3]', '[3, 1, 3]', '[1, 1]'])
  make(n, (name) => [
    `${name} = ${pick(['fuse.add', 'fuse.mean', 'fuse.max', 'fuse.convex'])}(...[for k in ${list}: ${a.name} |> conv(${n}, k, padding: same)${label()}])`,
  ])
}

function listHandedOn(writer: Writer): void {
  const { pick, make, label, write, fresh } = writer
  const [a, n, xs] = [writer.any(), writer.width(), fresh('xs')]
  write(`${xs} = [for i in range(${pick(['2', '3'])}): ${a.name} |> conv(${n}, 1x1)${label()} |> ${pick(['relu', 'tanh'])}]`)
  make(n, (name) => {
    const ys = fresh('ys')
    return pick([
      [`${name} = ${xs}[0]`, `for m in ${xs} { ${name} = ${name} + m }`],
      [`${name} = fuse.concat(...${xs}) |> conv(${n}, 1x1)`],
      [`${ys} = [for m in ${xs}: m |> conv(${n}, 1x1) |> tanh]`, `${name} = ${ys}[0] - ${ys}[${ys}.length - 1]`],
      [`${ys} = [for m in ${xs}: [for k in [1, 3]: m |> conv(${n}, k, padding: same)]]`, `${name} = ${ys}[0][1] + ${ys}[1][0]`],
      [`${name} = fuse.add(...[for [i, m] in enumerate(${xs}): if i == 0 then m else m |> conv(${n}, 1x1)])`],
      [`${name} = fuse.max(...[for x in ${xs}: x |> conv(${n}, 1x1) |> sigmoid])`],
      [`${name} = Joined(...${xs}, width: ${n})${label()}`],
      [`${ys} = Mixed(...${xs}${pick(['', ', rest: true'])})`, `${name} = ${ys}[0] * ${ys}[1]`],
      [`${ys} = ${xs}`, `for i in range(2) { ${ys} = Mixed(...${ys}, rest: i ${pick(['> 0', '== 0'])}) }`, `${name} = Joined(...${ys}, ${xs}[1], width: ${n})`],
      [`${ys} = [for i in range(2): Mixed(...${xs})[i]]`, `${name} = fuse.sub(${ys}[1], ${ys}[0])`],
      [`${name} = Sized(${xs}[0], ${pick([`${xs}[1]`, 'conv(x, 2)'])}, ${n}) |> resize(like: x)`],
    ])
  })
}

function growingList(writer: Writer): void {
  const { pick, make, fresh } = writer
  const [a, n, levels] = [writer.any(), writer.width(), fresh('levels')]
  make(n, (name) => [
    `${levels} = [${a.name} |> conv(${n}, 1x1)]`,
    `for i in range(${pick(['2', '3'])}) { ${levels} = [...${levels}, ${conv(writer, n).replace('(', `(${levels}[i], `)} |> relu] }`,
    `${name} = ${pick([`fuse.add(...${levels})`, `${levels}[2] + ${levels}[0]`, `fuse.concat(...${levels}) |> conv(${n}, 1x1)`])}`,
  ])
}

function sharedLayer(writer: Writer): void {
  const { pick, make, fresh, write } = writer
  const [a, n, layer] = [writer.any(), writer.width(), fresh('shared')]
  write(`layer ${layer} = conv(_, ${n}, 1x1)`)
  make(n, (name) =>
    pick([
      [`${name} = ${layer}(${a.name}) + ${layer}(${a.name} |> tanh)`],
      [`${name} = fuse.add(...[for i in range(3): ${a.name} * (i + 1) |> ${layer} |> ${pick(['relu', 'tanh'])}])`],
      [`${name} = ${layer}(${a.name}) |> relu`, `for i in range(2) { ${name} = ${name} + (${layer}(${a.name} * 0.5) |> conv(${n}, 1x1)) }`],
    ]),
  )
}

function branch(writer: Writer): void {
  const { pick, make, label, condition } = writer
  const [a, n] = [writer.any(), writer.width()]
  make(n, (name) => [
    `${name} = ${a.name} |> conv(${n}, 1x1)`,
    `if ${condition()} { ${name} = ${name} |> ${conv(writer, n)}${label()} }${pick(['', ` else { ${name} = ${name} |> tanh }`, ` else { ${name} = ${a.name} |> ${conv(writer, n)} |> relu }`])}`,
  ])
}

function weight(writer: Writer): void {
  const { pick, make, write, fresh } = writer
  const [a, p] = [writer.any(), fresh('p')]
  write(`param ${p}: [${a.name}.channels] = uniform(-1, 1)`)
  make(a.channels, (name) =>
    pick([
      [`${name} = ${a.name} * ${p}`],
      [`${name} = ${a.name} * softmax(${p})`],
      [`${name} = ${a.name}`, `for i in range(2) { ${name} = ${name} * ${p} + ${a.name} }`],
    ]),
  )
}

function libraryBlock(writer: Writer): void {
  const a = writer.any()
  const block = writer.pick(['weight.attention(ratio: 1)', 'weight.learned', 'pool.max(3, stride: 1, padding: same)', 'norm.layer', 'pool.avg(2) |> resize(like: x)'])
  writer.make(a.channels, (name) => [`${name} = ${a.name} |> ${block}`])
}

function concatenation(writer: Writer): void {
  const [a, b, n] = [writer.any(), writer.any(), writer.width()]
  writer.make(n, (name) => [`${name} = fuse.concat(${a.name}, ${b.name}) |> ${writer.pick(['', 'freeze '])}conv(${n}, 1x1)`])
}

function choiceOperand(writer: Writer): void {
  const { pick, make, condition } = writer
  const [a, n] = [writer.any(), writer.width()]
  const [made, other] = [`(${a.name} |> ${conv(writer, n)})`, `${a.name} |> conv(${n}, 1x1)`]
  make(n, (name) => [
    `${name} = ${pick([
      `${made} + if ${condition()} then ${other} else ${a.name} |> conv(${n}, 3x3, padding: same) |> tanh`,
      `(if ${condition()} then ${other} else ${made}) * ${pick(['0.5', made])}`,
      `${made} - (if not (${condition()}) then 2 else 0.25)`,
    ])}`,
  ])
}

function rangeOfMap(writer: Writer): void {
  const { pick, make } = writer
  const [a, n] = [writer.any(), writer.width()]
  make(n, (name) => [
    `${name} = ${pick([
      `${a.name}[:, :, ${pick(['1:', ':-1', '-1:', '0:1'])}] |> conv(${n}, 1x1)`,
      `(${a.name}[1:, ...] - ${a.name}[:-1, ...]) |> conv(${n}, 1x1) |> pad(${pick(['like: x', '[[1, 0], [0, 0]]'])})`,
      `(${a.name} |> conv(${n}, 1x1)) * reshape(${a.name}[..., ${pick(['0', '-1'])}], [x.height, x.width, 1])`,
      `fuse.add(...[for i in range(2): ${a.name}[..., i : i + 1] |> conv(${n}, 1x1)])`,
    ])}`,
  ])
}

function elementOfWeight(writer: Writer): void {
  const { pick, make, write, fresh } = writer
  const [a, p] = [writer.any(), fresh('p')]
  write(`param ${p}: [3, ${a.name}.channels] = uniform(-1, 1)`)
  make(a.channels, (name) =>
    pick([
      [`${name} = ${a.name} * ${p}[${pick(['0', '-1'])}] + ${p}[1][0]`],
      [`${name} = fuse.add(...[for i in range(3): ${p}[i] * tanh(${a.name} * (i + 1))])`],
      [`${name} = ${a.name}`, `for i in range(2) { ${name} = ${name} * ${p}[i] + ${a.name} }`],
    ]),
  )
}

function alongAxes(writer: Writer): void {
  const { pick, make } = writer
  const a = writer.any()
  const axis = pick(['0', '-1', '[0, 1]', '[0, -1]', '[1, 2]', '[0, 1, 2]'])
  make(a.channels, (name) => [`${name} = ${a.name} ${pick([`* softmax(${a.name}, axis: ${axis})`, `- reduce.${pick(['mean', 'max', 'sum'])}(${a.name}, axis: ${axis}, keep: true)`])}`])
}

function padOfInput(writer: Writer): void {
  const { pick, make } = writer
  const [a, n] = [writer.any(), writer.width()]
  make(n, (name) => [
    `${name} = ${pick([
      `${a.name} |> conv(${n}, 3x3) |> pad(like: ${pick(['x', a.name])})`,
      `${a.name} |> pad([[0, ${a.name}.height], [${a.name}.width - 1, 1]]) |> crop(like: ${a.name}) |> conv(${n}, 1x1)`,
      `${a.name} |> pad([[x.height - 1, 1], [0, 0]], mode: reflect) |> conv(${n}, 1x1) |> crop(like: x)`,
    ])}`,
  ])
}

function numbersForBlock(writer: Writer): void {
  const { pick, make } = writer
  const a = writer.any()
  const numbers = [pick(['0.5', '-1']), pick(['2', '0.25']), '1']
  const list = `[${numbers.join(', ')}]`
  const other = pick([`Scaled(${list})`, `Scaled(x |> pool.global |> dense(3))`])
  make('3', (name) => [`${name} = ${pick([`${a.name} |> conv(3, 1x1) |> ${other}`, `(${a.name} |> conv(3, 1x1)) * ${list}`])}`])
}

function sliceOfList(writer: Writer): void {
  const { pick, make, write, fresh } = writer
  const [a, n, xs] = [writer.any(), writer.width(), fresh('xs')]
  write(`${xs} = [for k in [1, 2, 3, 5] ${pick(['if k != 2', 'if k > 1 if k % 2 == 1', 'if k < 4'])}: ${a.name} |> conv(${n}, k, padding: same)]`)
  make(n, (name) => [
    `${name} = ${pick([
      `fuse.concat(...${xs}[${pick(['1:', ':-1', '0:2'])}]) |> conv(${n}, 1x1)`,
      `${xs}[-1] - ${xs}[1:][0]`,
      `Joined(...${xs}[:-1], ${xs}[0], width: ${n})`,
    ])}`,
  ])
}

/** Each writes statements of one kind. */
export const statements: readonly ((writer: Writer) => void)[] = [
  step,
  call,
  call,
  loop,
  unequalTurns,
  nestedLoops,
  branches,
  listHandedOn,
  listHandedOn,
  growingList,
  sharedLayer,
  branch,
  weight,
  libraryBlock,
  concatenation,
  choiceOperand,
  rangeOfMap,
  elementOfWeight,
  alongAxes,
  padOfInput,
  numbersForBlock,
  sliceOfList,
]
