import * as assert from 'uvu/assert'

/** Fails unless two lists are equal within a tolerance, relative to values above 1. */
export function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.is(actual.length, expected.length, `${what}: how many`)
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!))
    assert.ok(difference <= tolerance, `${what}, element ${i}: ${actual[i]} where ${expected[i]} is expected`)
  }
}
