import type { Span } from '../text/source.ts'
import { Path } from './path.ts'

/** Where in the structure of the graph a statement is elaborated. */
export interface Site {
  /** The scope, by its id, and its path. */
  readonly scope: number
  readonly path: readonly string[]
  /** The turns of the loops around the statement within its body, outermost first. */
  readonly turns: readonly number[]
  readonly statement: Span
}

/** The paths of a statement: those of the body, then the assigned name, then the turns of its loops. */
export const statementPath = ({ scope, path, turns }: Site, part: string, isOutput = false): Path =>
  new Path({ scope, path, behind: [] }, part, turns.map(String), isOutput)
