/** Some paths of a model, as its user names them. */
interface PathPattern {
  readonly pattern: string
  readonly matches: (path: string) => boolean
}

/** In a pattern `**` stands for any text, `*` for any text without `/`; the path of a scope means everything in it. */
export function pathPattern(pattern: string): PathPattern {
  const text = pattern.replace(/\*\*|\*|[^*]+/g, (part) =>
    part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'),
  )
  const expression = new RegExp(`^${text}(?:/.*)?$`)
  return { pattern, matches: (path) => expression.test(path) }
}
