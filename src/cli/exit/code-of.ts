import { CommanderError } from 'commander'
import { version } from '../version.ts'
import { Exit, exitCodes, UsageError } from './exit.ts'
import { isRefusedAllocation } from './refused-allocation.ts'

/** The exit code for what ended a command, after it was said in words on stderr. */
export function codeOf(error: unknown): number {
  if (error instanceof Exit) return error.code
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage
  if (error instanceof UsageError) {
    process.stderr.write(`fmw: ${error.message}\n`)
    return exitCodes.usage
  }
  const problems = problemsOf(error)
  if (problems) {
    const counts = new Map<string, number>()
    for (const { code, message, file, notes } of problems) {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (count > mostOfOne) continue
      process.stderr.write(`error[${code}]: ${file === undefined ? '' : `${file}: `}${message}\n`)
      for (const note of notes ?? []) process.stderr.write(`  = ${note}\n`)
    }
    for (const [code, count] of counts)
      if (count > mostOfOne) process.stderr.write(`error[${code}]: and ${count - mostOfOne} more of these\n`)
    process.stderr.write(`  = fmw explain ${problems[0]?.code}\n`)
    return problems.every(({ code }) => usageProblems.has(code)) ? exitCodes.usage : exitCodes.modelErrors
  }
  if (isRefusedAllocation(error)) {
    process.stderr.write(`fmw: this takes more memory than there is here (${error.message})\n`)
    return exitCodes.modelErrors
  }
  process.stderr.write(
    `fmw ${version} has a bug; please report it with the file and command that caused it:\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return exitCodes.bug
}

/** What is wrong in one way is said so often: more would push the rest off the screen. */
const mostOfOne = 10

/** Nothing is wrong with the model: a file named on the command line does not open, or an option says what cannot be. */
const usageProblems: ReadonlySet<string> = new Set([
  'input/unreadable',
  'output/unwritable',
  'data/folder',
  'data/augment',
  'data/normalize',
  'checkpoint/settings',
])

interface ProblemLike {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly notes?: readonly string[]
}

/** The problems of a Failure, recognised by shape: its class belongs to the run-time part, which `check` never loads. */
const problemsOf = (error: unknown): readonly ProblemLike[] | undefined =>
  error instanceof Error && error.name === 'Failure' && 'problems' in error
    ? (error.problems as readonly ProblemLike[])
    : undefined
