import { problems, type ProblemCode, type ProblemFacts } from './problems.ts'

/** One mistake in something a run reads or writes. */
export interface Problem {
  readonly code: ProblemCode
  readonly message: string
  /** The file it is about, as the user wrote it. */
  readonly file?: string
  readonly notes?: readonly string[]
}

/** A problem in the words of the table, with the facts put in. */
export function problem<C extends ProblemCode>(
  code: C,
  facts: ProblemFacts<C>,
  about: { readonly file?: string; readonly notes?: readonly string[] } = {},
): Problem {
  const values: Readonly<Record<string, string>> = facts
  return {
    code,
    message: problems[code].message.replace(/\{(\w+)\}/g, (_, slot: string) => values[slot] ?? `{${slot}}`),
    ...about,
  }
}

/** How input and output report a user's mistakes: everything that is wrong with a file at once. */
export class Failure extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly [Problem, ...Problem[]], options?: ErrorOptions) {
    super(problems.map(({ message, file }) => (file === undefined ? message : `${file}: ${message}`)).join('\n'), options)
    this.name = 'Failure'
    this.problems = problems
  }
}

/** Throws a Failure when there is anything to report. */
export function failIfAny(found: readonly Problem[]): void {
  const [first, ...rest] = found
  if (first) throw new Failure([first, ...rest])
}
