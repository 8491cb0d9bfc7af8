import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { lineStart, type Source } from '../../text/source.ts'

interface Place {
  readonly start: number
}

const power = /((?:\w+(?:\.\w+)*(?:\([^()]*\))?|\([^()]*\)))\s*(?:\*\*|\^)\s*(-?\w+(?:\.\w+)*|\([^()]*\))/g

/** `a ** n` and `a ^ n`: a number, a product, or a function of the file that multiplies as often as a number says. */
export function powerFixes(places: readonly Place[], source: Source): readonly Fix[] {
  const edits = places.map((place) => powerAt(place, source)).filter((edit) => edit !== undefined)
  const [first] = edits
  if (!first || edits.length < places.length) return []
  const isCalled = edits.some(({ text }) => text.startsWith('power('))
  const isDeclared = /\bconst\s+power\s*\(/.test(source.text)
  if (!isCalled || isDeclared) return [{ title: `write ${first.text}`, edits }]
  return ['int', 'float'].map((type) => ({
    title: `declare const power(base: ${type}, exponent: int) and write ${first.text}`,
    edits: [...edits, declaration(type, source)],
  }))
}

function powerAt({ start }: Place, source: Source): Edit | undefined {
  const begin = lineStart(source.text, start)
  const [line = ''] = source.text.slice(begin).split(/\r?\n/, 1)
  const found = [...line.matchAll(power)].find(
    ({ index, 0: all }) => begin + index <= start && start < begin + index + all.length,
  )
  if (!found) return undefined
  const [all, base = '', exponent = ''] = found
  const from = begin + found.index
  const isDivisor = /[/%]\s*$/.test(line.slice(0, found.index))
  return { span: { source, start: from, end: from + all.length }, text: multiplied(base, exponent, isDivisor) }
}

function multiplied(base: string, exponent: string, isDivisor: boolean): string {
  if (/^\d+$/.test(base) && /^\d+$/.test(exponent)) return String(Number(base) ** Number(exponent))
  if (!/^[234]$/.test(exponent) || base.includes('(')) return `power(${bare(base)}, ${bare(exponent)})`
  const product = Array.from({ length: Number(exponent) }, () => base).join(' * ')
  return isDivisor ? `(${product})` : product
}

const bare = (text: string): string => text.replace(/^\((.*)\)$/, '$1')

/** At the end of the file, where it stands between nothing that belongs together; constants may stand in any order. */
function declaration(type: string, source: Source): Edit {
  const end = source.text.length
  const text = `const power(base: ${type}, exponent: int) = if exponent == 0 then 1 else base * power(base, exponent - 1)\n`
  return { span: { source, start: end, end }, text: `${source.text.endsWith('\n') ? '\n' : '\n\n'}${text}` }
}
