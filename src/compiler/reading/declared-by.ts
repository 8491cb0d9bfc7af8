import type { Declaration } from '../syntax/ast.ts'
import type { Binding, Module } from './module.ts'

/** The declaration that a name of a file leads to, through imports. */
export function declaredBy(
  binding: Binding,
  module: Module,
): { readonly declaration: Declaration; readonly module: Module } | undefined {
  if (binding.kind === 'declared') return { declaration: binding.declaration, module }
  const from = binding.from()
  const found = from?.names.get(binding.name)
  return from && found ? declaredBy(found, from) : undefined
}
