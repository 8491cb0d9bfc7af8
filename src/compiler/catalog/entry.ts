export type Severity = 'error' | 'warning'

/**
 * What can be said, once. `message` is one sentence with the facts in braces; `help` is the page of `fmw explain`;
 * `bad` is a file that gives exactly this code, `good` the same file mended: both are tests.
 */
export interface Entry {
  readonly severity: Severity
  readonly message: string
  readonly help: string
  readonly bad: string
  readonly good: string
}

type Slots<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}` ? Slot | Slots<Rest> : never

/** The facts a message needs, read off its braces. */
export type FactsIn<E extends Entry> = { readonly [K in Slots<E['message']>]: string }

export const entries = <const T extends Readonly<Record<string, Entry>>>(table: T): T => table
