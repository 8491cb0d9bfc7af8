import type { ExpressionCstNode, FileCstNode } from '../../../../grammar/cst.ts'
import type { Parsed } from '../../../../grammar/index.ts'
import { DocComment } from '../../../../grammar/tokens.ts'
import type { Source } from '../../text/source.ts'
import type * as ast from '../ast.ts'
import type { TextReader } from '../read-text.ts'
import { spanOf, type Reading } from './cst-parts.ts'
import { declarationOf, importOf } from './declarations.ts'
import { documentationBefore } from './documentation.ts'
import { expressionOf } from './expressions.ts'

/** CST → AST. Pieces that the parser's recovery left out become `missing` expressions or are dropped; nothing throws. */
export function buildFile(parsed: Parsed<FileCstNode>, source: Source, readParts: TextReader): ast.FileAst {
  const reading = readingOf(source, readParts)
  const declarations = parsed.cst?.children.declaration ?? []
  const documentation = parsed.comments.filter(({ tokenType }) => tokenType === DocComment)
  const comments = parsed.comments.filter(({ tokenType }) => tokenType !== DocComment)
  return {
    imports: declarations.flatMap(({ children }) => children.importDeclaration ?? []).map((cst) => importOf(cst, reading)),
    declarations: declarations.flatMap((cst) => declarationOf(cst, documentationBefore(cst, documentation, source), reading)),
    comments: comments.map((comment) => ({ text: comment.image, span: spanOf(comment, reading) })),
  }
}

export function buildExpression(parsed: Parsed<ExpressionCstNode>, source: Source, readParts: TextReader): ast.Expr {
  const { cst } = parsed
  return cst
    ? readingOf(source, readParts).expression(cst)
    : { kind: 'missing', span: { source, start: 0, end: source.text.length } }
}

function readingOf(source: Source, readParts: TextReader): Reading {
  const reading: Reading = { source, readParts, expression: (cst) => expressionOf(cst, reading) }
  return reading
}
