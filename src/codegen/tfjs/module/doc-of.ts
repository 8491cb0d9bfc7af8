import type { Scope } from '../../../compiler/graph/graph.ts'

/** What stands above a declaration as `///`; of one of the library, its first sentence. */
export function docOf({ declaration: { source, start } }: Scope): string {
  const lines = source.text.slice(0, start).split('\n').slice(0, -1)
  const first = lines.findLastIndex((line) => !line.startsWith('///')) + 1
  const doc = lines
    .slice(first)
    .map((line) => line.replace(/^\/\/\/ ?/, ''))
    .join('\n')
  return source.library ? (/^[\s\S]*?(?<!et al)[.:](?=\s+\p{Lu}|\s*$)/u.exec(doc)?.[0].replace(/:$/, '.') ?? doc) : doc
}
