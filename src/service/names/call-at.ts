import { tokenMatcher, type IToken } from 'chevrotain'
import { closes, opens } from '../../../grammar/brackets.ts'
import { tokenEnd } from '../../../grammar/token-end.ts'
import * as t from '../../../grammar/tokens.ts'
import { formalAt, openFormals } from '../../compiler/elaborate/arguments.ts'
import type { Formal } from '../../compiler/elaborate/formals.ts'
import type { Expr } from '../../compiler/syntax/ast.ts'
import { syntaxTreeOf } from '../../compiler/syntax/syntax-tree.ts'
import type { Analysis } from '../analysis.ts'
import { calleesOf, type Callee } from './callees.ts'
import { visibleNames } from './visible.ts'

/** A call that is being written around a place. */
export interface CallAt {
  readonly callee: Callee
  /** The parameters that it can be given. */
  readonly formals: readonly Formal[]
  /** The parameter that the place is for; undefined where it is for none. */
  readonly active: Formal | undefined
  /** The names of the parameters that have something, but that of the place. */
  readonly given: ReadonlySet<string>
  /** Whether the place is directly in its parentheses, not in a list or the like in them. */
  readonly isDirect: boolean
  /** Whether the argument of the place has its name already. */
  readonly isNamed: boolean
}

/**
 * The innermost call around a place.
 *
 * @param before the tokens of its statement before the place
 */
export function callAt(before: readonly IToken[], offset: number, analysis: Analysis): CallAt | undefined {
  let isDirect = true
  let depth = 0
  for (let i = before.length - 1; i > 0; i--) {
    const { tokenType } = before[i]!
    if (closes.has(tokenType)) depth++
    else if (opens.has(tokenType) && depth > 0) depth--
    else if (opens.has(tokenType)) {
      const callee = tokenType === t.OpenParen ? calleeBefore(i, before, offset, analysis) : undefined
      if (callee) return withArguments(callee, i, before, isDirect, analysis)
      if (tokenType === t.OpenBrace) return undefined
      isDirect = false
    }
  }
  return undefined
}

interface Called {
  readonly callee: Callee
  readonly first: number
}

/** What is called by the parenthesis at an index. */
function calleeBefore(open: number, tokens: readonly IToken[], offset: number, analysis: Analysis): Called | undefined {
  const name = tokens[open - 1]!
  if (!tokenMatcher(name, t.Word) || name.endLine !== tokens[open]!.startLine) return undefined
  const isMember = tokens[open - 2]?.tokenType === t.Dot && tokens[open - 3] !== undefined
  const first = isMember ? open - 3 : open - 1
  if (t.declarationKeywords.includes(tokens[first - 1]?.tokenType ?? t.Pipe)) return undefined
  const written = syntaxTreeOf(analysis.ast).expressions.find((expr) => expr.kind === 'call' && expr.callee.span.end === tokenEnd(name))
  const expr = written?.kind === 'call' ? written.callee : namedBy(tokens.slice(first, open), offset, analysis)
  const [callee] = calleesOf(expr, analysis)
  return callee && { callee, first }
}

/** The expression that a name, or an op of a family, would be. */
function namedBy([first, , member]: readonly IToken[], offset: number, analysis: Analysis): Expr {
  const { source } = analysis
  const spanOf = (token: IToken) => ({ source, start: token.startOffset, end: tokenEnd(token) })
  const name = first!.image
  const binding = visibleNames(offset, analysis).find((one) => one.name === name)
  const of: Expr = { kind: 'name', name, span: binding?.span ?? spanOf(first!) }
  return member ? { kind: 'member', of, member: { name: member.image, span: spanOf(member) }, span: { source, start: first!.startOffset, end: tokenEnd(member) } } : of
}

function withArguments({ callee, first }: Called, open: number, before: readonly IToken[], isDirect: boolean, analysis: Analysis): CallAt {
  const formals = openFormals(callee)
  const last = before.at(-1)!
  const behind = analysis.parsed.tokens.filter(({ startOffset }) => startOffset > last.startOffset)
  const own = argumentsIn(before.slice(open + 1))
  const others = argumentsIn(behind).slice(1)
  const isPiped = before[first - 1]?.tokenType === t.Pipe || (before[first - 1]?.tokenType === t.Freeze && before[first - 2]?.tokenType === t.Pipe)
  const hasHole = [...own, ...others].some((argument) => argument.some(({ tokenType }) => tokenType === t.Hole))
  const current = own.at(-1) ?? []
  const named = nameOf(current)
  let position = isPiped && !hasHole ? 1 : 0
  const given = new Set(position === 1 ? [formals[0]?.name ?? ''] : [])
  for (const argument of own.slice(0, -1)) {
    const name = nameOf(argument) ?? formalAt(formals, position++)?.name
    if (name !== undefined) given.add(name)
  }
  for (const argument of others) given.add(nameOf(argument) ?? '')
  const active = named === undefined ? formalAt(formals, position) : formals.find(({ name }) => name === named)
  return { callee, formals, active, given, isDirect, isNamed: named !== undefined }
}

/** The tokens of each argument, up to where the parenthesis is closed. */
function argumentsIn(tokens: readonly IToken[]): readonly (readonly IToken[])[] {
  const found: IToken[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (opens.has(token.tokenType)) depth++
    else if (closes.has(token.tokenType) && --depth < 0) return found
    if (depth === 0 && token.tokenType === t.Comma) found.push([])
    else found.at(-1)!.push(token)
  }
  return depth > 0 && found.length > 50 ? [] : found
}

/** The name that an argument is given by. */
const nameOf = ([name, colon]: readonly IToken[]): string | undefined => (colon?.tokenType === t.Colon ? name?.image : undefined)
