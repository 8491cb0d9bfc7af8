import { entries } from './entry.ts'

/** Conditions of the text that do not hold. */
export const claimEntries = entries({
  'require/failed': {
    severity: 'error',
    message: '{message}',
    help: `The author of the block requires this of its callers. The call is at fault, or the requirement too strict; the labels show where
the numbers were decided.`,
    bad: `block Squeeze(x: [H, W, C], ratio: int) -> [C] {
  require C >= ratio, "cannot squeeze {C} channels by {ratio}"
  return pool.global(x)
}
model M {
  input x: [8, 8, 3]
  output y = x |> Squeeze(16)
}`,
    good: `block Squeeze(x: [H, W, C], ratio: int) -> [C] {
  require C >= ratio, "cannot squeeze {C} channels by {ratio}"
  return pool.global(x)
}
model M {
  input x: [8, 8, 3]
  output y = x |> Squeeze(3)
}`,
  },
  'where/refuted': {
    severity: 'error',
    message: `\`{claim}\` does not hold: {input} is {found}`,
    help: `The condition is false for what the input is: for a constant extent, or for the map a callable model was given.`,
    bad: `model M {
  input x: [30, 30, 3] where 30 % 4 == 0
  output y = x |> conv(4)
}`,
    good: `model M {
  input x: [32, 32, 3] where 32 % 4 == 0
  output y = x |> conv(4)
}`,
  },
  'where/contradiction': {
    severity: 'error',
    message: `no {extent} satisfies every \`where\``,
    help: `The conditions on this extent exclude each other, so that no input would fit.`,
    bad: `model M {
  input x: [H, W, 3] where H % 4 == 0, H % 2 == 1
  output y = x |> conv(4)
}`,
    good: `model M {
  input x: [H, W, 3] where H % 4 == 0, W % 2 == 1
  output y = x |> conv(4)
}`,
  },
})
