import type { Expr } from '../syntax/ast.ts'
import type { Extent } from '../graph/graph.ts'

/** An axis of an argument whose extent is not what the parameter's shape says. */
export interface Misfit {
  readonly axis: number
  readonly written: Expr
  readonly wanted: Extent
  /** What gave the name its extent that is written there. */
  readonly bound: { readonly argument: string; readonly axis: number; readonly rank: number } | undefined
}
