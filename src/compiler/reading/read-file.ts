import { parseExpression, parseFile } from '../../../grammar/index.ts'
import type { Expr, FileAst } from '../syntax/ast.ts'
import { buildExpression, buildFile } from '../syntax/build-ast/index.ts'
import { Reporter } from '../diagnostics/diagnostics.ts'
import type { TextReader } from '../syntax/read-text.ts'
import type { Source } from '../text/source.ts'
import { restoreSyntax } from '../syntax/stored-syntax.ts'

/** A text as it was read, and what was said of it then. */
interface ReadFile {
  readonly source: Source
  readonly ast: FileAst
  readonly reporter: Reporter
}

/** What each file was last read as: files of a process share the library and what they import. */
const lastRead = new Map<string, ReadFile>()

/** Reads a file, unless it was read last with the same text; `stored` may give its tree as `storeSyntax` wrote it. */
export function readFile(path: string, text: string, library: boolean, stored?: () => string | undefined): ReadFile {
  const key = `${library ? 'library' : 'user'} ${path}`
  const known = lastRead.get(key)
  if (known?.source.text === text) return known
  const source: Source = { path, text, library }
  const reporter = new Reporter()
  const json = stored?.()
  const ast = (json === undefined ? undefined : restoreSyntax(json, source)) ?? astOf(source, reporter)
  const read: ReadFile = { source, ast, reporter }
  lastRead.set(key, read)
  return read
}

function astOf(source: Source, reporter: Reporter): FileAst {
  try {
    const parsed = parseFile(source.text)
    reporter.addSyntax(parsed.problems, source)
    return buildFile(parsed, source, expressionReader(reporter))
  } catch (error) {
    // brackets are counted before parsing; conditions that follow each other by the thousand are not
    if (!(error instanceof RangeError) || !/call stack/.test(error.message)) throw error
    reporter.report('limit/depth', { bound: 'can be followed' }, { span: { source, start: 0, end: 0 }, frame: undefined })
    return { imports: [], declarations: [], comments: [] }
  }
}

/** Reads an expression that is part of a larger text, reporting what is wrong with it. */
export function expressionReader(reporter: Reporter): TextReader {
  return function read(source, text, offset): Expr {
    const parsed = parseExpression(text, offset)
    reporter.addSyntax(parsed.problems, source)
    return buildExpression(parsed, source, read)
  }
}
