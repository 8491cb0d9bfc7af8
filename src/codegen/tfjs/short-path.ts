import { pathText } from '../../compiler/graph/path.ts'

/** What is to be named. */
export interface Named {
  /** Of its path. */
  readonly segments: readonly string[]
  /** Whether it was written in the standard library, whose own names tell a user nothing. */
  readonly library: boolean
}

interface Scope {
  readonly scopes: ReadonlyMap<string, Scope>
  readonly values: number
}

/**
 * Each path with only the scopes that tell it from the others: left out is a scope that holds all there is in the one around it,
 * and, below the user's own names, a scope of the library that holds one value. `x/0/Bottleneck/norm/y/batch_norm` is
 * `x/0/batch_norm` in such a case.
 */
export function shortPaths(all: readonly Named[]): readonly string[] {
  const root = scopeOf(all.map(({ segments }) => segments))
  return all.map(({ segments, library }) => {
    let scope = root
    const kept = segments.filter((segment, i) => {
      const inner = scope.scopes.get(segment)
      if (!inner || i === segments.length - 1) return true
      const tells = scope.values > inner.values
      const says = !library || i === 0 || inner.values > 1
      scope = inner
      return tells && says
    })
    return pathText(kept)
  })
}

function scopeOf(paths: readonly (readonly string[])[]): Scope {
  const inner = new Map<string, (readonly string[])[]>()
  for (const [first, ...rest] of paths) {
    if (first === undefined || rest.length === 0) continue
    const below = inner.get(first)
    if (below) below.push(rest)
    else inner.set(first, [rest])
  }
  return { scopes: new Map([...inner].map(([name, below]) => [name, scopeOf(below)])), values: paths.length }
}
