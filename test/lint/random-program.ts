import fc from 'fast-check'

/** A map that a program has made: its name and its channels; all maps have the size of the input. */
interface Made {
  readonly name: string
  readonly channels: number
}

/** Blocks that programs call: each reads all it takes. */
const blocks = `block Unit(x: [H, W, C], width: int, kernel: size = 3x3) -> [H, W, width] {
  y = x |> conv(width, kernel, padding: same, bias: false)
  return y |> norm.batch |> relu
}
block Both(x: [H, W, C], width: int) -> (narrow: [H, W, width], wide: [H, W, _]) {
  narrow = x |> Unit(width)
  if width > 10 { return narrow, narrow |> Unit(2 * width) }
  return narrow, x |> Unit(2 * width, 5x5)
}
block Residual(x: [H, W, C], unit: block = Unit) -> like x {
  y = x
  for kernel in [3x3, 1x1] { y = y |> unit(C, kernel:) }
  return tanh(x + y)
}
`

/** Well-typed programs of statements of every kind that read each value they make. */
export const anyUsefulProgram: fc.Arbitrary<string> = fc.array(fc.nat(), { minLength: 20, maxLength: 120 }).map(programFrom)

function programFrom(numbers: readonly number[]): string {
  let position = 0
  const below = (n: number): number => (numbers[position++] ?? 0) % n
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const width = (): number => pick([8, 12, 16, 24])

  const lines = ['  input image: [H, W, 3] where H >= 16, W >= 16', '  x = image |> Unit(depth)']
  const made: Made[] = [{ name: 'x', channels: 12 }]
  const unread = new Set(['x'])
  let count = 0

  const read = (): Made => {
    const one = below(2) ? (made.find(({ name }) => unread.has(name)) ?? pick(made)) : pick(made)
    unread.delete(one.name)
    return one
  }
  const make = (channels: number, text: (name: string) => string): void => {
    const name = `v${++count}`
    lines.push(`  ${text(name)}`)
    made.push({ name, channels })
    unread.add(name)
  }
  const replace = ({ name }: Made, channels: number, line: string): void => {
    lines.push(`  ${line}`)
    made.splice(made.findIndex((one) => one.name === name), 1, { name, channels })
    unread.add(name)
  }

  const statements: readonly (() => void)[] = [
    () => {
      const [a, n] = [read(), width()]
      make(
        n,
        (name) =>
          `${name} = ${a.name} |> conv(${n}, ${pick(['1x1', '3x3', '5x5'])}, padding: same, activation: ${pick(['relu', 'tanh'])})`,
      )
    },
    () => {
      const [a, n] = [read(), width()]
      make(n, (name) => `${name}: [_, _, ${n}] = Unit(${a.name}, ${n}${below(2) ? ', kernel: 1x1' : ''})`)
    },
    () => {
      const [a, b] = [read(), read()]
      make(a.channels + b.channels, (name) => `${name} = fuse.concat(${a.name}, ${b.name})`)
    },
    () => {
      const [a, b] = [read(), read()]
      make(a.channels, (name) => `${name} = fuse.add(${a.name}, ${b.name} |> conv(${a.channels}, 1x1, activation: tanh))`)
    },
    () => {
      const [a, n] = [read(), width()]
      replace(a, n, `${a.name} = ${a.name} |> Unit(${n})`)
    },
    () => {
      const a = read()
      replace(a, a.channels, `for _ in range(${1 + below(3)}) { ${a.name} = Residual(${a.name}) }`)
    },
    () => {
      const [a, n] = [read(), width()]
      replace(
        a,
        n,
        `for [width, kernel] in [[16, 1x1], [${n}, 3x3]] {\n    next = ${a.name} |> Unit(width, kernel)\n    ${a.name} = next |> weight.attention(ratio: 2)\n  }`,
      )
    },
    () => {
      const [a, n] = [read(), width()]
      const text = pick([
        (name: string) => `${name}, _ = Both(${a.name}, ${n})`,
        (name: string) => `${name} = Both(${a.name}, ${n}).narrow`,
      ])
      make(n, text)
    },
    () => {
      const a = read()
      make(16, (name) => `${name} = fuse.concat(...[for k in [1, 3]: ${a.name} |> conv(8, k, padding: same, activation: relu)])`)
    },
    () => {
      const [a, shared] = [read(), `f${count + 1}`]
      lines.push(`  layer ${shared} = conv(_, ${a.channels}, 3x3, padding: same, activation: relu)`)
      make(a.channels, (name) => `${name} = ${a.name} |> ${shared} |> ${shared}`)
    },
    () => {
      const [a, scale] = [read(), `w${count + 1}`]
      lines.push(`  param ${scale}: [${a.name}.channels] = ones, within: [0, 1]`)
      make(a.channels, (name) => `${name} = tanh(${a.name}) * ${scale}`)
    },
    () => {
      const a = read()
      const indices = [...new Set([below(a.channels), below(a.channels), below(a.channels)])]
      make(
        indices.length + a.channels,
        (name) => `${name} = fuse.concat(gather.channels(${a.name}, [${indices.join(', ')}]), ${a.name})`,
      )
    },
    () => {
      const a = read()
      lines.push(`  require ${a.name}.channels >= ${a.channels}, "{${a.name}.channels} channels"`)
      unread.add(a.name)
    },
    () => {
      const a = read()
      replace(
        a,
        a.channels,
        `if depth > 10 { ${a.name} = ${a.name} |> tanh |> weight.${pick(['learned', 'efficient', 'spatial'])} } else { ${a.name} = tanh(${a.name}) }`,
      )
    },
    () => {
      const a = read()
      make(
        a.channels,
        (name) =>
          `${name} = ${a.name} |> ${pick(['pool.max(3, stride: 1, padding: same)', 'norm.layer', 'dropout(0.1)', 'pool.avg(2) |> resize(like: image)'])}`,
      )
    },
  ]
  while (position < numbers.length) pick(statements)()
  const last = made.filter(({ name }) => unread.has(name)).map(({ name }) => name)
  lines.push(
    `  output maps = fuse.concat(${[...last, 'image'].join(', ')})`,
    '  output logits = maps |> pool.global |> dense(4, activation: softmax)',
  )
  return `${blocks}model Program(depth: int = 12) {\n${lines.join('\n')}\n}\n`
}
