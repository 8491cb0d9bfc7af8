import { parseFile, type Parsed } from '../../grammar/index.ts'
import type { FileCstNode } from '../../grammar/cst.ts'
import { compile } from '../compiler/compile.ts'
import type { Diagnostic } from '../compiler/diagnostics/diagnostics.ts'
import type { Meaning, Where } from '../compiler/elaborate/sink.ts'
import type { Value } from '../compiler/elaborate/value.ts'
import type { Graph } from '../compiler/graph/graph.ts'
import type { Levels } from '../compiler/lint/level.ts'
import { readFile } from '../compiler/reading/read-file.ts'
import type { FileAst } from '../compiler/syntax/ast.ts'
import type { Host } from '../compiler/text/host.ts'
import { isStanding, type Frame, type Source, type Span } from '../compiler/text/source.ts'

/** What an expression was in one call and turn. */
export interface ToldValue {
  readonly span: Span
  readonly value: Value
  readonly where: Where
}

/** What a name stood for where it stands, and its value then. */
export interface ToldName {
  readonly span: Span
  readonly meaning: Meaning
  readonly value: Value
  readonly where: Where
}

/** What there is to know of a file as its text stands. */
export interface Analysis {
  readonly host: Host
  readonly source: Source
  readonly ast: FileAst
  /** Tokens and comments; an exact tree, where there are no mistakes of syntax. */
  readonly parsed: Parsed<FileCstNode>
  /** Of the file and of those that it imports, without fixes: `fixesOf` looks for those. */
  readonly diagnostics: readonly Diagnostic[]
  /** Under which it was compiled. */
  readonly rules: Levels
  /** The models that have no errors. */
  readonly graphs: readonly Graph[]
  /** What the expressions of the file were, by where they begin, in the order of the elaboration. */
  readonly values: ReadonlyMap<number, readonly ToldValue[]>
  /** The same of its names. */
  readonly names: ReadonlyMap<number, readonly ToldName[]>
  /** The last analysis of the file without mistakes of syntax, where this one has some. */
  readonly lastGood: Analysis | undefined
}

export interface AnalysisOptions {
  readonly rules?: Levels
}

/** Compiles a text, and keeps what is found out of it on the way. */
export function analyse(path: string, text: string, host: Host, { rules = {} }: AnalysisOptions = {}, before?: Analysis): Analysis {
  const values = new Map<number, ToldValue[]>()
  const names = new Map<number, ToldName[]>()
  let read: Analysis['parsed'] | undefined
  const { source, ast } = readFile(path, text, false, undefined, (whole) => (read = parseFile(whole)))
  const { diagnostics, graphs } = compile(path, text, host, {
    rules,
    fixes: false,
    sink: {
      value: ({ span }, value, where) => span.source === source && isOwn(where) && keep(values, { span, value, where }),
      name: (span, meaning, value, where) => span.source === source && isOwn(where) && keep(names, { span, meaning, value, where }),
    },
  })
  // what was read before has no tokens
  const parsed = read ?? parseFile(text)
  const lastGood = parsed.exact || !before ? undefined : before.parsed.exact ? before : before.lastGood
  return { host, source, ast, parsed, rules, diagnostics, graphs, values, names, lastGood }
}

/** What a block that nobody calls calls itself is of no call that anybody makes. */
const isOwn = ({ frame }: Where): boolean => !frame?.parent || !isStanding(outermost(frame))

function outermost(frame: Frame): Frame {
  let outer = frame
  while (outer.parent) outer = outer.parent
  return outer
}

function keep<Told extends { readonly span: Span }>(all: Map<number, Told[]>, told: Told): void {
  const there = all.get(told.span.start)
  if (there) there.push(told)
  else all.set(told.span.start, [told])
}
