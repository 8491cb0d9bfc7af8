import type { Fix } from '../diagnostics/diagnostics.ts'
import { printDim } from '../dim/print.ts'
import type { Context } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import { textOf, type Span } from '../text/source.ts'
import type { Remedy } from './remedy.ts'

/** What is spread is one map, which needs no dots, or stands for the only list of maps there is; what is counted to is a range. */
export const listMeant: Remedy<'not-a-list'> = ({ value, written, use }, ctx) => {
  if (use === 'for') {
    return value.kind === 'int'
      ? {
          notes: [`to count, write range(${printDim(value.dim)})`],
          fixes: [{ ...writing(`range(${textOf(written)})`, written, 'safe'), isSaid: true }],
        }
      : {}
  }
  if (value.kind === 'tensor') return { notes: ['one map is passed without the dots'], fixes: withoutDots(written) }
  return { fixes: listsOfMaps(ctx).map((name) => ({ title: `spread ${name}`, safety: 'unsafe', edits: [{ span: written, text: name }] })) }
}

/** The list that holds maps, where there is one. */
function listsOfMaps(ctx: Context): readonly string[] {
  const lists = ctx.scope.all().filter((name) => {
    const value = ctx.scope.get(name)
    return value?.kind === 'list' && value.items.length > 0 && value.items.every((item) => item.kind === 'tensor')
  })
  return lists.length === 1 ? lists : []
}

function withoutDots({ source, start, end }: Span): readonly Fix[] {
  // of `...maps[1]` the colon of `maps[1:]` may be missing
  const isIndexed = source.text[end - 1] === ']'
  const dots = /\.\.\.\s*$/.exec(source.text.slice(0, start))
  return dots
    ? [{ title: 'leave out the dots', safety: isIndexed ? 'unsafe' : 'safe', edits: [{ span: { source, start: start - dots[0].length, end: start }, text: '' }] }]
    : []
}
