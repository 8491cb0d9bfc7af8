/** Models of about `n` nodes, each written in another way: what is slow in one of them need not be in the others. */
export const generated: Readonly<Record<string, (n: number) => string>> = {
  'one long pipe': (n) => model(`  output y = image${' |> tanh |> sigmoid'.repeat(n / 2)}`),
  'one statement each': (n) =>
    model(
      `${Array.from({ length: n }, (_, i) => `  x${i + 1} = ${i % 2 === 0 ? 'tanh' : 'sigmoid'}(${i === 0 ? 'image' : `x${i}`})`).join('\n')}\n  output y = x${n}`,
    ),
  'one name assigned again': (n) => model(`  x = image\n${'  x = x + image\n'.repeat(n)}  output y = x`),
  'a finding at each node': (n) => model(`  output y = image${' |> relu'.repeat(n)}`),
  // for each call conv2d, add, batch_norm, relu and six weights
  'calls of a block': (n) => unit + model(`  x = image\n${'  x = Unit(x, 8)\n'.repeat(n / 10)}  output y = x`),
  'a block in a loop': (n) => unit + model(`  x = image\n  for i in range(${n / 10}) { x = Unit(x, 8) }\n  output y = x`),
  'maps of any size': (n) =>
    (unit + model(`  x = image\n  for i in range(${n / 10}) { x = Unit(x, 8) }\n  output y = x`)).replace(
      '[8, 8, 8]',
      '[H, W, 8]',
    ),
  // for each turn four relu and three add
  'branches that are joined': (n) =>
    model(
      `  x = image\n  for i in range(${Math.round(n / 7)}) { x = fuse.add(...[for k in range(4): relu(x)]) }\n  output y = x`,
    ),
}

const model = (body: string): string => `model Generated {\n  input image: [8, 8, 8]\n${body}\n}\n`

const unit = `block Unit(x: [H, W, C], filters: int) -> [_, _, filters] {
  return x |> conv(filters, 3x3, padding: same) |> norm.batch |> relu
}
`
