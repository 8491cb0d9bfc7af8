import type { SyntaxProblem } from '../../../../grammar/index.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { declarationFixes } from './declaration-fixes.ts'
import { lambdaFixes } from './lambda-fixes.ts'
import { latinName } from './latin-name.ts'
import { lineRewritings } from './line-rewritings.ts'
import { missingSigns } from './missing-signs.ts'
import { namelessFixes } from './nameless-fixes.ts'
import { powerFixes } from './power-fixes.ts'
import { declarationKeywords } from '../../../../grammar/tokens.ts'
import { positionOf, type Source } from '../../text/source.ts'
import { dedentedPlaces } from './dedented-places.ts'
import { unopenedFixes } from './unopened.ts'
import { quotientFixes } from './quotient-fixes.ts'
import type { Tokens } from './token-line.ts'
import { placesToClose } from './places-to-close.ts'
import { typeFixes } from './type-fixes.ts'

/** What may make a text readable, the likeliest first. Whether it does is found out by trying. */
export function syntaxFixes(problem: SyntaxProblem, tokens: Tokens): readonly Fix[] {
  const { source } = tokens
  const { kind, replacement, hint, start, end, places = [], edits } = problem
  const at = [{ start, end }, ...places]
  if (replacement === '' && opened.has(problem.found)) return unopenedFixes(problem, tokens)
  if (replacement !== undefined) {
    return [
      {
        title: hint ?? `write ${replacement}`,
        safety: 'safe',
        edits: at.map((place) => edit(source, place.start, place.end, replacement)),
        ...(kind === 'number' && { isSaid: true as const }),
      },
    ]
  }
  if (edits) {
    const written = edits.map((one) => edit(source, one.start, one.end, one.text))
    return [hint === undefined ? { title: 'write it so', safety: 'safe', edits: written } : { title: hint, safety: 'safe', edits: written, isSaid: true }]
  }
  const fixes = [...ofSign(problem, at, tokens), ...ofHabit(problem, at, tokens), ...ofMissing(problem, tokens)]
  return [...new Map(fixes.map((fix) => [fix.edits.map(({ span, text }) => `${span.start} ${span.end} ${text}`).join(), fix])).values()]
}

const edit = (source: Source, start: number, end: number, text: string): Edit => ({ span: { source, start, end }, text })

interface Place {
  readonly start: number
  readonly end: number
}

/** What is written with other signs, in another order or without a name elsewhere. */
function ofHabit(problem: SyntaxProblem, places: readonly Place[], tokens: Tokens): readonly Fix[] {
  const { kind, start, isPower } = problem
  if (kind === 'character') return isPower ? powerFixes(places, tokens) : []
  if (kind !== 'unexpected') return []
  return [
    ...(isPower ? powerFixes(places, tokens) : []),
    ...missingSigns(start, tokens),
    ...declarationFixes(start, tokens),
    ...lambdaFixes(start, tokens),
    ...quotientFixes(problem, tokens),
    ...lineRewritings(start, tokens),
    ...namelessFixes(start, tokens),
    ...typeFixes(start, tokens),
  ]
}

/** Comments, quotes and letters of other languages. */
function ofSign({ kind, found, end }: SyntaxProblem, places: readonly Place[], { source, tokens }: Tokens): readonly Fix[] {
  if (kind === 'unclosed-text') return [{ title: 'close the text', safety: 'safe', edits: [edit(source, end, end, '"')] }]
  if (kind !== 'character') return []
  if (found === '#') return [{ title: 'write //', safety: 'safe', edits: places.map(({ start }) => edit(source, start, start + 1, '//')) }]
  const latin = latinName(found)
  if (latin !== undefined && !tokens.some(({ image }) => image === latin)) {
    return [{ title: `write ${latin}`, safety: 'safe', edits: places.map((place) => edit(source, place.start, place.end, latin)) }]
  }
  if (!/^['“”].*['“”]$/.test(found)) return []
  const bare = (place: Place): string => source.text.slice(place.start + 1, place.end - 1)
  const words = places.every((place) => /^[a-z]\w*$/.test(bare(place)))
  return [
    ...(words
      ? [{ title: `write ${bare(places[0]!)}`, safety: 'safe' as const, edits: places.map((place) => edit(source, place.start, place.end, bare(place))) }]
      : []),
    {
      title: `write "${bare(places[0]!)}"`,
      safety: 'safe' as const,
      edits: places.map((place) => edit(source, place.start, place.end, `"${bare(place)}"`)),
    },
  ]
}

/** One sign that is missing: a comma, a bracket that closes, what the rule wants next. A bracket may be missing further before. */
function ofMissing(problem: SyntaxProblem, all: Tokens): readonly Fix[] {
  const { kind, missing = [], isBehind, swallowing, start, end } = problem
  const { source } = all
  // a bracket that closes in a comment was not meant to stand in one: `conv(a // b)`
  if (kind !== 'unexpected' || swallowing !== undefined) return []
  const { text } = source
  const at = isBehind ? Math.min(end, text.trimEnd().length) : text.slice(0, start).trimEnd().length
  const signs = missing.filter((sign) => !declaring.has(sign))
  return signs.flatMap((sign) => {
    const inserted = sign === '}' ? '\n}' : close.has(sign) ? sign : ` ${sign}`
    const apart = !isBehind && at === start ? ' ' : ''
    const dedented = sign === '}' ? dedentedPlaces(at, all) : []
    if (dedented.length > 0) return [bracesByIndentation(dedented, source)]
    const earlier = placesToClose(sign, isBehind ? end : start, all).map((place) => ({ place, written: sign }))
    return [{ place: at, written: inserted + apart }, ...earlier.filter(({ place }) => place !== at)].map(
      ({ place, written }): Fix => ({
        title: place === at ? `write the missing ${sign}` : `write the missing ${sign} behind ${wordBefore(place, text)}`,
        safety: 'safe',
        edits: [edit(source, place, place, written)],
      }),
    )
  })
}

function bracesByIndentation(places: ReturnType<typeof dedentedPlaces>, source: Source): Fix {
  const lines = places.map(({ place }) => positionOf(source, place).line)
  return {
    title: `write the missing } behind line ${lines.join(' and ')}, where a body ends by its indentation`,
    safety: 'safe',
    edits: places.map(({ place, written }) => edit(source, place, place, written)),
  }
}

/** Brackets that are found where none is open. */
const opened = new Set(['`)`', '`]`'])

/** What begins a declaration was not forgotten where something else stands. */
const declaring = new Set(declarationKeywords.map(({ PATTERN }) => PATTERN))

/** What a place stands behind: a word, a sign, or a call in as many characters as are enough to know it. */
const wordBefore = (place: number, text: string): string => {
  const line = text.slice(text.lastIndexOf('\n', place - 1) + 1, place)
  return /[\w.]+$/.exec(line)?.[0] ?? /[\w.]*\([^()]*\)$/.exec(line)?.[0] ?? /\S{1,12}$/.exec(line)?.[0] ?? ''
}

/** What stands close to what is before it. */
const close = new Set([',', ')', ']', ':'])
