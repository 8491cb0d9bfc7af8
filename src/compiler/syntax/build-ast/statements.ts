import type {
  AssignmentCstNode,
  BodyCstNode,
  ForStatementCstNode,
  IfStatementCstNode,
  InputStatementCstNode,
  LayerStatementCstNode,
  OutputStatementCstNode,
  RequireStatementCstNode,
  ReturnStatementCstNode,
  StatementCstNode,
  WeightStatementCstNode,
} from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { identifier, nodeOf, spanOf, tokenOf, tokensOf, valueOf, type Reading } from './cst-parts.ts'
import { listOf } from './lists.ts'
import { firstName, patternOf } from './patterns.ts'
import { textOf } from './primaries.ts'
import { countedSegments, type Segments } from './segments.ts'

/** Of a body inside a body: with the segments of the whole. */
interface InBody extends Reading {
  readonly segment: Segments
}

/** The statements of a declaration. */
export const bodyOf = (cst: readonly BodyCstNode[] | undefined, reading: Reading): readonly ast.Statement[] =>
  statementsOf(cst, { ...reading, segment: countedSegments() })

const statementsOf = (cst: readonly BodyCstNode[] | undefined, body: InBody): readonly ast.Statement[] =>
  (nodeOf(cst)?.children.statement ?? []).flatMap((statement) => statementOf(statement, body))

/** The statement that stands in a node; none where it could not be read. */
const statementOf = ({ children }: StatementCstNode, body: InBody): readonly ast.Statement[] => [
  ...(children.inputStatement ?? []).map((cst) => inputOf(cst, body)),
  ...(children.outputStatement ?? []).flatMap((cst) => outputsOf(cst, body)),
  ...(children.returnStatement ?? []).map((cst) => returnOf(cst, body)),
  ...(children.weightStatement ?? []).map((cst) => weightOf(cst, body)),
  ...(children.layerStatement ?? []).map((cst) => layerOf(cst, body)),
  ...(children.requireStatement ?? []).map((cst) => requireOf(cst, body)),
  ...(children.forStatement ?? []).map((cst) => forOf(cst, body)),
  ...(children.ifStatement ?? []).map((cst) => ifOf(cst, body)),
  ...(children.assignment ?? []).map((cst) => assignmentOf(cst, body)),
]

const inputOf = (cst: InputStatementCstNode, body: InBody): ast.Statement => ({
  kind: 'input',
  name: identifier(tokenOf(cst.children.Name), body),
  shape: listOf(nodeOf(cst.children.list), body),
  where: (cst.children.expression ?? []).map(body.expression).flatMap(conjuncts),
  span: spanOf(cst, body),
})

/** `a and b` as the two conditions that it is. */
const conjuncts = (condition: ast.Expr): readonly ast.Expr[] =>
  condition.kind === 'logic' && condition.op === 'and' ? condition.operands.flatMap(conjuncts) : [condition]

/** One output; of several names their assignment, and an output for each. */
function outputsOf(cst: OutputStatementCstNode, body: InBody): readonly ast.Statement[] {
  const names = tokensOf(cst.children.Name).map((name) => identifier(name, body))
  const [name = identifier(undefined, body), ...others] = names
  const list = nodeOf(cst.children.list)
  const shape = list && listOf(list, body)
  const expression = nodeOf(cst.children.expression)
  const value = expression && body.expression(expression)
  const span = spanOf(cst, body)
  const segment = value ? body.segment(name.name) : name.name
  if (others.length === 0) return [{ kind: 'output', name, shape, segment, value, span }]
  const targets = names.map((one) => ({ kind: 'name', ...one }) as const)
  return [
    ...(value ? [{ kind: 'assign', targets, segment, shape, value, span } as const] : []),
    ...names.map((one) => ({ kind: 'output', name: one, shape: undefined, segment: one.name, value: undefined, span: one.span }) as const),
  ]
}

const returnOf = (cst: ReturnStatementCstNode, body: InBody): ast.Statement => ({
  kind: 'return',
  values: (cst.children.expression ?? []).map(body.expression),
  span: spanOf(cst, body),
})

function weightOf(cst: WeightStatementCstNode, body: InBody): ast.Statement {
  const name = identifier(tokenOf(cst.children.Name), body)
  return {
    kind: 'weight',
    weight: tokenOf(cst.children.State) ? 'state' : 'param',
    name,
    segment: body.segment(name.name),
    shape: listOf(nodeOf(cst.children.list), body),
    init: valueOf(cst, body),
    options: (cst.children.weightOption ?? []).map((option) => ({
      name: identifier(tokenOf(option.children.Word), body),
      value: valueOf(option, body),
    })),
    span: spanOf(cst, body),
  }
}

function layerOf(cst: LayerStatementCstNode, body: InBody): ast.Statement {
  const name = identifier(tokenOf(cst.children.Name), body)
  return { kind: 'layer', name, segment: body.segment(name.name), value: valueOf(cst, body), span: spanOf(cst, body) }
}

function requireOf(cst: RequireStatementCstNode, body: InBody): ast.Statement {
  const message = tokenOf(cst.children.Text)
  return { kind: 'require', condition: valueOf(cst, body), message: message && textOf(message, body), span: spanOf(cst, body) }
}

const forOf = (cst: ForStatementCstNode, body: InBody): ast.Statement => ({
  kind: 'for',
  pattern: patternOf(nodeOf(cst.children.pattern), body),
  in: valueOf(cst, body),
  body: statementsOf(cst.children.body, body),
  span: spanOf(cst, body),
})

function ifOf(cst: IfStatementCstNode, body: InBody): ast.Statement {
  const consequent = statementsOf(cst.children.body, body)
  const chained = nodeOf(cst.children.ifStatement)
  return {
    kind: 'if',
    condition: valueOf(cst, body),
    consequent,
    alternative: chained ? [ifOf(chained, body)] : statementsOf(cst.children.otherwise, body),
    span: spanOf(cst, body),
  }
}

function assignmentOf(cst: AssignmentCstNode, body: InBody): ast.Statement {
  const targets = (cst.children.pattern ?? []).map((pattern) => patternOf(pattern, body))
  const shape = nodeOf(cst.children.list)
  return {
    kind: 'assign',
    targets,
    segment: body.segment(firstName(targets) ?? '_'),
    shape: shape && listOf(shape, body),
    value: valueOf(cst, body),
    span: spanOf(cst, body),
  }
}
