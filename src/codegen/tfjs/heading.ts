/** From this many values on a scope has a heading of its own; smaller ones stand in the paragraph of the scope around them. */
const paragraph = 4

/** For each path, the scope whose heading it stands under. A path without scopes has none (''). */
export function headingsOf(paths: readonly string[]): readonly string[] {
  const sizes = new Map<string, number>()
  for (const scope of paths.flatMap(scopesOf)) sizes.set(scope, (sizes.get(scope) ?? 0) + 1)
  return paths.map((path) => {
    const scopes = scopesOf(path)
    return scopes.findLast((scope) => sizes.get(scope)! >= paragraph) ?? scopes[0] ?? ''
  })
}

/** `a/b/c` is in `a` and in `a/b`. */
const scopesOf = (path: string): readonly string[] => {
  const segments = path.split('/').slice(0, -1)
  return segments.map((_, i) => segments.slice(0, i + 1).join('/'))
}
