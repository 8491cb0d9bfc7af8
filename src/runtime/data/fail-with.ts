import { Failure, type Problem } from '../failure/failure.ts'

/** Throws what was found, which must be at least one problem. */
export function failWith(problems: readonly Problem[]): never {
  const [first, ...rest] = problems
  if (!first) throw new Error('there is no problem to report')
  throw new Failure([first, ...rest])
}
