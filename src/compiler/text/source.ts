/** A text that was read, and where something stands in it. Lines and columns count from 1, offsets from 0. */
export interface Source {
  readonly path: string
  readonly text: string
  /** True for files of the standard library: blame climbs out of them to the caller. */
  readonly library: boolean
}

export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

export interface Position {
  readonly line: number
  readonly column: number
}

const starts = new WeakMap<Source, readonly number[]>()

/** The offset at which each line begins. */
function lineStarts(source: Source): readonly number[] {
  let known = starts.get(source)
  if (!known) {
    const found = [0]
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) found.push(at + 1)
    starts.set(source, (known = found))
  }
  return known
}

export function positionOf(source: Source, offset: number): Position {
  const lines = lineStarts(source)
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lines[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - lines[low]! + 1 }
}

/** The text of a line (from 1), without its line break. */
export function lineText(source: Source, line: number): string {
  const lines = lineStarts(source)
  return source.text.slice(lines[line - 1], lines[line] ?? source.text.length).replace(/\r?\n$/, '')
}

/** Where the line begins in which an offset of a text lies. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

/** The spaces before a place, where nothing else stands before it on its line. */
export const indentOf = ({ source, start }: Span): string => ' '.repeat(positionOf(source, start).column - 1)

export const isSamePlace = (a: Span, b: Span): boolean => a.source === b.source && a.start === b.start && a.end === b.end

/** Whether all of a place lies in another. */
export const contains = (whole: Span, part: Span): boolean =>
  whole.source === part.source && whole.start <= part.start && part.end <= whole.end

export const textOf = (span: Span): string => span.source.text.slice(span.start, span.end)

/** One level of the chain of blocks in which something happened. */
export interface Frame {
  readonly name: string
  readonly call: Span
  readonly definition: Span
  readonly parent: Frame | undefined
}

/** Whether something happens in a block, called from there or from what it calls. */
export function isWithin(frame: Frame | undefined, definition: Span): boolean {
  for (let at = frame; at; at = at.parent) if (isSamePlace(at.definition, definition)) return true
  return false
}

/** Whether a block is elaborated where it stands: nobody calls it there. */
export const isStanding = ({ call, definition }: Frame): boolean => call === definition

/** Where a value or an extent was decided. */
export interface Origin {
  readonly span: Span
  readonly frame: Frame | undefined
}

/** The nearest place outside the standard library: what a user wrote. */
export function userOrigin(origin: Origin): Origin {
  let { span, frame } = origin
  while (span.source.library && frame) ({ call: span, parent: frame } = frame)
  return { span, frame }
}

/** The blocks of the user's files in which something happened, innermost first. */
export function chainOf(frame: Frame | undefined): readonly Frame[] {
  const chain: Frame[] = []
  for (let at = frame; at; at = at.parent) if (!at.definition.source.library) chain.push(at)
  return chain
}

/** `file:line:column` of the beginning of a span. */
export function placeOf({ source, start }: Span, fileOf: (path: string) => string = (path) => path): string {
  const { line, column } = positionOf(source, start)
  return `${fileOf(source.path)}:${line}:${column}`
}
