/** What is to be named. */
export interface Named {
  readonly path: string
  /** Whether it was written in the standard library, whose own names tell a user nothing. */
  readonly library: boolean
}

interface Scope {
  readonly scopes: ReadonlyMap<string, Scope>
  readonly values: number
}

/**
 * Each path with only the scopes that tell it from the others: a scope that stands alone in the one around it is left out, and so is,
 * inside the library, a scope of one value. `x/0/Bottleneck/norm/y/batch_norm` is `x/0/batch_norm` where there is nothing else in x/0.
 */
export function shortPaths(all: readonly Named[]): readonly string[] {
  const root = scopeOf(all.map(({ path }) => path.split('/')))
  return all.map(({ path, library }) => {
    const segments = path.split('/')
    let scope = root
    const kept = segments.filter((segment, i) => {
      if (i === segments.length - 1) return true
      const inner = scope.scopes.get(segment)!
      const tells = scope.values > inner.values
      const says = !library || i === 0 || inner.values > 1
      scope = inner
      return tells && says
    })
    return kept.join('/')
  })
}

function scopeOf(paths: readonly (readonly string[])[]): Scope {
  const inner = new Map<string, (readonly string[])[]>()
  for (const [first, ...rest] of paths) {
    if (first !== undefined && rest.length > 0) inner.set(first, [...(inner.get(first) ?? []), rest])
  }
  return { scopes: new Map([...inner].map(([name, below]) => [name, scopeOf(below)])), values: paths.length }
}
