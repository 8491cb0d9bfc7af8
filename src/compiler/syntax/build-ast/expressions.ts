import type { IToken } from 'chevrotain'
import type {
  ChoiceCstNode,
  ComparisonCstNode,
  ConjunctionCstNode,
  DisjunctionCstNode,
  ExpressionCstNode,
  LabelCstNode,
  NegationCstNode,
  PrefixedCstNode,
  ProductCstNode,
  StepCstNode,
  SumCstNode,
} from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { outerSpan } from '../outer-span.ts'
import { postfixOf } from './calls.ts'
import { identifier, missing, nodeOf, readOf, spanOf, tokenOf, tokensOf, type Reading } from './cst-parts.ts'

/** A value with its label, and the steps that it is piped through. */
export function expressionOf(cst: ExpressionCstNode, reading: Reading): ast.Expr {
  const { disjunction, label, Pipe, step: steps = [] } = cst.children
  const head = labelled(readOf(disjunction, disjunctionOf, cst, reading), labelOf(nodeOf(label), reading))
  if (steps.length === 0) return head
  const signs = tokensOf(Pipe)
  return { kind: 'pipe', head, steps: steps.map((step, i) => stepOf(step, signs[i], reading)), span: spanOf(cst, reading) }
}

function stepOf(cst: StepCstNode, sign: IToken | undefined, reading: Reading): ast.Step {
  const freeze = tokenOf(cst.children.Freeze)
  const value = readOf(cst.children.postfix, postfixOf, cst, reading)
  return {
    sign: spanOf(sign ?? cst, reading),
    value: freeze ? prefix('freeze', freeze, value) : value,
    label: labelOf(nodeOf(cst.children.label), reading),
  }
}

const labelOf = (cst: LabelCstNode | undefined, reading: Reading): ast.Identifier | undefined =>
  cst && identifier(tokenOf(cst.children.Name) ?? tokenOf(cst.children.Hole), reading)

const labelled = (of: ast.Expr, label: ast.Identifier | undefined): ast.Expr =>
  label ? { kind: 'label', of, label, span: { ...outerSpan(of), end: label.span.end } } : of

function choiceOf(cst: ChoiceCstNode, reading: Reading): ast.Expr {
  const { condition, then, otherwise } = cst.children
  return {
    kind: 'choice',
    condition: readOf(condition, reading.expression, cst, reading),
    consequent: readOf(then, reading.expression, cst, reading),
    alternative: readOf(otherwise, reading.expression, cst, reading),
    span: spanOf(cst, reading),
  }
}

const disjunctionOf = (cst: DisjunctionCstNode, reading: Reading): ast.Expr =>
  logic('or', cst, (cst.children.conjunction ?? []).map((one) => conjunctionOf(one, reading)), reading)

const conjunctionOf = (cst: ConjunctionCstNode, reading: Reading): ast.Expr =>
  logic('and', cst, (cst.children.negation ?? []).map((one) => negationOf(one, reading)), reading)

function logic(
  op: 'and' | 'or',
  cst: ConjunctionCstNode | DisjunctionCstNode,
  operands: readonly ast.Expr[],
  reading: Reading,
): ast.Expr {
  const [first = missing(cst, reading)] = operands
  return operands.length > 1 ? { kind: 'logic', op, operands, span: spanOf(cst, reading) } : first
}

const negationOf = (cst: NegationCstNode, reading: Reading): ast.Expr =>
  tokensOf(cst.children.Not).reduceRight<ast.Expr>(
    (inner, not) => prefix('not', not, inner),
    readOf(cst.children.comparison, comparisonOf, cst, reading),
  )

const prefix = (op: '-' | 'not' | 'freeze', at: IToken, of: ast.Expr): ast.Expr => ({
  kind: 'unary',
  op,
  of,
  span: { ...outerSpan(of), start: at.startOffset },
})

const comparisons: readonly ast.Comparison[] = ['==', '!=', '<', '<=', '>', '>=']
const arithmetic: readonly ast.Arithmetic[] = ['+', '-', '*', '/', '%']

function comparisonOf(cst: ComparisonCstNode, reading: Reading): ast.Expr {
  const [left = missing(cst, reading), right = missing(cst, reading)] = (cst.children.sum ?? []).map((one) => sumOf(one, reading))
  const sign = tokenOf(cst.children.operator)
  const op = comparisons.find((one) => one === sign?.image)
  return op ? { kind: 'compare', op, left, right, span: spanOf(cst, reading) } : left
}

const sumOf = (cst: SumCstNode, reading: Reading): ast.Expr =>
  chain(cst, (cst.children.product ?? []).map((one) => productOf(one, reading)), reading)

const productOf = (cst: ProductCstNode, reading: Reading): ast.Expr =>
  chain(cst, (cst.children.prefixed ?? []).map((one) => prefixedOf(one, reading)), reading)

/** Operands of one precedence with the operators between them. */
function chain(cst: SumCstNode | ProductCstNode, operands: readonly ast.Expr[], reading: Reading): ast.Expr {
  const [first = missing(cst, reading), ...others] = operands
  const rest = tokensOf(cst.children.operator).flatMap(({ image }, i): readonly ast.Link[] => {
    const op = arithmetic.find((one) => one === image)
    return op ? [{ op, value: others[i] ?? missing(cst, reading) }] : []
  })
  return rest.length > 0 ? { kind: 'chain', first, rest, span: spanOf(cst, reading) } : first
}

const prefixedOf = (cst: PrefixedCstNode, reading: Reading): ast.Expr =>
  tokensOf(cst.children.prefix).reduceRight<ast.Expr>(
    (inner, at) => prefix(at.image === '-' ? '-' : 'freeze', at, inner),
    valueIn(cst, reading),
  )

const valueIn = (cst: PrefixedCstNode, reading: Reading): ast.Expr =>
  cst.children.choice ? readOf(cst.children.choice, choiceOf, cst, reading) : readOf(cst.children.postfix, postfixOf, cst, reading)
