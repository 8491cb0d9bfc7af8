import { parseExpression, parseFile, type Parsed } from '../../../grammar/index.ts'
import type { Expr, FileAst } from '../syntax/ast.ts'
import { buildExpression, buildFile } from '../syntax/build-ast/index.ts'
import type { TextReader } from '../syntax/read-text.ts'
import type { Source } from '../text/source.ts'
import { isStackOverflow } from '../text/stack-overflow.ts'
import { restoreSyntax } from '../syntax/stored-syntax.ts'
import type { Unread } from './cause.ts'

/** A text as it was read. */
interface ReadFile {
  readonly source: Source
  readonly ast: FileAst
  /** What could not be read; `too-deep` where nothing was, because it is nested deeper than can be followed. */
  readonly problems: readonly Unread[] | 'too-deep'
}

/** What each file was last read as: files of a process share the library and what they import. */
const lastRead = new Map<string, ReadFile>()

/**
 * Reads a file, unless it was read last with the same text; `stored` may give its tree as `storeSyntax` wrote it.
 *
 * @param parse of the text, for those who keep its tokens too
 */
export function readFile(path: string, text: string, library: boolean, stored?: () => string | undefined, parse = parseFile): ReadFile {
  const key = `${library ? 'library' : 'user'} ${path}`
  const known = lastRead.get(key)
  if (known?.source.text === text) return known
  const source: Source = { path, text, library }
  const json = stored?.()
  const restored = json === undefined ? undefined : restoreSyntax(json, source)
  const read: ReadFile = restored ? { source, ast: restored, problems: [] } : parsed(source, parse)
  lastRead.set(key, read)
  return read
}

function parsed(source: Source, parse: typeof parseFile): ReadFile {
  const problems: Unread[] = []
  try {
    const file = parse(source.text)
    problems.push(...unreadIn(file))
    return { source, ast: buildFile(file, source, expressionReader((found) => problems.push(...found))), problems }
  } catch (error) {
    // brackets are counted before parsing; conditions that follow each other by the thousand are not
    if (!isStackOverflow(error)) throw error
    return { source, ast: { imports: [], declarations: [], comments: [] }, problems: 'too-deep' }
  }
}

const unreadIn = ({ problems, tokens, comments }: Parsed<unknown>): readonly Unread[] =>
  problems.map((problem) => ({ problem, tokens, comments }))

/** Reads an expression that is part of a larger text. */
export function expressionReader(report: (unread: readonly Unread[], source: Source) => void): TextReader {
  return function read(source, text, offset): Expr {
    const expression = parseExpression(text, offset)
    report(unreadIn(expression), source)
    return buildExpression(expression, source, read)
  }
}
