import type { CstNode, IToken } from 'chevrotain'
import { builders } from 'prettier/doc'
import type * as cst from '../../grammar/cst.ts'
import { bracketed, endOf, startOf, tabular } from './lists.ts'
import { spaced, type Doc, type Source } from './source.ts'

const { group, indent, line, softline } = builders

/**
 * A pipe on one line, or each of its steps on its own. Where the text has line ends before steps, those between them stay, so that steps
 * which belong together stand together.
 */
export function printExpression(source: Source, node: cst.ExpressionCstNode): Doc {
  const { disjunction, label, Pipe = [], step = [] } = node.children
  const head = spaced(printDisjunction(source, one(disjunction)), printLabel(source, label))
  if (Pipe.length === 0) return head
  const before: readonly CstNode[] = [label?.[0] ?? one(disjunction), ...step]
  const begins = Pipe.map((pipe, i) => source.spansLines(endOf(before[i]!), pipe.startOffset))
  const inRows = begins.includes(true)
  const rows: Doc[][] = []
  for (const [i, each] of step.entries()) {
    const printed = [source.above(Pipe[i]!), source.token(Pipe[i]!), ' ', printStep(source, each)]
    if (i === 0 || !inRows || begins[i]) rows.push([printed])
    else rows.at(-1)!.push(line, printed)
  }
  return group([head, indent(rows.map((row) => [line, row.length > 1 ? group(row) : row]))], { shouldBreak: inRows })
}

const printStep = (source: Source, { children: { Freeze, postfix, label } }: cst.StepCstNode): Doc =>
  spaced(optional(source, Freeze), printPostfix(source, one(postfix)), printLabel(source, label))

const printLabel = (source: Source, label: cst.LabelCstNode[] | undefined): Doc => {
  if (!label) return ''
  const { As, Name, Hole } = one(label).children
  return spaced(source.token(one(As)), source.token(one(Name ?? Hole)))
}

const printDisjunction = (source: Source, { children: { conjunction = [], Or } }: cst.DisjunctionCstNode): Doc =>
  chain(source, conjunction, Or, printConjunction)

const printConjunction = (source: Source, { children: { negation = [], And } }: cst.ConjunctionCstNode): Doc =>
  chain(source, negation, And, printNegation)

const printNegation = (source: Source, { children: { Not = [], comparison } }: cst.NegationCstNode): Doc =>
  spaced(...Not.map(source.token), printComparison(source, one(comparison)))

const printComparison = (source: Source, { children: { sum = [], operator } }: cst.ComparisonCstNode): Doc =>
  chain(source, sum, operator, printSum)

const printSum = (source: Source, { children: { product = [], operator } }: cst.SumCstNode): Doc =>
  chain(source, product, operator, printProduct)

const printProduct = (source: Source, { children: { prefixed = [], operator } }: cst.ProductCstNode): Doc =>
  chain(source, prefixed, operator, printPrefixed)

/** Operands of equal rank: on one line, or each but the first behind its operator on a line of its own. */
function chain<Node extends CstNode>(source: Source, operands: readonly Node[], operators: readonly IToken[] = [], print: (source: Source, operand: Node) => Doc): Doc {
  const [first, ...others] = operands
  if (!first || others.length === 0) return first ? print(source, first) : ''
  // what stands in parentheses opens them on the line of its operator
  const hugs = others.length === 1 && isParenthesised(others[0]!)
  const behind = others.map((operand, i) => [hugs ? ' ' : [line, source.above(operators[i]!)], source.token(operators[i]!), ' ', print(source, operand)])
  return group([print(source, first), hugs ? behind : indent(behind)])
}

const isParenthesised = (operand: CstNode): boolean => {
  const primary = onlyWithin(operand, 'primary')
  return primary !== undefined && 'OpenParen' in primary.children
}

const printPrefixed = (source: Source, { children: { prefix = [], choice, postfix } }: cst.PrefixedCstNode): Doc => [
  ...prefix.map((token) => [source.token(token), token.image === '-' ? '' : ' ']),
  choice ? printChoice(source, one(choice)) : printPostfix(source, one(postfix)),
]

/** `if a then b else c`: on one line, or `else` on its own; what is chosen from behind `else` is one ladder with it. */
function printChoice(source: Source, choice: cst.ChoiceCstNode): Doc {
  const rungs: Doc[] = []
  for (let at: cst.ChoiceCstNode | undefined = choice; at; ) {
    const { If, condition, Then, then, Else, otherwise } = at.children
    const next: cst.ChoiceCstNode | undefined = onlyChoice(one(otherwise))
    const [taken, other] = [one(Then), one(Else)]
    const value = [line, source.above(taken), source.token(taken), ' ', printExpression(source, one(then))]
    rungs.push(group([source.token(one(If)), ' ', printExpression(source, one(condition)), indent(value)]))
    rungs.push([line, source.above(other), source.token(other), ' ', next ? '' : printExpression(source, one(otherwise))])
    at = next
  }
  const [first = '', ...others] = rungs
  return group([first, indent(others)])
}

/** The node of a name that is all there is in a node. */
function onlyWithin(node: CstNode, name: string): CstNode | undefined {
  for (let at: CstNode | undefined = node; at; ) {
    if (at.name === name) return at
    const within: readonly (IToken | CstNode)[] = Object.values(at.children).flat()
    const [only, ...more] = within
    at = only && 'children' in only && more.length === 0 ? only : undefined
  }
  return undefined
}

/** The choice that an expression is, if it is nothing else. */
function onlyChoice(node: CstNode): cst.ChoiceCstNode | undefined {
  const only = onlyWithin(node, 'choice')
  return only && isChoice(only) ? only : undefined
}

const isChoice = (node: CstNode): node is cst.ChoiceCstNode => node.name === 'choice'

function printPostfix(source: Source, { children: { primary, callArguments = [], index = [], member = [] } }: cst.PostfixCstNode): Doc {
  const links = [...callArguments, ...index, ...member].sort((a, b) => startOf(a) - startOf(b))
  return [
    printPrimary(source, one(primary)),
    ...links.map((link) => {
      if (link.name === 'callArguments') return printArguments(source, link)
      if (link.name === 'index') return printIndex(source, link)
      return [source.token(one(link.children.Dot)), source.token(one(link.children.Word))]
    }),
  ]
}

function printArguments(source: Source, { children: { OpenParen, argument = [], Comma = [], CloseParen } }: cst.CallArgumentsCstNode): Doc {
  const [open, close] = [one(OpenParen), one(CloseParen)]
  const [only, ...others] = argument
  // a list that is the only argument has the brackets of the call around its own
  if (only && others.length === 0 && isList(only) && Comma.length === 0 && !source.hasComments(open.startOffset, startOf(only) + 3))
    return [source.token(open), printArgument(source, only), source.token(close)]
  return bracketed(source, { open, elements: argument, commas: Comma, close }, { print: (each) => printArgument(source, each) })
}

const isList = ({ children: { Word, expression } }: cst.ArgumentCstNode): boolean => !Word && expression !== undefined && onlyWithin(one(expression), 'list') !== undefined

function printArgument(source: Source, { children: { Spread, Word, Colon, expression } }: cst.ArgumentCstNode): Doc {
  const value = expression ? printExpression(source, one(expression)) : ''
  return [optional(source, Spread), Word ? [source.token(one(Word)), source.token(one(Colon)), expression ? ' ' : ''] : '', value]
}

const printIndex = (source: Source, { children: { OpenBracket, subscript = [], Comma = [], CloseBracket } }: cst.IndexCstNode): Doc =>
  bracketed(source, { open: one(OpenBracket), elements: subscript, commas: Comma, close: one(CloseBracket) }, { print: (each) => printSubscript(source, each) })

function printSubscript(source: Source, node: cst.SubscriptCstNode): Doc {
  const { Spread, from, Colon, to } = node.children
  const ends = [...(from ?? []), ...(to ?? [])]
  // around sums and the like
  const space = ends.length === 2 && ends.some((end) => !onlyWithin(end, 'postfix')) ? ' ' : ''
  return [
    optional(source, Spread),
    from ? printExpression(source, one(from)) : '',
    Colon ? [space, source.token(one(Colon)), space] : '',
    to ? printExpression(source, one(to)) : '',
  ]
}

function printPrimary(source: Source, { children }: cst.PrimaryCstNode): Doc {
  const { OpenParen, expression, CloseParen, list, ...literal } = children
  if (list) return printList(source, one(list))
  if (OpenParen) return group([source.token(one(OpenParen)), indent([softline, printExpression(source, one(expression)), source.atEnd(one(CloseParen))]), softline, source.token(one(CloseParen))])
  return source.token(one(Object.values(literal).flat()))
}

function printList(source: Source, { children: { OpenBracket, item = [], Comma = [], CloseBracket } }: cst.ListCstNode): Doc {
  const list = { open: one(OpenBracket), elements: item, commas: Comma, close: one(CloseBracket) }
  const print = (each: cst.ItemCstNode): Doc => printItem(source, each)
  const [first, ...others] = item
  if (first?.children.comprehension && others.length === 0) return bracketed(source, list, { print, trailing: '' })
  if (item.length > 1 && item.every((each) => isPlain(each))) return tabular(source, list, { print, numbers: numbersOf(source, item) })
  return bracketed(source, list, { print })
}

/** A shape, which is short: where a line is too long, it breaks elsewhere. */
export function printShape(source: Source, list: cst.ListCstNode): Doc {
  const { OpenBracket, item = [], Comma = [], CloseBracket } = list.children
  if (source.hasComments(startOf(list), endOf(list))) return printList(source, list)
  const items = item.map((each, i) => [i > 0 ? [source.comma(Comma[i - 1]!), ' '] : '', printItem(source, each)])
  return [source.token(one(OpenBracket)), items, source.token(one(CloseBracket))]
}

function printItem(source: Source, { children: { Spread, expression, comprehension } }: cst.ItemCstNode): Doc {
  if (comprehension) return printComprehension(source, one(comprehension))
  return [optional(source, Spread), printExpression(source, one(expression))]
}

function printComprehension(source: Source, { children: { clause = [], Colon, expression } }: cst.ComprehensionCstNode): Doc {
  const clauses = clause.map((each, i) => [i > 0 ? [line, source.above(source.firstOf(each))] : '', printClause(source, each)])
  return group([...clauses, source.token(one(Colon)), indent([line, printExpression(source, one(expression))])])
}

function printClause(source: Source, { children: { For, pattern, In, expression, If = [], filter = [] } }: cst.ClauseCstNode): Doc {
  return spaced(
    source.token(one(For)),
    printPattern(source, one(pattern)),
    source.token(one(In)),
    printExpression(source, one(expression)),
    ...filter.map((each, i) => spaced(source.token(If[i]!), printExpression(source, each))),
  )
}

export function printPattern(source: Source, { children: { Name, Hole, OpenBracket, pattern = [], Comma = [], CloseBracket } }: cst.PatternCstNode): Doc {
  if (!OpenBracket) return source.token(one(Name ?? Hole))
  return bracketed(source, { open: one(OpenBracket), elements: pattern, commas: Comma, close: one(CloseBracket) }, { print: (each) => printPattern(source, each) })
}

/** Numbers, names and texts, and lists of them. */
function isPlain(node: CstNode): boolean {
  const within: readonly (IToken | CstNode)[] = Object.values(node.children).flat()
  if (node.name === 'comprehension' || node.name === 'choice' || 'Spread' in node.children || 'OpenParen' in node.children) return false
  if (node.name === 'list') return within.every((each) => !('children' in each) || isPlain(each))
  const nodes = within.filter((each) => 'children' in each)
  const isSigned = node.name === 'prefixed' && 'prefix' in node.children
  return nodes.length === 0 ? node.name === 'primary' : nodes.length === 1 && (within.length === 1 || isSigned) && isPlain(nodes[0]!)
}

/** The elements as they are printed, where each is a number. */
function numbersOf(source: Source, items: readonly CstNode[]): readonly string[] | undefined {
  const texts = items.map((item) => source.text.slice(startOf(item), endOf(item)).replaceAll(/\s/g, ''))
  return texts.every((text) => /^-*\d[\w.+-]*$/.test(text)) ? texts : undefined
}

/** The only child of its kind, which an exact tree has. */
export function one<T>(children: readonly T[] | undefined): T {
  const [only] = children ?? []
  if (only === undefined) throw new Error('an exact tree lacks a child')
  return only
}

export const optional = (source: Source, tokens: readonly IToken[] | undefined): Doc => (tokens?.[0] ? source.token(tokens[0]) : '')
