import type { IToken } from 'chevrotain'
import type { SyntaxProblem } from '../../../grammar/index.ts'
import type { Details } from '../diagnostics/diagnostics.ts'
import type { FileAst, ImportDeclaration } from '../syntax/ast.ts'
import type { Host } from '../text/host.ts'
import type { Source, Span } from '../text/source.ts'

/** What could not be read, with the tokens of the text around it. */
export interface Unread {
  readonly problem: SyntaxProblem
  readonly tokens: readonly IToken[]
  readonly comments: readonly IToken[]
}

/** What mistakes in reading files come from, as data; `remedies/` has for each kind what would mend it. */
export interface ReadingCauses {
  /** What the parser could not read. */
  readonly syntax: Unread & { readonly source: Source }
  /** An imported name that the other file does not declare. */
  readonly 'unknown-import': {
    readonly imported: ImportDeclaration['names'][number]
    readonly from: string
    /** What the other file has. */
    readonly declared: readonly string[]
    readonly ast: FileAst
  }
  readonly 'missing-file': { readonly declaration: ImportDeclaration; readonly path: string }
  /** A name inside a declaration that is that of a family of the library. */
  readonly 'family-name': { readonly name: string; readonly written: Span; readonly ast: FileAst }
}

export type ReadingCause<K extends keyof ReadingCauses = keyof ReadingCauses> = {
  readonly [P in K]: { readonly kind: P } & ReadingCauses[P]
}[K]

/** The door to `remedies/` for what is wrong before anything is elaborated. */
export type AdviseReading = (cause: ReadingCause, host: Host) => Details
