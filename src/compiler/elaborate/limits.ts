/** What an elaboration may use before it is stopped with a diagnostic that names the bound. */
export const limits = {
  /** Operations, weights, inputs and constants of one graph. */
  nodes: 250_000,
  /** Turns of loops and comprehensions, calls, and elements of `range`, of one elaboration together. */
  steps: 1_000_000,
  /** The same of a block that is checked where it stands; one that takes more is left to its callers. */
  standingSteps: 3_000,
  /** Blocks, models and functions inside one another. */
  depth: 100,
  /** Elements of one weight or extent of one axis: what TensorFlow.js can address. */
  elements: 2 ** 31 - 1,
} as const
