import type { IToken, TokenType } from 'chevrotain'
import { CloseParen, Const, Divide, Dot, Int, Modulo, OpenParen, Times } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import { declaredLast } from '../declared-last.ts'
import type { Source } from '../../text/source.ts'
import { writingAll } from '../writing.ts'
import { beforeGroup, isAdjacent, textFrom, type Tokens } from './token-line.ts'
import { all, as, either, group, image, joined, matchAt, optional, path, sign } from './token-pattern.ts'

interface Place {
  readonly start: number
}

/** `a ** n` and `a ^ n`: a number, a product, or a function of the file that multiplies as often as a number says. */
export function powerFixes(places: readonly Place[], tokens: Tokens): readonly Fix[] {
  const powers = places.map((place) => powerAt(place, tokens)).filter((power) => power !== undefined)
  const [first] = powers
  if (!first || powers.length < places.length) return []
  const edits = powers.map(({ edit }) => edit)
  const isDeclared = tokens.tokens.some((_, at) => matchAt(declares, tokens.tokens, at))
  if (isDeclared || !powers.some(({ isCalled }) => isCalled)) return [writingAll(edits, 'safe')]
  return ['int', 'float'].map((type) => ({
    title: `declare const power(base: ${type}, exponent: int) and write ${first.edit.text}`,
    safety: 'safe',
    edits: [...edits, declaration(type, tokens.source)],
  }))
}

const declares = [sign(Const), image('power'), sign(OpenParen)]

/** What is written for a power, and whether that calls a function of the file. */
interface Power {
  readonly edit: Edit
  readonly isCalled: boolean
}

/** A `^` is read as one `*`. */
const exponent = as('exponent', either(all(optional(image('-')), path), group))
const behindBase = [sign(Times), optional(sign(Times)), exponent]

function powerAt({ start }: Place, { source, tokens }: Tokens): Power | undefined {
  const at = tokens.findIndex(({ startOffset }) => startOffset === start)
  const range = at < 0 ? undefined : matchAt(behindBase, tokens, at)?.get('exponent')
  const from = at < 0 ? undefined : baseBefore(tokens, at)
  if (!range || from === undefined) return undefined
  const [base, times] = [tokens.slice(from, at), tokens.slice(...range)]
  const isDivisor = divides.has(tokens[from - 1]?.tokenType)
  const span = { source, start: base[0]!.startOffset, end: tokenEnd(times.at(-1)!) }
  const { text, isCalled } = multiplied(base, times, isDivisor, source)
  return { edit: { span, text }, isCalled }
}

const divides = new Set<TokenType | undefined>([Divide, Modulo])

/** The index at which the operand before a sign begins: a name, a number or a call, or what stands in parentheses. */
function baseBefore(tokens: readonly IToken[], end: number): number | undefined {
  const opening = tokens[end - 1]?.tokenType === CloseParen ? beforeGroup(tokens, end) : undefined
  let first = opening ?? end
  const isCall = opening === undefined || (tokens[opening - 1] !== undefined && isAdjacent(tokens[opening - 1]!, tokens[opening]!))
  if (isCall && path.ends(tokens, first - 1).length > 0) first--
  while (first < end && tokens[first - 1]?.tokenType === Dot && path.ends(tokens, first - 2).includes(first + 1)) first -= 2
  return matchAt([either(all(path, joined, group), path, group)], tokens, first) && first < end ? first : undefined
}

function multiplied(
  base: readonly IToken[],
  exponent: readonly IToken[],
  isDivisor: boolean,
  source: Source,
): { readonly text: string; readonly isCalled: boolean } {
  const [times, ...others] = exponent
  const [factor] = base
  const isCount = times?.tokenType === Int && others.length === 0
  if (isCount && factor?.tokenType === Int) return { text: String(Number(factor.image) ** Number(times.image)), isCalled: false }
  const isPlain = base.every(({ tokenType }) => tokenType !== OpenParen)
  const count = isCount ? Number(times.image) : 0
  if (!isPlain || count < 2 || count > 4) return { text: `power(${bare(base, source)}, ${bare(exponent, source)})`, isCalled: true }
  const product = Array.from({ length: count }, () => textFrom(base, source)).join(' * ')
  return { text: isDivisor ? `(${product})` : product, isCalled: false }
}

/** Without parentheses around all of it. */
const bare = (tokens: readonly IToken[], source: Source): string =>
  textFrom(tokens[0]?.tokenType === OpenParen ? tokens.slice(1, -1) : tokens, source)

const declaration = (type: string, source: Source): Edit =>
  declaredLast(
    `const power(base: ${type}, exponent: int) = if exponent == 0 then 1 else base * power(base, exponent - 1)`,
    source,
  )
