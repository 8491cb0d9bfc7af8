import type { Fix } from '../diagnostics/diagnostics.ts'
import { writing } from '../fixes/writing.ts'
import { textOf } from '../text/source.ts'
import type { OpName } from '../library/names.ts'
import type { Remedy } from './remedy.ts'
import type { Causes } from '../elaborate/context.ts'

const gather: OpName = 'gather.channels'

/** What is meant by `x[0]` of what is no list: a channel of a map, one of several results by its name. */
export const partMeant: Remedy<'not-indexable'> = (cause) => ({
  notes: cause.value.kind === 'tensor' ? [`to take channels of a map, use ${gather}(x, [0, 2])`] : [],
  fixes: fixesOf(cause),
})

function fixesOf({ value, expr: { of, index, span } }: Causes['not-indexable']): readonly Fix[] {
  if (span.source.library || index.kind !== 'number') return []
  if (value.kind === 'tensor') return [writing(`${gather}(${textOf(of.span)}, [${textOf(index.span)}])`, span)]
  const name = value.kind === 'results' ? value.names[index.value] : undefined
  return name === undefined ? [] : [writing(`.${name}`, { ...span, start: of.span.end })]
}
