import type { SyntaxProblem } from '../../grammar/index.ts'
import type { Edit, Fix } from './diagnostics.ts'
import type { Source } from './source.ts'

/** What may make a text readable, the likeliest first. Whether it does is found out by trying. */
export function syntaxFixes(problem: SyntaxProblem, source: Source): readonly Fix[] {
  const { replacement, hint, start, end, places = [] } = problem
  const at = [{ start, end }, ...places]
  if (replacement !== undefined) {
    return [{ title: hint ?? `write ${replacement}`, edits: at.map((place) => edit(source, place.start, place.end, replacement)) }]
  }
  const fixes = [...ofSign(problem, at, source), ...ofHabit(problem, source), ...ofMissing(problem, source)]
  return [...new Map(fixes.map((fix) => [fix.title, fix])).values()]
}

const edit = (source: Source, start: number, end: number, text: string): Edit => ({ span: { source, start, end }, text })

interface Place {
  readonly start: number
  readonly end: number
}

/** Comments and quotes of other languages. */
function ofSign({ kind, found }: SyntaxProblem, places: readonly Place[], source: Source): readonly Fix[] {
  if (kind !== 'character') return []
  if (found === '#') return [{ title: 'write //', edits: places.map(({ start }) => edit(source, start, start + 1, '//')) }]
  if (!/^['“”].*['“”]$/.test(found)) return []
  const bare = (place: Place): string => source.text.slice(place.start + 1, place.end - 1)
  const words = places.every((place) => /^[a-z]\w*$/.test(bare(place)))
  return [
    ...(words ? [{ title: `write ${bare(places[0]!)}`, edits: places.map((place) => edit(source, place.start, place.end, bare(place))) }] : []),
    { title: `write "${bare(places[0]!)}"`, edits: places.map((place) => edit(source, place.start, place.end, `"${bare(place)}"`)) },
  ]
}

/** What is written in another order or with other brackets elsewhere, where it stands on one line. */
function ofHabit({ kind, start }: SyntaxProblem, source: Source): readonly Fix[] {
  if (kind !== 'unexpected') return []
  const { text } = source
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const [line = ''] = text.slice(lineStart).split(/\r?\n/, 1)
  if (line.length > longestLine) return []
  return rewritings.flatMap(([pattern, written]) =>
    [...line.matchAll(pattern)]
      .filter(({ index }) => lineStart + index <= start && start <= lineStart + line.length)
      .map((found) => {
        const now = written(found)
        const from = lineStart + found.index
        return { title: `write ${now.trim()}`, edits: [edit(source, from, from + found[0].length, now)] }
      }),
  )
}

/** Nobody wrote a longer one, and the patterns take the square of its length. */
const longestLine = 1000

const rewritings: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/(?<=\binput\s+\w+\s*:\s*)\(([^()]*)\)/g, ([, items]) => `[${items}]`],
  [/(?<=[(,:]\s*)\((\s*\d+\s*(?:,\s*\d+\s*)+)\)/g, ([, items]) => `[${items!.trim()}]`],
  [/\{\s*(\w+\s*:[^{}]*?)\s*\}/g, ([, items]) => items!],
  [/\/\*\s*(.*?)\s*\*\/(?=\s*$)/g, ([, comment]) => `// ${comment}`],
  [/(?<=\boutput\s+\w+)\s*:\s*(?=[A-Za-z])/g, () => ' = '],
  [/\b(\w+)\s*([-+*/])=\s*([\w.]+|\w+\([^()]*\))(?=\s*(?:\/\/.*)?$)/g, ([, name, sign, value]) => `${name} = ${name} ${sign} ${value}`],
  [/\bfrom\s+("[^"]*")\s+import\s+(\w+(?:\s*,\s*\w+)*)/g, ([, file, names]) => `import { ${names} } from ${file}`],
  [/(?<![\w.])(\d+)\.(?![\d.\w])/g, ([, digits]) => `${digits}.0`],
  [/(?<=\[)([^[\]]*?)\s+for\s+(\w+)\s+in\s+([^[\]]*|\[[^[\]]*\]|\w+\([^()]*\))(?=\])/g, ([, value, name, list]) => `for ${name} in ${list}: ${value}`],
]

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
