import fc from 'fast-check'
import { choicesFrom, type Choices } from '../lint/choices.ts'
import { createWriter, statements, type Writing } from './random-statements.ts'

/** A block that later ones may call: of `x` and a width, perhaps more, to one map of that width or to two. */
export interface Declared {
  readonly name: string
  readonly text: string
  readonly results: 1 | 2
  /** What is given by name beside the width, as a caller may write it. */
  readonly options: (choices: Choices) => readonly string[]
}

/**
 * Programs whose blocks call each other, themselves and what they are given, in loops, comprehensions and branches, with shared layers, lists
 * handed on, and parts that only some calls have or read. All maps have the size of the input, which is small.
 */
export const anyStructuredProgram: fc.Arbitrary<string> = fc.array(fc.nat(), { minLength: 30, maxLength: 160 }).map((numbers) => {
  const choices = choicesFrom(numbers)
  const { below, pick } = choices
  const declared: Declared[] = []
  for (let i = 0, count = 2 + below(3); i < count; i++) declared.push(pick([plain, plain, twice, recursive])(choices, declared, `B${i}`))
  const { lines, last, first } = bodyOf({
    choices,
    earlier: declared,
    channels: '3',
    widths: ['2', '3', '4'],
    options: [],
    conditions: ['true', 'false'],
    count: 2 + below(4),
  })
  return `${ofLists}${declared.map(({ text }) => text).join('')}
model Structured {
  input x: ${pick(['[6, 6, 3]', '[H, W, 3] where H >= 6, W >= 6'])}
${lines}
  ${pick([
    `output maps = ${pick([`${last} |> tanh`, last])}\n  output code = ${first} |> pool.global |> dense(2)`,
    `output maps, code = [${last}, ${first} |> pool.global |> dense(2)]`,
    `output maps, more = [for i in range(2): ${last} |> conv(i + 1, 1x1)]`,
  ])}
}
`
})

/** Blocks of as many maps as they are given, and of a map of which only the size is read. */
const ofLists = `block Joined(maps: [H, W, _]..., width: int) -> [H, W, width] {
  return fuse.concat(...maps) |> conv(width, 1x1)
}
block Mixed(maps: [H, W, C]..., rest: bool = false) -> [H, W, C]... {
  first = maps[0] |> conv(C, 1x1) |> tanh
  if rest { return [first, ...[for i in range(1, maps.length): maps[i] + maps[i - 1]]] }
  return [for [i, x] in enumerate(maps): if i == 0 then first else x |> conv(C, 1x1)]
}
block Scaled(x: [H, W, C], by: [C]) -> like x {
  return x * by
}
block Sized(x: [H, W, C], y: [A, B, _], width: int) -> [A, B, width] {
  return x |> resize(like: y) |> conv(width, 1x1)
}
`

/** A body of some statements, and the names of two of the maps in it. */
function bodyOf(writing: Writing): { readonly lines: string; readonly first: string; readonly last: string } {
  const writer = createWriter(writing)
  for (let i = 0; i < writing.count; i++) writing.choices.pick(statements)(writer)
  const names = writer.made.map(({ name }) => name)
  return { lines: writer.lines.join('\n'), first: names.at(-2) ?? names[0]!, last: names.at(-1)! }
}

const pads = ['1x1', '3x3, padding: same'] as const

function plain(choices: Choices, earlier: readonly Declared[], name: string): Declared {
  const { below, pick } = choices
  const { lines, last } = bodyOf({
    choices,
    earlier,
    channels: 'C',
    widths: ['width', 'width', 'C', '2'],
    options: ['turns', 'unit'],
    conditions: ['deep', 'not deep', 'C > 2', 'width > C'],
    count: 2 + below(4),
  })
  const result = pick([
    `return ${last} |> conv(width, 1x1)${pick(['', ' as last', ' as _'])}`,
    `if C == width { return start + (${last} |> conv(width, 1x1)) }\n  return ${last} |> conv(width, 1x1) as narrow`,
    `y = ${last} |> conv(width, 1x1) as _\n  return ${pick(['y |> unit', 'unit(y)', 'y'])}`,
  ])
  const [deep, turns, unit] = [pick(['true', 'false']), 1 + below(3), pick(['relu', 'tanh', 'norm.batch'])]
  return {
    name,
    results: 1,
    text: `block ${name}(x: [H, W, C], width: int, deep: bool = ${deep}, turns: int = ${turns}, unit: block = ${unit}) -> [H, W, width] {
  start = x
${lines}
  ${result}
}
`,
    options: (caller) => [
      ...(caller.below(3) === 0 ? [`deep: ${caller.pick(['true', 'false'])}`] : []),
      ...(caller.below(3) === 0 ? [`turns: ${1 + caller.below(3)}`] : []),
      ...(caller.below(3) === 0 ? [`unit: ${caller.pick(['relu', 'tanh', 'sigmoid', 'leaky_relu(_, slope: 0.1)'])}`] : []),
    ],
  }
}

function twice(choices: Choices, earlier: readonly Declared[], name: string): Declared {
  const { below, pick } = choices
  const widths = ['width', 'C', '3']
  const { lines, first, last } = bodyOf({ choices, earlier, channels: 'C', widths, options: [], conditions: ['deep', 'C > 2'], count: 1 + below(3) })
  return {
    name,
    results: 2,
    text: `block ${name}(x: [H, W, C], width: int, deep: bool = ${pick(['true', 'false'])}) -> (left: [H, W, width], right: [H, W, width]) {
${lines}
  left = ${last} |> conv(width, 1x1)
  if deep { return left, left |> tanh |> conv(width, ${pick(pads)}) }
  return left, ${first} |> conv(width, 1x1)
}
`,
    options: (caller) => (caller.below(2) ? [`deep: ${caller.pick(['true', 'false'])}`] : []),
  }
}

function recursive(choices: Choices, earlier: readonly Declared[], name: string): Declared {
  const { below, pick } = choices
  const conditions = ['depth > 1', 'depth % 2 == 0']
  const { lines, last } = bodyOf({ choices, earlier, channels: 'C', widths: ['width', 'C'], options: ['depth'], conditions, count: 1 + below(3) })
  const again = pick([
    `${name}(inner, width, depth - 1)`,
    `${name}(inner, width, depth - 1) as below`,
    `inner |> ${name}(width + 1, depth - 1) |> conv(width, 1x1)`,
  ])
  const joined = pick(['deeper |> tanh', 'deeper + (inner |> conv(width, 1x1))', 'fuse.concat(inner, deeper) |> conv(width, 1x1)'])
  return {
    name,
    results: 1,
    text: `block ${name}(x: [H, W, C], width: int, depth: int = ${1 + below(3)}) -> [H, W, width] {
${lines}
  inner = ${last} |> conv(${pick(['width', 'C', '2'])}, 1x1)
  if depth == 0 { return inner |> conv(width, 1x1) as end }
  deeper = ${again}
  return ${joined}
}
`,
    options: (caller) => (caller.below(2) ? [`depth: ${caller.below(3)}`] : []),
  }
}
