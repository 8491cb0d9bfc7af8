import type { CstNode, IToken } from 'chevrotain'
import { builders } from 'prettier/doc'
import type { Doc, Source } from './source.ts'

const { fill, group, hardline, ifBreak, indent, line, softline } = builders

/** Elements in brackets, separated by commas. */
export interface Bracketed<Node extends CstNode> {
  readonly open: IToken
  readonly elements: readonly Node[]
  readonly commas: readonly IToken[]
  readonly close: IToken
}

interface Layout<Node> {
  readonly print: (element: Node) => Doc
  /** Inside of the brackets, where all stands on one line: nothing, or a space. */
  readonly inside?: Doc
  /** Behind the last element, where each has a line of its own. */
  readonly trailing?: ',' | ''
}

/** On one line, or each element on a line of its own. */
export function bracketed<Node extends CstNode>(source: Source, list: Bracketed<Node>, { print, inside = softline, trailing = ',' }: Layout<Node>): Doc {
  const { open, elements, commas, close } = list
  if (elements.length === 0) {
    const comments = source.atEnd(close)
    return [source.token(open), indent(comments), comments === '' ? '' : hardline, source.token(close)]
  }
  const parts = elements.map((element, i) => [start(source, element, i > 0), print(element), end(source, list, i, i < elements.length - 1 ? [source.comma(commas[i]!), line] : '', trailing)])
  return group([source.token(open), indent([inside, ...parts, source.atEnd(close)]), inside, source.token(close)])
}

/** What stands above an element: a blank line if the text has one there, and comments. */
const start = (source: Source, element: CstNode, between: boolean): Doc => {
  const first = source.firstOf(element)
  return [between && source.blankAbove(first) ? softline : '', source.above(first)]
}

/** What follows an element: the comma to the next, or that which the last has where each stands on a line of its own. */
function end<Node extends CstNode>(source: Source, { commas, elements }: Bracketed<Node>, i: number, next: Doc, trailing: ',' | ''): Doc {
  if (i < elements.length - 1) return next
  const last = commas[i]
  return [ifBreak(trailing), last ? source.remarks(last) : '']
}

interface Table<Node> extends Layout<Node> {
  /** The numbers that the elements are, if all of them are. */
  readonly numbers: readonly string[] | undefined
}

/** Plain values: in the rows that the text has, or in as many rows as they need. */
export function tabular<Node extends CstNode>(source: Source, list: Bracketed<Node>, { print, numbers }: Table<Node>): Doc {
  const { open, elements, commas, close } = list
  const rows = rowsOf(source, elements)
  const commented = source.hasComments(open.startOffset, close.startOffset)
  if (rows.length === 1 && commented) return bracketed(source, list, { print })
  const width = Math.max(...(numbers ?? []).map((number) => number.length))
  const padded = (element: Node, i: number, aligned: boolean): Doc => [aligned && numbers ? ' '.repeat(width - numbers[i]!.length) : '', print(element)]
  if (rows.length > 1) {
    const counts = rows.map(({ length }) => length)
    const aligned = counts[0]! > 1 && counts.every((count, i) => count === counts[0] || (i === counts.length - 1 && count < counts[0]!))
    const starts = new Set(rows.map(([first]) => first))
    const parts = elements.map((element, i) => [
      start(source, element, i > 0 && starts.has(element)),
      padded(element, i, aligned),
      end(source, list, i, i < elements.length - 1 ? [source.comma(commas[i]!), starts.has(elements[i + 1]!) ? hardline : ' '] : '', ','),
    ])
    return group([source.token(open), indent([hardline, ...parts, source.atEnd(close)]), hardline, source.token(close)])
  }
  const cells = (aligned: boolean): Doc => fill(elements.flatMap((element, i) => {
    const cell = [padded(element, i, aligned), i < elements.length - 1 ? ',' : '']
    return i > 0 ? [line, cell] : [cell]
  }))
  return group([source.token(open), indent([softline, numbers ? ifBreak(cells(true), cells(false)) : cells(false)]), ifBreak(','), softline, source.token(close)])
}

/** Elements by the lines on which they begin. */
function rowsOf<Node extends CstNode>(source: Source, elements: readonly Node[]): readonly (readonly Node[])[] {
  const rows: Node[][] = []
  for (const [i, element] of elements.entries()) {
    const before = elements[i - 1]
    if (!before || source.spansLines(endOf(before), startOf(element))) rows.push([])
    rows.at(-1)!.push(element)
  }
  return rows
}

export const startOf = ({ location }: CstNode): number => location?.startOffset ?? NaN

export const endOf = ({ location }: CstNode): number => (location?.endOffset ?? NaN) + 1
