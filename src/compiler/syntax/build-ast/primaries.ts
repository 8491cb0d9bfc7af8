import type { IToken } from 'chevrotain'
import type { PrimaryCstNode } from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { readText } from '../read-text.ts'
import { missing, nodeOf, spanOf, tokenOf, type Reading } from './cst-parts.ts'
import { listOf } from './lists.ts'

/** A literal, a name, a list, or what stands in parentheses. */
export function primaryOf(cst: PrimaryCstNode, reading: Reading): ast.Expr {
  const { children } = cst
  const inner = nodeOf(children.expression)
  if (inner) return { ...reading.expression(inner), outer: spanOf(cst, reading) }
  const list = nodeOf(children.list)
  if (list) return listOf(list, reading)
  const text = tokenOf(children.Text)
  if (text) return textOf(text, reading)
  const span = spanOf(cst, reading)
  const name = tokenOf(children.Name)
  if (name) return { kind: 'name', name: name.image, span }
  if (tokenOf(children.True)) return { kind: 'bool', value: true, span }
  if (tokenOf(children.False)) return { kind: 'bool', value: false, span }
  if (tokenOf(children.None)) return { kind: 'none', span }
  if (tokenOf(children.Hole)) return { kind: 'hole', span }
  return numberOf(cst, reading) ?? missing(cst, reading)
}

function numberOf(cst: PrimaryCstNode, reading: Reading): ast.Expr | undefined {
  const { Int, Float, Size } = cst.children
  const span = spanOf(cst, reading)
  const [int, float, size] = [tokenOf(Int), tokenOf(Float), tokenOf(Size)]
  if (int) return { kind: 'number', value: Number(int.image), float: false, span }
  if (float) return { kind: 'number', value: Number(float.image), float: true, span }
  return size && { kind: 'size', values: size.image.split('x').map(Number), span }
}

export const textOf = (text: IToken, reading: Reading): ast.Expr => ({
  kind: 'text',
  parts: readText(reading.source, text.startOffset, text.image, reading.readParts),
  span: spanOf(text, reading),
})
