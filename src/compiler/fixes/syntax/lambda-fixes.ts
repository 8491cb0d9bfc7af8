import { tokenMatcher, type IToken } from 'chevrotain'
import { Arrow, Assign, CloseParen, Colon, Comma, Greater, OpenParen, Pipe, Word } from '../../../../grammar/tokens.ts'
import { tokenEnd } from '../../../../grammar/token-end.ts'
import type { Fix } from '../../diagnostics/diagnostics.ts'
import { declaredLast } from '../declared-last.ts'
import { freeName, wordsOf } from '../free-name.ts'
import type { Source } from '../../text/source.ts'
import { lineAt, textFrom, type Tokens } from './token-line.ts'
import { as, flat, image, matchAt, optional, path, sign, some, word, type Part } from './token-pattern.ts'

/** Up to the comma or bracket behind it. */
const body = as('body', some(({ tokenType }) => tokenType !== Comma))

/** A function without a name: `x => f(x, 2)`, `(x) => …`, `lambda x: …`. */
const lambdas: readonly (readonly Part[])[] = [
  [optional(sign(OpenParen)), as('parameter', word), optional(sign(CloseParen)), sign(Assign), sign(Greater), body],
  [optional(sign(OpenParen)), as('parameter', word), optional(sign(CloseParen)), sign(Arrow), body],
  [image('lambda'), as('parameter', word), sign(Colon), body],
]

interface Lambda {
  readonly tokens: readonly IToken[]
  readonly parameter: string
  readonly body: readonly IToken[]
  /** What stands before it in its line. */
  readonly before: readonly IToken[]
}

/** A call that takes the value once is a block value with a hole; anything else becomes a block of the file. */
export function lambdaFixes(start: number, { source, tokens, ...others }: Tokens): readonly Fix[] {
  const found = lambdaAround(start, lineAt(start, { source, tokens, ...others }))
  const [first, last] = [found?.tokens[0], found?.tokens.at(-1)]
  if (!found || !first || !last) return []
  const { parameter } = found
  const span = { source, start: first.startOffset, end: tokenEnd(last) }
  const uses = found.body.filter((token) => token.image === parameter).length
  const call = uses === 1 ? withHole(found, source) : undefined
  if (call !== undefined) return [{ title: `write ${call}`, safety: 'safe', edits: [{ span, text: call }] }]
  const name = nameFor(found.before, source)
  const written = textFrom(found.body, source)
  const declared = declaredLast(`block ${name}(${parameter}: tensor) -> like ${parameter} {\n  return ${written}\n}`, source)
  return [
    {
      title: `declare block ${name}(${parameter}: tensor) { return ${written} } and pass ${name}`,
      safety: 'safe',
      edits: [{ span, text: name }, declared],
    },
  ]
}

function lambdaAround(start: number, line: readonly IToken[]): Lambda | undefined {
  for (const [at, first] of line.entries()) {
    for (const pattern of lambdas) {
      const found = matchAt(pattern, line, at)
      const [from, shortest] = found?.get('body') ?? []
      if (!found || from === undefined || shortest === undefined) continue
      const to = body.ends(line, from).at(-1) ?? shortest
      const last = line[to - 1]!
      if (first.startOffset > start || start > tokenEnd(last)) continue
      const [parameter] = line.slice(...(found.get('parameter') ?? [0, 0]))
      return { tokens: line.slice(at, to), parameter: parameter!.image, body: line.slice(from, to), before: line.slice(0, at) }
    }
  }
  return undefined
}

const call = [as('callee', path), sign(OpenParen), as('args', flat()), sign(CloseParen)]

/** The body with a hole for the value: where it is an argument of the only call, or what is piped into it. */
function withHole({ parameter, body }: Lambda, source: Source): string | undefined {
  const piped = matchAt([image(parameter), sign(Pipe), ...call], body, 0)
  const found = piped ?? matchAt(call, body, 0)
  const args = body.slice(...(found?.get('args') ?? [0, 0]))
  const callee = textFrom(body.slice(...(found?.get('callee') ?? [0, 0])), source)
  if (!found || found.get('args')![1] + 1 !== body.length) return undefined
  if (piped) return `${callee}(${['_', ...(args.length > 0 ? [textFrom(args, source)] : [])].join(', ')})`
  const at = args.findIndex((token) => token.image === parameter)
  const isWhole = [args[at - 1], args[at + 1]].every((beside) => beside === undefined || beside.tokenType === Comma)
  if (at < 0 || !isWhole) return undefined
  const [first, given, last] = [body[0]!, args[at]!, body.at(-1)!]
  return `${source.text.slice(first.startOffset, given.startOffset)}_${source.text.slice(tokenEnd(given), tokenEnd(last))}`
}

/** What the argument is called is what the block is: `activation: x => …`. */
function nameFor(before: readonly IToken[], source: Source): string {
  const [word, sign] = before.slice(-2)
  const isNamed = word && tokenMatcher(word, Word) && (sign?.tokenType === Colon || sign?.tokenType === Assign)
  const text = isNamed ? word.image : 'part'
  return freeName(`${text[0]!.toUpperCase()}${text.slice(1)}`, wordsOf(source))
}
