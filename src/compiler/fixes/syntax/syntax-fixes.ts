import type { SyntaxProblem } from '../../../../grammar/index.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { lambdaFixes } from './lambda-fixes.ts'
import { latinName } from './latin-name.ts'
import { lineRewritings } from './line-rewritings.ts'
import { namelessFixes } from './nameless-fixes.ts'
import { powerFixes } from './power-fixes.ts'
import type { Source } from '../../text/source.ts'
import { typeFixes } from './type-fixes.ts'

/** What may make a text readable, the likeliest first. Whether it does is found out by trying. */
export function syntaxFixes(problem: SyntaxProblem, source: Source): readonly Fix[] {
  const { replacement, hint, start, end, places = [], edits } = problem
  const at = [{ start, end }, ...places]
  if (replacement !== undefined) {
    return [
      { title: hint ?? `write ${replacement}`, edits: at.map((place) => edit(source, place.start, place.end, replacement)) },
    ]
  }
  if (edits) return [{ title: hint ?? 'write it so', edits: edits.map((one) => edit(source, one.start, one.end, one.text)) }]
  const fixes = [...ofSign(problem, at, source), ...ofHabit(problem, at, source), ...ofMissing(problem, source)]
  return [...new Map(fixes.map((fix) => [fix.title, fix])).values()]
}

const edit = (source: Source, start: number, end: number, text: string): Edit => ({ span: { source, start, end }, text })

interface Place {
  readonly start: number
  readonly end: number
}

/** What is written with other signs, in another order or without a name elsewhere. */
function ofHabit({ kind, start, found }: SyntaxProblem, places: readonly Place[], source: Source): readonly Fix[] {
  if (kind === 'character') return found === '^' ? powerFixes(places, source) : []
  if (kind !== 'unexpected') return []
  return [
    ...(found === '`**`' ? powerFixes(places, source) : []),
    ...lambdaFixes(start, source),
    ...lineRewritings(start, source),
    ...namelessFixes(start, source),
    ...typeFixes(start, source),
  ]
}

/** Comments, quotes and letters of other languages. */
function ofSign({ kind, found, end }: SyntaxProblem, places: readonly Place[], source: Source): readonly Fix[] {
  if (kind === 'unclosed-text') return [{ title: 'close the text', edits: [edit(source, end, end, '"')] }]
  if (kind !== 'character') return []
  if (found === '#') return [{ title: 'write //', edits: places.map(({ start }) => edit(source, start, start + 1, '//')) }]
  const latin = latinName(found)
  if (latin !== undefined && !new RegExp(`\\b${latin}\\b`).test(source.text)) {
    return [{ title: `write ${latin}`, edits: places.map((place) => edit(source, place.start, place.end, latin)) }]
  }
  if (!/^['“”].*['“”]$/.test(found)) return []
  const bare = (place: Place): string => source.text.slice(place.start + 1, place.end - 1)
  const words = places.every((place) => /^[a-z]\w*$/.test(bare(place)))
  return [
    ...(words
      ? [{ title: `write ${bare(places[0]!)}`, edits: places.map((place) => edit(source, place.start, place.end, bare(place))) }]
      : []),
    {
      title: `write "${bare(places[0]!)}"`,
      edits: places.map((place) => edit(source, place.start, place.end, `"${bare(place)}"`)),
    },
  ]
}

/** One sign that is missing: a comma, a bracket that closes, what the rule wants next. */
function ofMissing({ kind, found, expected, start, end }: SyntaxProblem, source: Source): readonly Fix[] {
  if (kind !== 'unexpected') return []
  const { text } = source
  const here = found.startsWith('`') && text.startsWith(found.slice(1, -1), start)
  const at = here ? text.slice(0, start).trimEnd().length : Math.min(end, text.trimEnd().length)
  // a bracket that closes in a comment was not meant to stand in one: `conv(a // b)`
  if (/^[^\n]*\/\/[^(\n]*\)/.test(text.slice(at))) return []
  return [...expected.matchAll(/`([^`]+)`/g)].map(([, sign]) => {
    const inserted = sign === '}' ? '\n}' : /^[,)\]:]$/.test(sign!) ? sign! : ` ${sign}`
    const apart = here && at === start ? ' ' : ''
    return { title: `write the missing ${sign}`, edits: [edit(source, at, at, inserted + apart)] }
  })
}
