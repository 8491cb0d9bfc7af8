/** Something about the tensors given to a model that does not fit it. */
export interface Mismatch {
  /** The input or the weight, or the symbolic extent. */
  readonly subject: string
  /** One sentence that names it, with what is wanted and what was given. */
  readonly message: string
}

/** Thrown before anything is computed, with everything that does not fit. */
export class MismatchError extends Error {
  readonly mismatches: readonly Mismatch[]

  constructor(mismatches: readonly Mismatch[]) {
    super(mismatches.map(({ message }) => message).join('\n'))
    this.name = 'MismatchError'
    this.mismatches = mismatches
  }
}
