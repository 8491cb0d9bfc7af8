import type { PatternCstNode } from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { spanOf, tokenOf, type Reading } from './cst-parts.ts'

export function patternOf(cst: PatternCstNode | undefined, reading: Reading): ast.Pattern {
  const span = spanOf(cst, reading)
  const name = tokenOf(cst?.children.Name)
  if (name) return { kind: 'name', name: name.image, span }
  const items = cst?.children.pattern ?? []
  return items.length > 0 ? { kind: 'list', items: items.map((item) => patternOf(item, reading)), span } : { kind: 'discard', span }
}

/** The first name that patterns assign. */
export function firstName(patterns: readonly ast.Pattern[]): string | undefined {
  for (const one of patterns) {
    const name = one.kind === 'name' ? one.name : one.kind === 'list' ? firstName(one.items) : undefined
    if (name !== undefined) return name
  }
  return undefined
}
