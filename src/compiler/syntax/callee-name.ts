import type { Expr } from './ast.ts'

/** The op that an expression names or calls, as it is written: `conv`, `fuse.concat`; undefined for anything else. */
export function calleeName(expr: Expr | undefined): string | undefined {
  switch (expr?.kind) {
    case 'call':
      return calleeName(expr.callee)
    case 'name':
      return expr.name
    case 'member':
      return expr.of.kind === 'name' ? `${expr.of.name}.${expr.member.name}` : undefined
    default:
      return undefined
  }
}
