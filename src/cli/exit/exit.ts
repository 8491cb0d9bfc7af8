/** Exit codes that scripts depend on. */
export const exitCodes = { fine: 0, modelErrors: 1, usage: 2, bug: 3 } as const

/** Ends a command with a code after everything has been said. */
export class Exit extends Error {
  readonly code: number

  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

/** Wrong usage or an unreadable file: one line on stderr and exit code 2. */
export class UsageError extends Error {}
