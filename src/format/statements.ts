import type { CstNode } from 'chevrotain'
import { builders } from 'prettier/doc'
import type * as cst from '../../grammar/cst.ts'
import { one, optional, printExpression, printPattern, printShape } from './expressions.ts'
import { bracketed } from './lists.ts'
import { spaced, type Doc, type Source } from './source.ts'

const { group, hardline, indent, line } = builders

/** Statements between braces: one that has a line together with its braces keeps it. */
export const printBody = (source: Source, body: cst.BodyCstNode, inline: boolean): Doc => {
  const { OpenBrace, statement = [], CloseBrace } = body.children
  const [open, close] = [one(OpenBrace), one(CloseBrace)]
  if (statement.length === 0) {
    const comments = source.atEnd(close)
    return [source.token(open), indent(comments), comments === '' ? '' : hardline, source.token(close)]
  }
  const separator = inline ? line : hardline
  const statements = statement.map((each, i) => {
    const first = source.firstOf(each)
    return [i > 0 ? [hardline, source.blankAbove(first) ? hardline : ''] : '', source.above(first), printStatement(source, each)]
  })
  return [source.token(open), indent([separator, ...statements, source.atEnd(close)]), separator, source.token(close)]
}

/** Whether the body stands on one line. */
export const isInline = (source: Source, { children: { OpenBrace, statement = [], CloseBrace } }: cst.BodyCstNode): boolean =>
  statement.length === 1 && !source.spansLines(one(OpenBrace).startOffset, one(CloseBrace).startOffset)

function printStatement(source: Source, statement: cst.StatementCstNode): Doc {
  const { inputStatement, outputStatement, returnStatement, weightStatement, layerStatement, requireStatement, forStatement, ifStatement, assignment } = statement.children
  if (inputStatement) return printInput(source, one(inputStatement))
  if (outputStatement) return printOutput(source, one(outputStatement))
  if (returnStatement) return printReturn(source, one(returnStatement))
  if (weightStatement) return printWeight(source, one(weightStatement))
  if (layerStatement) return printLayer(source, one(layerStatement))
  if (requireStatement) return printRequire(source, one(requireStatement))
  if (forStatement) return printFor(source, one(forStatement))
  if (ifStatement) return group(printIf(source, one(ifStatement), bodiesOf(one(ifStatement)).every((body) => isInline(source, body))))
  return printAssignment(source, one(assignment))
}

/** What has a name, with its shape: `c1: [28, 28, 6]`. */
const typed = (source: Source, name: Doc, { Colon, list }: Pick<cst.AssignmentCstNode['children'], 'Colon' | 'list'>): Doc =>
  Colon && list ? [name, source.token(one(Colon)), ' ', printShape(source, one(list))] : name

/** `= value` */
const assigned = (source: Source, { Assign, expression }: Pick<cst.AssignmentCstNode['children'], 'Assign' | 'expression'>): Doc =>
  Assign ? spaced(source.token(one(Assign)), printExpression(source, one(expression))) : ''

/** Elements with commas between them, on one line or each on its own. */
const listed = <Element>(source: Source, elements: readonly Element[], commas: cst.AssignmentCstNode['children']['Comma'] = [], print: (element: Element) => Doc): Doc =>
  elements.map((element, i) => [i > 0 ? [source.comma(commas[i - 1]!), line] : '', print(element)])

function printInput(source: Source, { children: { Input, Name, Where, expression = [], Comma, ...value } }: cst.InputStatementCstNode): Doc {
  const conditions = Where ? indent([line, source.token(one(Where)), ' ', indent(listed(source, expression, Comma, (each) => printExpression(source, each)))]) : ''
  return group([source.token(one(Input)), ' ', typed(source, source.token(one(Name)), value), conditions])
}

function printOutput(source: Source, { children: { Output, Name = [], Comma, ...value } }: cst.OutputStatementCstNode): Doc {
  const names = group(indent(listed(source, Name, Comma, source.token)))
  return spaced(source.token(one(Output)), typed(source, names, value), assigned(source, value))
}

const printReturn = (source: Source, { children: { Return, expression = [], Comma } }: cst.ReturnStatementCstNode): Doc => {
  const values = listed(source, expression, Comma, (each) => printExpression(source, each))
  return spaced(source.token(one(Return)), expression.length > 1 ? group(indent(values)) : values)
}

function printWeight(source: Source, { children: { Param, State, Name, Comma = [], weightOption = [], ...value } }: cst.WeightStatementCstNode): Doc {
  const options = weightOption.map((option, i) => {
    const { Word, Colon, expression } = option.children
    return [source.comma(Comma[i]!), line, source.token(one(Word)), source.token(one(Colon)), ' ', printExpression(source, one(expression))]
  })
  const weight = spaced(source.token(one(Param ?? State)), typed(source, source.token(one(Name)), value), assigned(source, value))
  return options.length === 0 ? weight : group([weight, indent(options)])
}

const printLayer = (source: Source, { children: { Layer, Name, ...value } }: cst.LayerStatementCstNode): Doc =>
  spaced(source.token(one(Layer)), source.token(one(Name)), assigned(source, value))

function printRequire(source: Source, { children: { Require, expression, Comma, Text } }: cst.RequireStatementCstNode): Doc {
  const message = Comma ? [source.comma(one(Comma)), indent([line, source.token(one(Text))])] : ''
  return group([source.token(one(Require)), ' ', printExpression(source, one(expression)), message])
}

function printFor(source: Source, { children: { For, pattern, In, expression, body } }: cst.ForStatementCstNode): Doc {
  const inline = isInline(source, one(body))
  return group([
    spaced(source.token(one(For)), printPattern(source, one(pattern)), source.token(one(In)), printExpression(source, one(expression))),
    ' ',
    printBody(source, one(body), inline),
  ])
}

function printIf(source: Source, { children: { If, expression, body, Else, otherwise, ifStatement } }: cst.IfStatementCstNode, inline: boolean): Doc {
  const then = [spaced(source.token(one(If)), printExpression(source, one(expression))), ' ', printBody(source, one(body), inline)]
  if (!Else) return then
  const rest = ifStatement ? printIf(source, one(ifStatement), inline) : printBody(source, one(otherwise), inline)
  return [...then, ' ', source.token(one(Else)), ' ', rest]
}

/** The bodies of an `if` and all its `else`. */
const bodiesOf = ({ children: { body, otherwise = [], ifStatement = [] } }: cst.IfStatementCstNode): readonly cst.BodyCstNode[] => [
  one(body),
  ...otherwise,
  ...ifStatement.flatMap(bodiesOf),
]

const printAssignment = (source: Source, { children: { pattern = [], Comma, ...value } }: cst.AssignmentCstNode): Doc =>
  spaced(typed(source, group(indent(listed(source, pattern, Comma, (each) => printPattern(source, each)))), value), assigned(source, value))

function printImport(source: Source, { children: { Import, OpenBrace, importedName = [], Comma = [], CloseBrace, From, Text } }: cst.ImportDeclarationCstNode): Doc {
  const names = { open: one(OpenBrace), elements: importedName, commas: Comma, close: one(CloseBrace) }
  const print = ({ children: { Name, As, alias } }: cst.ImportedNameCstNode): Doc => spaced(source.token(one(Name)), optional(source, As), optional(source, alias))
  return spaced(source.token(one(Import)), bracketed(source, names, { print, inside: line }), source.token(one(From)), source.token(one(Text)))
}

function printParameters(source: Source, { children: { OpenParen, parameter = [], Comma = [], CloseParen } }: cst.ParametersCstNode): Doc {
  const print = ({ children: { Name, Colon, type, ...value } }: cst.ParameterCstNode): Doc =>
    spaced([source.token(one(Name)), source.token(one(Colon))], printType(source, one(type)), assigned(source, value))
  return bracketed(source, { open: one(OpenParen), elements: parameter, commas: Comma, close: one(CloseParen) }, { print })
}

function printType(source: Source, { children: { list, Name, OpenBracket = [], CloseBracket = [], Spread, Question } }: cst.TypeCstNode): Doc {
  const type = list ? printShape(source, one(list)) : [source.token(one(Name)), ...OpenBracket.map((open, i) => [source.token(open), source.token(CloseBracket[i]!)])]
  return [type, optional(source, Spread ?? Question)]
}

function printResults(source: Source, { children: { OpenParen, result = [], Comma = [], CloseParen } }: cst.ResultsCstNode): Doc {
  const print = ({ children: { Name, Colon, Like, model, type } }: cst.ResultCstNode): Doc =>
    spaced(Name ? [source.token(one(Name)), source.token(one(Colon))] : '', optional(source, Like), optional(source, model), type ? printType(source, one(type)) : '')
  if (!OpenParen) return print(one(result))
  return bracketed(source, { open: one(OpenParen), elements: result, commas: Comma, close: one(CloseParen) }, { print })
}

function printDeclaration(source: Source, { children: { importDeclaration, constDeclaration, modelDeclaration, blockDeclaration } }: cst.DeclarationCstNode): Doc {
  if (importDeclaration) return printImport(source, one(importDeclaration))
  if (constDeclaration) {
    const { Const, Name, parameters, ...value } = one(constDeclaration).children
    return spaced(source.token(one(Const)), head(source, Name, parameters), assigned(source, value))
  }
  if (modelDeclaration) {
    const { Model, Name, parameters, body } = one(modelDeclaration).children
    return group(spaced(source.token(one(Model)), head(source, Name, parameters), printBody(source, one(body), isInline(source, one(body)))))
  }
  const { Block, Name, parameters, Arrow, results, body } = one(blockDeclaration).children
  const result = results ? spaced(source.token(one(Arrow)), printResults(source, one(results))) : ''
  return group(spaced(source.token(one(Block)), head(source, Name, parameters), result, printBody(source, one(body), isInline(source, one(body)))))
}

const head = (source: Source, name: cst.ConstDeclarationCstNode['children']['Name'], parameters: cst.ParametersCstNode[] | undefined): Doc => [
  source.token(one(name)),
  parameters ? printParameters(source, one(parameters)) : '',
]

/** Declarations: models and blocks with a blank line around them, imports and constants as they stand. */
export function printFile(source: Source, { children: { declaration = [] } }: cst.FileCstNode): Doc {
  const parts = declaration.map((each, i) => {
    const first = source.firstOf(each)
    const before = declaration[i - 1]
    const blank = before && (kindOf(before) !== kindOf(each) || isLong(each) || isLong(before) || source.blankAbove(first))
    return [before ? hardline : '', blank ? hardline : '', source.above(first), printDeclaration(source, each)]
  })
  const end = source.behindAll
  const gap = declaration.length === 0 || end.length === 0 ? '' : [hardline, source.blankAbove(end[0]!) ? hardline : '']
  return parts.length + end.length === 0 ? '' : [parts, gap, source.lines(end), hardline]
}

const kindOf = ({ children }: CstNode): string => Object.keys(children).join()

const isLong = ({ children }: cst.DeclarationCstNode): boolean => 'modelDeclaration' in children || 'blockDeclaration' in children

