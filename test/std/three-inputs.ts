/** Three inputs of one shape: maps, of sizes that are known only then too, and vectors. */
export const threeInputs = (
  [
    [[3, 4, 2], '[3, 4, 2]'],
    [[2, 5, 3], '[H, W, C]'],
    [[6], '[6]'],
  ] as const
).map(([shape, declared]) => ({ inputs: { a: shape, b: shape, c: shape }, declared: { a: declared, b: declared, c: declared } }))
