/** Where files come from: the compiler itself reads none. */
export interface Host {
  /** The text of a file, or undefined when there is none. */
  readonly read: (path: string) => string | undefined
  /** The path an import means, seen from the importing file. */
  readonly resolve: (specifier: string, from: string) => string
  /** The names of the fmw files in the folder of a path, where that can be known. */
  readonly filesBeside?: (path: string) => readonly string[]
  readonly library: Library
}

/** The standard library: one text per family, and the prelude. */
export interface Library {
  readonly families: readonly string[]
  readonly read: (family: string) => string
  /** What `storeSyntax` made of the text when fmw was built, where there is a build. */
  readonly stored?: (family: string) => string | undefined
}
