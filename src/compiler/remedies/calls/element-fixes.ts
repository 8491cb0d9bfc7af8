import type { Expr } from '../../syntax/ast.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { textOf } from '../../text/source.ts'
import type { Value } from '../../elaborate/value.ts'
import { writing } from '../../fixes/writing.ts'

/** What is meant by `x[0]` of what is no list: a channel of a map, one of several results by its name. */
export function elementFixes(of: Value, { of: written, index, span }: Expr & { readonly kind: 'index' }): readonly Fix[] {
  if (span.source.library || index.kind !== 'number') return []
  if (of.kind === 'tensor') return [writing(`gather.channels(${textOf(written.span)}, [${textOf(index.span)}])`, span)]
  const name = of.kind === 'results' ? of.names[index.value] : undefined
  return name === undefined ? [] : [writing(`.${name}`, { ...span, start: written.span.end })]
}
