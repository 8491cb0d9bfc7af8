import type { ILexingError } from 'chevrotain'
import { habitOfSign } from './habits.ts'
import type { SyntaxProblem } from './problem.ts'

interface Signs {
  readonly problems: readonly SyntaxProblem[]
  /** The text with what those signs mean elsewhere, each in as many characters: comments are gone, quotes are double. */
  readonly text: string
}

/** Signs that are no token: the first of each kind is said, and the text is read on as it was meant. */
export function readSigns(text: string, errors: readonly ILexingError[]): Signs {
  const problems = new Map<string, SyntaxProblem>()
  const places = new Map<string, Place[]>()
  const pieces: string[] = []
  let end = 0
  for (const { offset, length } of errors) {
    if (offset < end) continue
    const sign = signAt(text, offset, length)
    const key = sign.isName ? sign.found : sign.found[0]!
    const habit = habitOfSign(sign.found)
    const place = { start: sign.start, end: sign.start + sign.found.length }
    const others = places.get(key)
    if (others) others.push(place)
    else {
      const further: Place[] = []
      places.set(key, further)
      problems.set(key, {
        kind: 'character',
        found: sign.found,
        expected: '',
        hint: habit?.hint,
        replacement: habit?.replacement,
        isPower: habit?.isPower,
        places: further,
        ...place,
      })
    }
    pieces.push(text.slice(end, offset), sign.instead)
    end = offset + sign.instead.length
  }
  return { problems: [...problems.values()], text: pieces.join('') + text.slice(end) }
}

interface Place {
  readonly start: number
  readonly end: number
}

interface Sign {
  readonly found: string
  readonly start: number
  /** What is read from the place of the error on. */
  readonly instead: string
  readonly isName?: true
}

/** Signs that stand between two values; another one is read in their place. */
const operator = /^(?:\^|@|&&|\|\|?)$/

/** So much is looked through for the rest of a name. */
const longestName = 100

const lettersBefore = /[\p{L}\p{M}\w]*$/u
const letters = /^[\p{L}\p{M}\w]+/u

const quoted = /(['“”])[^'“”\n]*['“”]/y

function signAt(text: string, offset: number, length: number): Sign {
  quoted.lastIndex = offset
  const quote = quoted.exec(text)?.[0]
  if (quote !== undefined) return { found: quote, start: offset, instead: `"${quote.slice(1, -1).replace(/["\\{]/g, ' ')}"` }
  const found = text.slice(offset, offset + length)
  if (/^\p{L}/u.test(found)) {
    const [rest = found] = letters.exec(text.slice(offset, offset + longestName)) ?? []
    const [before = ''] = lettersBefore.exec(text.slice(Math.max(0, offset - longestName), offset)) ?? []
    return { found: before + rest, start: offset - before.length, instead: 'a'.repeat(rest.length), isName: true }
  }
  if (operator.test(found)) return { found, start: offset, instead: '*'.padEnd(length) }
  if (found[0] !== '#') return { found, start: offset, instead: ' '.repeat(length) }
  const line = text.indexOf('\n', offset)
  return { found: '#', start: offset, instead: ' '.repeat((line < 0 ? text.length : line) - offset) }
}
