import { CommanderError } from 'commander'
import { complain, linesOf } from '../terminal/terminal.ts'
import { version } from '../version.ts'
import { Exit, exitCodes, UsageError } from './exit.ts'
import { isRefusedAllocation } from './refused-allocation.ts'

/** The exit code for what ended a command, after it was said in words on stderr. */
export function codeOf(error: unknown): number {
  if (error instanceof Exit) return error.code
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage
  if (error instanceof UsageError) {
    complain(`fmw: ${error.message}`)
    return exitCodes.usage
  }
  const problems = problemsOf(error)
  if (problems) {
    for (const text of screenful(problems)) complain(text)
    return problems.every(({ code }) => usageProblems.has(code)) ? exitCodes.usage : exitCodes.modelErrors
  }
  if (isRefusedAllocation(error)) {
    complain(`fmw: this takes more memory than there is here (${error.message})`)
    return exitCodes.modelErrors
  }
  complain(`fmw ${version} has a bug; please report it with the file and command that caused it:`)
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return exitCodes.bug
}

/** What is wrong in one way is said a few times, so that none pushes the others off the screen. */
function screenful(problems: readonly ProblemLike[]): readonly string[] {
  const left = new Map(problems.map(({ code }) => [code, { lines: 0, count: 0, hidden: 0 }]))
  const lines = mostLines / left.size
  const shown = problems.flatMap((each) => {
    const text = problemText(each)
    const of = left.get(each.code)!
    of.lines += linesOf(text)
    if (of.count > 0 && (of.lines > lines || of.count === mostOfOne)) of.hidden++
    else of.count++
    return of.hidden > 0 ? [] : [text]
  })
  const more = [...left].flatMap(([code, { hidden }]) => (hidden > 0 ? [`error[${code}]: and ${hidden} more of these`] : []))
  return [...shown, ...more, `  = fmw explain ${problems[0]!.code}`]
}

const problemText = ({ code, message, file, notes = [] }: ProblemLike): string =>
  [`error[${code}]: ${file === undefined ? '' : `${file}: `}${message}`, ...notes.map((note) => `  = ${note}`)].join('\n')

/** What a small terminal shows at once, but for the last lines. */
const mostLines = 20

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
