/** What is wrong with a text as text: it does not follow the grammar. */
export interface SyntaxProblem {
  readonly kind: 'character' | 'unexpected' | 'number' | 'unclosed-text' | 'too-deep'
  readonly found: string
  readonly expected: string
  /** The signs and keywords that are expected, as they are written. */
  readonly missing?: readonly string[]
  /** Offsets into the text. */
  readonly start: number
  readonly end: number
  /** It is shown at the end of what stands before, where something is missing. */
  readonly isBehind?: true
  /** What to write instead, where the text looks like a habit from another language. */
  readonly hint?: string | undefined
  /** The text that belongs in the place of the problem, where it is certain. */
  readonly replacement?: string | undefined
  /** It is the sign of a power in other languages. */
  readonly isPower?: true | undefined
  /** The offset of a comment that took a bracket with it that is missing. */
  readonly swallowing?: number | undefined
  /** Where else the same sign stands. */
  readonly places?: readonly { readonly start: number; readonly end: number }[]
  /** What to write in several places, where that is certain. */
  readonly edits?: readonly { readonly start: number; readonly end: number; readonly text: string }[]
  /** The offset of a bracket that is not closed before the problem. */
  readonly opened?: number | undefined
}
