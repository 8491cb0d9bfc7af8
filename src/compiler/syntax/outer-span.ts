import type { Span } from '../text/source.ts'
import type { Expr } from './ast.ts'

/** Where an expression stands with all parentheses around it. */
export const outerSpan = ({ span, outer }: Expr): Span => outer ?? span
