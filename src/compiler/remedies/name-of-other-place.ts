import type { Context, Advice } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { contains, type Span } from '../text/source.ts'

/** A name of another file: imported under another name, or to be imported. */
export function ofOtherFile(name: string, span: Span, ctx: Context): Advice | undefined {
  const [alias] = [...ctx.module.names].find(([, binding]) => binding.kind === 'imported' && binding.name === name) ?? []
  if (alias !== undefined)
    return { notes: [`it is imported as ${alias}`], fixes: [{ title: `use ${alias}`, edits: [{ span, text: alias }] }] }
  const file = ctx.run.modules.userFiles.find((module) => module.names.get(name)?.kind === 'declared')
  return file && { notes: [`${file.source.path} declares it: import it from there`] }
}

/** A name that is known inside another declaration. */
export function ofOtherDeclaration(name: string, span: Span, { module }: Context): Advice | undefined {
  const owner = module.ast.declarations.find((other) => !contains(other.span, span) && readsOf(other).bound.has(name))
  return owner && { notes: [`${name} is known inside ${owner.name.name} only`] }
}
