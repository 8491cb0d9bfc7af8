import type { ParameterCstNode, ParametersCstNode, ResultCstNode, ResultsCstNode, TypeCstNode } from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { identifier, nodeOf, spanOf, tokenOf, tokensOf, type Reading } from './cst-parts.ts'
import { listOf } from './lists.ts'

export const parametersOf = (cst: ParametersCstNode | undefined, reading: Reading): readonly ast.Parameter[] =>
  (cst?.children.parameter ?? []).flatMap((parameter) => parameterOf(parameter, reading))

/** A parameter, where it has a type. */
function parameterOf(cst: ParameterCstNode, reading: Reading): readonly ast.Parameter[] {
  const type = nodeOf(cst.children.type)
  const value = nodeOf(cst.children.expression)
  if (!type) return []
  return [
    {
      name: identifier(tokenOf(cst.children.Name), reading),
      type: typeOf(type, reading),
      default: value && reading.expression(value),
      span: spanOf(cst, reading),
    },
  ]
}

export const resultsOf = (cst: ResultsCstNode | undefined, reading: Reading): readonly ast.Result[] =>
  (cst?.children.result ?? []).map((result) => resultOf(result, reading))

function resultOf(cst: ResultCstNode, reading: Reading): ast.Result {
  const { Name, Colon, model, type } = cst.children
  const span = spanOf(cst, reading)
  const name = tokenOf(Colon) && identifier(tokenOf(Name), reading)
  const like = tokenOf(model)
  if (like) return { kind: 'like', name, model: identifier(like, reading), span }
  const given = nodeOf(type)
  return { kind: 'type', name, type: given ? typeOf(given, reading) : anyTensor(span), span }
}

const anyTensor = (span: ast.TypeExpr['span']): ast.TypeExpr => ({
  kind: 'named',
  name: { name: 'tensor', span },
  lists: 0,
  suffix: '',
  span,
})

function typeOf(cst: TypeCstNode, reading: Reading): ast.TypeExpr {
  const { list, Name, OpenBracket, Spread, Question } = cst.children
  const shape = nodeOf(list)
  const suffix = tokenOf(Spread) ? '...' : tokenOf(Question) ? '?' : ''
  const span = spanOf(cst, reading)
  if (shape) return { kind: 'shape', shape: listOf(shape, reading), suffix, span }
  return { kind: 'named', name: identifier(tokenOf(Name), reading), lists: tokensOf(OpenBracket).length, suffix, span }
}
