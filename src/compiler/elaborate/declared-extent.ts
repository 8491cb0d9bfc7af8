import type { InputStatement } from '../syntax/ast.ts'
import type { Knowledge } from '../dim/variable.ts'
import type { Span } from '../text/source.ts'

/** A symbolic extent of the model's inputs, and the text that a `where` says of it. */
export interface DeclaredExtent {
  readonly name: string
  /** All names it has: `H == W` makes one extent of two. */
  readonly names: ReadonlySet<string>
  readonly statement: InputStatement
  readonly conditions: readonly SaidOfExtent[]
}

interface SaidOfExtent {
  readonly span: Span
  readonly knowledge: Knowledge
}
