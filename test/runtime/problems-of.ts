import * as assert from 'uvu/assert'
import { Failure, type Problem } from '../../src/runtime/failure/failure.ts'

/** The problems of the Failure that a function must throw. */
export async function problemsOf(run: () => unknown): Promise<readonly Problem[]> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Failure) return error.problems
    throw error
  }
  assert.unreachable('nothing was reported')
  return []
}

/** `code: message` of each of them. */
export const reported = async (run: () => unknown): Promise<readonly string[]> =>
  (await problemsOf(run)).map(({ code, message }) => `${code}: ${message}`)
