import type { CstNodeLocation, IToken } from 'chevrotain'
import type { ExpressionCstNode } from '../../../../grammar/cst.ts'
import type { Source, Span } from '../../text/source.ts'
import type * as ast from '../ast.ts'
import type { TextReader } from '../read-text.ts'

/** What a tree is read with. */
export interface Reading {
  readonly source: Source
  /** Reads the expressions in the braces of a text. */
  readonly readParts: TextReader
  readonly expression: (cst: ExpressionCstNode) => ast.Expr
}

interface Node {
  readonly location: CstNodeLocation
}

/** The tokens that stand in the text: none that the parser put in to go on. */
export const tokensOf = (tokens: readonly IToken[] | undefined): readonly IToken[] =>
  tokens?.filter(({ isInsertedInRecovery }) => !isInsertedInRecovery) ?? []

export const tokenOf = (tokens: readonly IToken[] | undefined): IToken | undefined => tokensOf(tokens)[0]

export const nodeOf = <N extends Node>(nodes: readonly N[] | undefined): N | undefined => nodes?.[0]

/** Where a node or token stands; the start of the text for what is not there at all. */
export function spanOf(element: Node | IToken | undefined, { source }: Reading): Span {
  if (!element) return { source, start: 0, end: 0 }
  const at = 'location' in element ? element.location : element
  const start = Number.isNaN(at.startOffset) ? source.text.length : at.startOffset
  const end = at.endOffset === undefined || Number.isNaN(at.endOffset) ? start : at.endOffset + 1
  return { source, start, end }
}

export const identifier = (name: IToken | undefined, reading: Reading): ast.Identifier => ({
  name: name?.image ?? '',
  span: spanOf(name, reading),
})

/** The expression that should stand in a node and does not. */
export const missing = (around: Node | undefined, reading: Reading): ast.Expr => ({
  kind: 'missing',
  span: spanOf(around, reading),
})

/** The first of some nodes as it is read; missing from the node around it where there is none. */
export function readOf<N extends Node>(
  nodes: readonly N[] | undefined,
  read: (cst: N, reading: Reading) => ast.Expr,
  around: Node,
  reading: Reading,
): ast.Expr {
  const cst = nodeOf(nodes)
  return cst ? read(cst, reading) : missing(around, reading)
}

/** The expression of a node that has one. */
export const valueOf = (
  cst: Node & { readonly children: { readonly expression?: readonly ExpressionCstNode[] } },
  reading: Reading,
): ast.Expr => readOf(cst.children.expression, reading.expression, cst, reading)
