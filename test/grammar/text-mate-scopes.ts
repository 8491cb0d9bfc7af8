import { textMateGrammar, type Pattern } from '../../scripts/generate/text-mate-grammar.ts'

const { patterns: top, repository } = textMateGrammar()

/** The alternatives of a list of patterns, with what it includes put in its place. */
const alternatives = (patterns: readonly Pattern[]): readonly Pattern[] =>
  patterns.flatMap((pattern) =>
    pattern.include === undefined ? [pattern] : alternatives(repository[pattern.include.slice(1)]?.patterns ?? []),
  )

/** Every pattern of the grammar, each once, also those inside others. */
export function everyPattern(): readonly Pattern[] {
  const inside = (patterns: readonly Pattern[]): readonly Pattern[] =>
    patterns.flatMap((pattern) => [pattern, ...inside(pattern.patterns ?? [])])
  return inside([...top, ...Object.values(repository).flatMap((entry) => entry.patterns)])
}

interface Open {
  readonly rule: Pattern
  readonly inside: readonly Pattern[]
}

interface Found {
  readonly match: RegExpExecArray
  /** Undefined where the open region ends. */
  readonly pattern: Pattern | undefined
}

/**
 * The scopes an editor gives to the pieces of a text, as `piece: scope`, for pieces with one. As editors do, line by line: the
 * leftmost match wins, of two at one place the end of the open region and then the earlier pattern.
 */
export function scopesOf(text: string): readonly string[] {
  const pieces: string[] = []
  const stack: Open[] = [{ rule: {}, inside: alternatives(top) }]
  const say = (piece: string, scope: string | undefined): void => {
    if (scope !== undefined && piece.trim() !== '') pieces.push(`${piece.trim()}: ${scope.replace(/\.fmw$/, '')}`)
  }
  const sayMatch = ({ match }: Found, name: string | undefined, captures: Pattern['captures'] = {}): void => {
    say(match[0], name)
    for (const [group, { name: scope }] of Object.entries(captures)) say(match[Number(group)] ?? '', scope)
  }
  for (const line of text.split('\n')) {
    for (let at = 0; at <= line.length;) {
      const open = stack.at(-1)!
      const found = leftmost(line, at, open)
      if (!found) break
      const { match, pattern } = found
      if (!pattern) {
        sayMatch(found, undefined, open.rule.endCaptures)
        stack.pop()
      } else {
        sayMatch(
          found,
          pattern.begin === undefined ? pattern.name : undefined,
          pattern.begin === undefined ? pattern.captures : pattern.beginCaptures,
        )
        if (pattern.begin !== undefined) stack.push({ rule: pattern, inside: alternatives(pattern.patterns ?? []) })
      }
      const end = match.index + match[0].length
      if (end === at && !pattern && at === line.length) break
      at = end
    }
  }
  return pieces
}

function leftmost(line: string, at: number, { rule, inside }: Open): Found | undefined {
  const candidates: Found[] = []
  const attempt = (source: string | undefined, pattern: Pattern | undefined): void => {
    if (source === undefined) return
    const regex = new RegExp(source, 'g')
    regex.lastIndex = at
    const match = regex.exec(line)
    if (match && (match[0] !== '' || !pattern || pattern.begin !== undefined)) candidates.push({ match, pattern })
  }
  attempt(rule.end, undefined)
  for (const pattern of inside) attempt(pattern.begin ?? pattern.match, pattern)
  return candidates.reduce<Found | undefined>(
    (best, one) => (best && best.match.index <= one.match.index ? best : one),
    undefined,
  )
}
