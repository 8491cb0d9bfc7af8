import type { Module } from '../reading/module.ts'
import type { Declaration } from '../syntax/ast.ts'
import { namesIn } from '../syntax/names-in.ts'
import type { Span } from '../text/source.ts'
import { readsOf } from './reads-of.ts'

/**
 * Tells what mistakes of syntax matter to: a declaration that has one in its text, or that reads the name of one that they matter
 * to. A mistake outside of all declarations matters to all of its file, and one in no file to everything.
 */
export function affectedBy(mistakes: readonly Span[], files: readonly Module[]): (declaration: Declaration, module: Module) => boolean {
  const placed = files.flatMap((file) => mistakes.filter(({ source }) => source === file.source))
  const damaged = new Set(files.flatMap((file) => damagedIn(file, mistakes)))
  return (declaration, module) =>
    mistakes.length > 0 && (placed.length < mistakes.length || reachesAny(damaged, { declaration, module }, new Set()))
}

interface Place {
  readonly declaration: Declaration
  readonly module: Module
}

function reachesAny(damaged: ReadonlySet<Declaration>, { declaration, module }: Place, visited: Set<Declaration>): boolean {
  if (damaged.has(declaration)) return true
  if (visited.has(declaration)) return false
  visited.add(declaration)
  return namesReadBy(declaration).some((name) => {
    const found = declaredAs(name, module)
    return found !== undefined && reachesAny(damaged, found, visited)
  })
}

/** What a name of a module is declared as, in it or in a file that it is imported from. */
function declaredAs(name: string, module: Module): Place | undefined {
  const binding = module.names.get(name)
  if (!binding) return undefined
  if (binding.kind === 'declared') return { declaration: binding.declaration, module }
  const from = binding.from()
  return from && declaredAs(binding.name, from)
}

/** The declarations of a file that mistakes stand in: from the beginning of one to that of the next, since its end may be misread. */
function damagedIn({ source, ast }: Module, mistakes: readonly Span[]): readonly Declaration[] {
  const parts = [...ast.imports, ...ast.declarations].sort((a, b) => a.span.start - b.span.start)
  return mistakes
    .filter((mistake) => mistake.source === source)
    .flatMap(({ start }) => {
      const at = parts.findLastIndex(({ span }) => span.start <= start)
      const part = parts[at]
      if (!part || part.kind === 'import') return ast.declarations
      // what does not fit as the beginning of a declaration may be the end of the one before
      const before = part.span.start === start ? parts[at - 1] : undefined
      return [part, ...(before && before.kind !== 'import' ? [before] : [])]
    })
}

function namesReadBy(declaration: Declaration): readonly string[] {
  const results = declaration.kind === 'block' ? declaration.results : []
  const shapes = results.flatMap((result) => (result.kind === 'type' && result.type.kind === 'shape' ? [result.type.shape] : []))
  return [...readsOf(declaration).read, ...shapes].flatMap(namesIn).map(({ name }) => name)
}
