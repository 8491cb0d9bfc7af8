import type { ArgumentCstNode, IndexCstNode, PostfixCstNode, SubscriptCstNode } from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { outerSpan } from '../outer-span.ts'
import { identifier, missing, nodeOf, readOf, spanOf, tokenOf, type Reading } from './cst-parts.ts'
import { primaryOf } from './primaries.ts'

/** A value with the calls, indices and members behind it. */
export function postfixOf(cst: PostfixCstNode, reading: Reading): ast.Expr {
  const { callArguments = [], index = [], member = [] } = cst.children
  const suffixes = [...callArguments, ...index, ...member].sort((a, b) => a.location.startOffset - b.location.startOffset)
  return suffixes.reduce<ast.Expr>(
    (of, suffix) => {
      const span = { source: reading.source, start: outerSpan(of).start, end: spanOf(suffix, reading).end }
      switch (suffix.name) {
        case 'callArguments':
          return { kind: 'call', callee: of, args: (suffix.children.argument ?? []).flatMap((one) => argumentOf(one, reading)), span }
        case 'index':
          return { kind: 'index', of, subscripts: subscriptsOf(suffix, reading), span }
        case 'member':
          return { kind: 'member', of, member: identifier(tokenOf(suffix.children.Word), reading), span }
      }
    },
    readOf(cst.children.primary, primaryOf, cst, reading),
  )
}

function subscriptsOf(index: IndexCstNode, reading: Reading): readonly ast.Subscript[] {
  const subscripts = (index.children.subscript ?? []).map((one) => subscriptOf(one, reading))
  return subscripts.length > 0 ? subscripts : [{ kind: 'at', index: missing(index, reading), span: spanOf(index, reading) }]
}

function subscriptOf(subscript: SubscriptCstNode, reading: Reading): ast.Subscript {
  const { Spread, Colon, from, to } = subscript.children
  const span = spanOf(subscript, reading)
  const [first, last] = [nodeOf(from), nodeOf(to)].map((cst) => cst && reading.expression(cst))
  if (tokenOf(Spread)) return { kind: 'rest', span }
  if (tokenOf(Colon)) return { kind: 'range', from: first, to: last, span }
  return { kind: 'at', index: first ?? missing(subscript, reading), span }
}

function argumentOf(argument: ArgumentCstNode, reading: Reading): readonly ast.Argument[] {
  const { children } = argument
  const cst = nodeOf(children.expression)
  const value = cst && reading.expression(cst)
  const span = spanOf(argument, reading)
  const word = tokenOf(children.Word)
  if (word) {
    const name = identifier(word, reading)
    // `stride:` alone means `stride: stride`
    const given: ast.Expr = value ?? { kind: 'name', name: name.name, span: name.span }
    return [{ kind: 'named', name, value: given, span }]
  }
  return value ? [{ kind: tokenOf(children.Spread) ? 'spread' : 'positional', value, span }] : []
}
