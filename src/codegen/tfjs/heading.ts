import { pathsAround } from '../../compiler/graph/path.ts'

/** From this many values on a scope has a heading of its own; smaller ones stand in the paragraph of the scope around them. */
const paragraph = 4

/** For each path, by its segments, the scope whose heading it stands under. A path without scopes has none (''). */
export function headingsOf(paths: readonly (readonly string[])[]): readonly string[] {
  const sizes = new Map<string, number>()
  for (const scope of paths.flatMap(pathsAround)) sizes.set(scope, (sizes.get(scope) ?? 0) + 1)
  return paths.map((path) => {
    const scopes = pathsAround(path)
    return scopes.findLast((scope) => sizes.get(scope)! >= paragraph) ?? scopes[0] ?? ''
  })
}
