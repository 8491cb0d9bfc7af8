import type { Identifier, Statement } from '../syntax/ast.ts'
import { namesInPattern } from '../syntax/pattern-names.ts'
import { originAt, type Context, type Advice } from '../elaborate/context.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { contains, type Span } from '../text/source.ts'
import { surroundingsOf } from './surroundings.ts'

/** A name of another file: imported under another name, or to be imported. */
export function ofOtherFile(name: string, span: Span, ctx: Context): Advice | undefined {
  const [alias] = [...ctx.module.names].find(([, binding]) => binding.kind === 'imported' && binding.name === name) ?? []
  if (alias !== undefined)
    return { notes: [`it is imported as ${alias}`], fixes: [{ title: `use ${alias}`, safety: 'safe', edits: [{ span, text: alias }] }] }
  const file = ctx.run.modules.userFiles.find((module) => module.names.get(name)?.kind === 'declared')
  return file && { notes: [`${file.source.path} declares it: import it from there`] }
}

/** A name that is known inside another declaration. */
export function ofOtherDeclaration(name: string, span: Span, { module }: Context): Advice | undefined {
  const owner = module.ast.declarations.find((other) => !contains(other.span, span) && readsOf(other).bound.has(name))
  return owner && { notes: [`${name} is known inside ${owner.name.name} only`] }
}

/** A name that is made after it is read, or inside a `for` or `if` that has ended before. */
export function ofOtherBody(name: string, read: Span, ctx: Context): Advice | undefined {
  const others = statementsIn(surroundingsOf(read, ctx)?.body ?? []).filter((statement) => !contains(statement.span, read))
  const made = others.flatMap(madeBy).find((one) => one.name === name)?.span
  if (!made) return undefined
  const origin = originAt(ctx, made)
  if (made.start > read.end) return { labels: [{ origin, text: `${name} is made here, after it is used` }] }
  return {
    labels: [{ origin, text: `${name} ends with the body it is made in` }],
    notes: [`assign ${name} before that body, and its value is carried through and out of it`],
  }
}

function madeBy(statement: Statement): readonly Identifier[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(namesInPattern)
  return statement.kind === 'layer' || statement.kind === 'weight' ? [statement.name] : []
}
