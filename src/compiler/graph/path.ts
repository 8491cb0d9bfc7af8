/** A path as it is shown and written into files: its segments with a slash between. */
export const pathText = (segments: readonly string[]): string => segments.join('/')

/** The paths that a path stands in, the outermost first: of `a/b/c`, `a` and `a/b`. */
export const pathsAround = (segments: readonly string[]): readonly string[] =>
  segments.slice(1).map((_, i) => pathText(segments.slice(0, i + 1)))
