import fc from 'fast-check'

/** A block of steps that may not fit, without a `return` before its end: each call reaches every step. */
export interface AnyBlock {
  readonly text: string
  /** The shape of each map it takes, in the names of extents. */
  readonly maps: Readonly<Record<string, readonly string[]>>
}

export const anyBlock: fc.Arbitrary<AnyBlock> = fc.array(fc.nat(), { minLength: 30, maxLength: 60 }).map(blockFrom)

function blockFrom(numbers: readonly number[]): AnyBlock {
  let position = 0
  const below = (n: number): number => (numbers[position++ % numbers.length] ?? 0) % n
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

  const x = pick([['H', 'W', 'C'], ['H', 'W', '3'], ['N', 'N', 'C'], ['H', 'W', 'C'], ['C'], ['4', '6', 'C']])
  const y = pick([['H', 'W', 'D'], ['H', 'W', 'C'], ['1', '1', 'C'], ['C'], x])
  const names = [...new Set([...x, ...y].filter((name) => /[A-Z]/.test(name)))]
  const values = ['x', 'y']
  const extent = (): string => {
    const name = pick([...names, 'width', 'n'])
    const computed = [`2 * ${name}`, `${name} + 1`, `${name} / 2`, `${name} - 1`, `max(${name}, 4)`]
    return pick([name, name, '8', '3', '1', 'x.channels', ...computed])
  }
  const value = (): string => pick(values)
  const steps: readonly (() => string)[] = [
    () => `conv(${value()}, ${extent()}, ${pick(['1x1', '3x3', '2', 'width'])}, padding: ${pick(['same', 'valid', 'half', '1', 'n'])})`,
    () => `conv(${value()}, ${extent()}, 3x3, stride: ${pick(['2', 'width', 'n'])}, padding: same, groups: ${pick(['1', '2', 'n'])})`,
    () => `dense(${value()}, ${extent()})`,
    () => `${value()} ${pick(['+', '*', '-', '>'])} ${pick([value(), value(), 'width', '[1, 2, 3]'])}`,
    () => `fuse.${pick(['add', 'concat', 'mul', 'max'])}(${value()}, ${value()})`,
    () => `pool.max(${value()}, ${pick(['2', 'n'])})`,
    () => `pool.global(${value()})`,
    () => `flatten(${value()})`,
    () => `reshape(${value()}, [${extent()}, ${extent()}, ${extent()}])`,
    () => `gather.channels(${value()}, [0, ${pick(['1', '2', 'n', 'width - 1'])}])`,
    () => `split(${value()}, ${pick(['2', 'n'])})[0]`,
    () => `reduce.mean(${value()}, axis: [${pick(['0', '2', 'n'])}], keep: ${pick(['true', 'false'])})`,
    () => `slice(${value()}, [${pick(['0', '1', 'n'])}, 0, 0], [${extent()}, ${extent()}, ${extent()}])`,
    () => `conv.transpose(${value()}, ${extent()}, stride: ${pick(['1', '2', 'n'])})`,
    () => `pad(${value()}, [[${pick(['1', 'n'])}, 0], [0, 2]])`,
    () => `norm.batch(${value()})`,
    () => `conv.depthwise(${value()}, multiplier: ${pick(['1', '2', 'n'])})`,
    () => `crop(${value()}, like: ${value()})`,
    () => `resize(${value()}, to: [${extent()}, ${extent()}])`,
  ]
  const lines: string[] = []
  const count = 2 + below(4)
  for (let i = 0; i < count; i++) {
    const name = `v${i}`
    const kind = below(10)
    if (kind === 0) lines.push(`param ${name}: [${pick([extent(), `${extent()}, ${extent()}`])}] = ones`)
    else if (kind === 1) lines.push(`${name} = ${value()}`, `if flag { ${name} = ${pick(steps)()} }`)
    else if (kind === 2) lines.push(`${name}: [${pick([extent(), `${extent()}, _, ${extent()}`])}] = ${pick(steps)()}`)
    else if (kind === 3) lines.push(`${name} = ${value()}`, `for i in range(n) { ${name} = ${pick(steps)()} }`)
    else lines.push(`${name} = ${pick(steps)()}`)
    values.push(name)
  }
  const result = pick(['', '', ' -> like x', ` -> [_, _, ${extent()}]`, ` -> [H, W, ${extent()}]`, ` -> [${extent()}]`])
  const declared = result.includes('H') && !names.includes('H') ? '' : result
  const shape = (extents: readonly string[]): string => `[${extents.join(', ')}]`
  const text = `block B(x: ${shape(x)}, y: ${shape(y)}, width: int, n: int, flag: bool)${declared} {
  ${lines.join('\n  ')}
  return ${values.at(-1)}
}`
  return { text, maps: { x, y } }
}

/** Models that call the block with maps of small sizes, each its own. */
export function callsOf({ maps }: AnyBlock, seed: number): readonly string[] {
  return Array.from({ length: 5 }, (_, turn) => {
    const size = (name: string): string =>
      /[A-Z]/.test(name) ? String(1 + ((seed + 7919 * turn * name.charCodeAt(0) + name.charCodeAt(0) * (seed % 97)) % 12)) : name
    const [width, n] = [1 + ((seed + turn) % 12), 1 + ((seed >> 3) + 5 * turn) % 6]
    const inputs = Object.entries(maps).map(([name, extents]) => `  input ${name}: [${extents.map(size).join(', ')}]`)
    return `model M {
${inputs.join('\n')}
  output result = B(x, y, ${width}, ${n}, ${turn % 2 === 0})
}`
  })
}
