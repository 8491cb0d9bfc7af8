import type { CstNode, IToken } from 'chevrotain'
import { builders } from 'prettier/doc'
import type { FileCstNode } from '../../grammar/cst.ts'
import type { Parsed } from '../../grammar/index.ts'
import { tokenEnd } from '../../grammar/token-end.ts'

const { breakParent, hardline, join, lineSuffix, lineSuffixBoundary, trim } = builders

/** What prettier lays out. */
export type Doc = builders.Doc

/** A text that is laid out anew: what its tokens are printed as, and its comments with them, each between the two tokens between which it stands. */
export interface Source {
  readonly text: string
  /** A token, with the comments at its place that were not printed before. */
  readonly token: (token: IToken) => Doc
  /** A comma that stands behind an element, with what is said of it. */
  readonly comma: (comma: IToken) => Doc
  /** The comments of a token without it. */
  readonly remarks: (token: IToken) => Doc
  /** The comments above what begins with this token, each on a line of its own. */
  readonly above: (first: IToken) => Doc
  /** The lines above the bracket that closes, each behind a line end. */
  readonly atEnd: (close: IToken) => Doc
  /** The comments behind the last token, each on a line of its own, and whether there are any. */
  readonly behindAll: readonly IToken[]
  /** Whether a blank line is above what begins with this token, or above the comments above it. */
  readonly blankAbove: (first: IToken) => boolean
  /** The first token of a node. */
  readonly firstOf: (node: CstNode) => IToken
  /** Whether the text has a line end between two of its places. */
  readonly spansLines: (from: number, to: number) => boolean
  /** Whether comments stand between two of its places. */
  readonly hasComments: (from: number, to: number) => boolean
  /** Lines of comments, with the blank lines between them. */
  readonly lines: (comments: readonly IToken[]) => Doc
}

export function openSource(text: string, { tokens, comments }: Pick<Parsed<FileCstNode>, 'tokens' | 'comments'>): Source {
  const { before, behind, behindAll, blank } = placesOf(text, tokens, comments)
  const byOffset = new Map(tokens.map((token) => [token.startOffset, token]))
  const take = (token: IToken): readonly IToken[] => {
    const own = before.get(token) ?? []
    before.delete(token)
    return own
  }
  const lines = (some: readonly IToken[]): Doc => some.map((comment, i) => [i > 0 ? hardline : '', i > 0 && blank.has(comment) ? hardline : '', imageOf(comment)])
  // at the next line end, or before the next token if none comes before it
  const beforehand = (token: IToken): Doc => take(token).map((comment) => [lineSuffix([hardline, imageOf(comment)]), breakParent])
  const afterwards = (token: IToken): Doc => {
    const comment = behind.get(token)
    return comment ? lineSuffix([trim, ` ${imageOf(comment)}`]) : ''
  }
  const remarks = (token: IToken): Doc => [beforehand(token), afterwards(token)]
  const spansLines = (from: number, to: number): boolean => /[\n\r]/.test(text.slice(from, to))
  return {
    text,
    token: (token) => [beforehand(token), lineSuffixBoundary, token.image, afterwards(token)],
    // a comma follows its element on the line, in front of what is said behind the element
    comma: (comma) => [before.has(comma) || behind.has(comma) ? [beforehand(comma), lineSuffixBoundary] : '', ',', afterwards(comma)],
    remarks,
    above(first) {
      const own = take(first)
      return own.length === 0 ? '' : [lines(own), hardline, blank.has(first) ? hardline : '']
    },
    atEnd(close) {
      const own = take(close)
      return own.length === 0 ? '' : [hardline, blank.has(own[0]!) ? hardline : '', lines(own)]
    },
    behindAll,
    blankAbove: (first) => blank.has(before.get(first)?.[0] ?? first),
    firstOf(node) {
      const first = byOffset.get(node.location?.startOffset ?? NaN)
      if (!first) throw new Error(`no token begins the ${node.name}`)
      return first
    },
    spansLines,
    hasComments: (from, to) => comments.some(({ startOffset }) => from <= startOffset && startOffset < to),
    lines,
  }
}

const imageOf = ({ image }: IToken): string => image.trimEnd()

interface Places {
  /** Comments above a token, or between it and the one before where they are not behind that. */
  readonly before: Map<IToken, readonly IToken[]>
  /** The comment on the line of a token, behind it. */
  readonly behind: ReadonlyMap<IToken, IToken>
  readonly behindAll: readonly IToken[]
  /** What has a blank line above it. */
  readonly blank: ReadonlySet<IToken>
}

function placesOf(text: string, tokens: readonly IToken[], comments: readonly IToken[]): Places {
  const before = new Map<IToken, IToken[]>()
  const behind = new Map<IToken, IToken>()
  const behindAll: IToken[] = []
  const blank = new Set<IToken>()
  const isComment = new Set(comments)
  let waiting: IToken[] = []
  let waitedFor = false
  let last: IToken | undefined
  let token: IToken | undefined
  for (const piece of [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset)) {
    const between = text.slice(last ? tokenEnd(last) : 0, piece.startOffset)
    const ends = between.match(/\r\n|\n|\r/g)?.length ?? 0
    if (last && ends > 1) blank.add(piece)
    if (isComment.has(piece)) {
      if (last && last === token && ends === 0 && !(token.image === ',' && waitedFor)) behind.set(token, piece)
      else waiting.push(piece)
    } else {
      if (waiting.length > 0) before.set(piece, waiting)
      // where a comma may go, there is room for one comment
      waitedFor = last !== undefined && isComment.has(last)
      waiting = []
      token = piece
    }
    last = piece
  }
  behindAll.push(...waiting)
  return { before, behind, behindAll, blank }
}

/** What is joined by spaces, without what is not there. */
export const spaced = (...parts: readonly Doc[]): Doc => join(' ', parts.filter((part) => part !== ''))
