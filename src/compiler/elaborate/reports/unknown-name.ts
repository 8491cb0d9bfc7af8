import type { Declaration, Expr, Identifier } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import { didYouMean } from '../../text/did-you-mean.ts'
import type { Details } from '../../diagnostics/diagnostics.ts'
import { primitives } from '../../primitives/index.ts'
import type { Span } from '../../text/source.ts'
import { assignmentOf } from './assignment-of.ts'
import { builtins } from '../builtins.ts'
import { fail, originAt, type Context } from '../context.ts'
import { endedName } from './ended-name.ts'
import { enums, enumsWith } from '../enums.ts'
import { namedStep } from '../../remedies/names/label-fixes.ts'
import { madeBefore, movedUp } from '../../remedies/names/made-elsewhere.ts'
import { lengthOf, nothing, unreadName, writtenOut } from '../../remedies/names/name-fixes.ts'
import { opMeant } from './other-frameworks.ts'
import { readsOf } from '../reads-of.ts'
import { failed, type Value } from '../value.ts'

/** Reports a name that nothing has, with what may be meant. `words` are those of the enum that is wanted there. */
export function unknownName(name: string, span: Span, ctx: Context, words?: readonly string[]): Value {
  if (ctx.run.reporter.knows('name/unknown', originAt(ctx, span))) return failed(originAt(ctx, span))
  if (words) return unknownWord(name, span, ctx, words)
  const belongs = enumsWith(name)
  if (belongs.length > 0) {
    const notes = [`${name} is a word of ${belongs.join(' and ')}: it has a meaning only where one of these is wanted`]
    return fail(ctx, 'name/unknown', { what: 'name', name }, span, { notes, fixes: writtenOut(name, span, ctx) })
  }
  return fail(ctx, 'name/unknown', { what: 'name', name }, span, elsewhere(name, span, ctx) ?? meantBy(name, span, ctx))
}

/** What other languages call something here, a word that is nearly the same, or the one value that nothing reads. */
function meantBy(name: string, span: Span, ctx: Context): Details {
  if (/^(?:None|null|nil|undefined)$/.test(name))
    return { notes: ['no value is written none, an activation that does nothing identity'], fixes: nothing(span) }
  if (name === 'len') return { notes: ['the length of a list is list.length'], fixes: lengthOf(span, ctx) }
  const near = nearest(name, ctx)
  const unread = near === undefined ? unreadName(span, ctx) : undefined
  if (unread === undefined) return meaning(near, span)
  return {
    notes: [`nothing reads ${unread}, which is made before: is it meant?`],
    fixes: [{ title: `use ${unread}`, edits: [{ span, text: unread }] }],
  }
}

/** What an enum is called, where it is not what it is an enum of. */
const nouns: Readonly<Record<string, string>> = { init: 'initialiser', per: 'choice of weights' }

function unknownWord(name: string, span: Span, ctx: Context, words: readonly string[]): Value {
  const wanted = Object.keys(enums).find((key) => enums[key] === words)
  const what = wanted === undefined ? 'word' : (nouns[wanted] ?? wanted)
  const meant = meaning(didYouMean(name, [...words, ...namesAt(ctx)]), span)
  const others = enumsWith(name).map(
    (other) =>
      `${name} is a word of ${other}${other === 'mode' ? `: to pad that way, write pad(…, mode: ${name}) before the op` : ''}`,
  )
  const notes =
    meant.notes.length > 0 ? meant.notes : [...others, `a ${what} is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`]
  return fail(ctx, 'name/unknown', { what, name }, span, { ...meant, notes })
}

const meaning = (meant: string | undefined, span: Span) => ({
  notes: meant ? [`did you mean ${meant}?`] : [],
  fixes: meant ? [{ title: `use ${meant}`, edits: [{ span, text: meant }] }] : [],
})

const nearest = (name: string, ctx: Context): string | undefined =>
  opMeant(name) ??
  didYouMean(name, namesAt(ctx)) ??
  didYouMean(name, primitives.keys()) ??
  didYouMean(name, Object.values(enums).flat())

const namesAt = (ctx: Context): readonly string[] => [
  ...ctx.scope.all(),
  ...ctx.module.names.keys(),
  ...ctx.run.modules.prelude.names.keys(),
  ...builtins.keys(),
  ...ctx.run.modules.families,
  'true',
  'false',
  'none',
]

/** What is said of a name that exists, but not here. */
function elsewhere(name: string, span: Span, ctx: Context): Details | undefined {
  const { ast, names } = ctx.module
  const declaration = ast.declarations.find(
    (one) => one.span.source === span.source && one.span.start <= span.start && span.end <= one.span.end,
  )
  const ended = endedName(name, span, ast)
  if (ended) {
    return {
      labels: [{ origin: originAt(ctx, ended), text: `${name} ends with the body it is made in` }],
      notes: [`assign ${name} before that body, and its value is carried through and out of it`],
      fixes: madeBefore(name, ended, span, ctx),
    }
  }
  const later = declaration && declaration.kind !== 'const' ? assignmentOf(name, declaration.body) : undefined
  if (later && later.start > span.end)
    return {
      labels: [{ origin: originAt(ctx, later), text: `${name} is made here, after it is used` }],
      fixes: movedUp(name, span, ctx),
    }
  const label = declaration && labelIn(declaration, name)
  if (label)
    return {
      labels: [{ origin: originAt(ctx, label), text: 'a label names a step in paths, not a value' }],
      fixes: namedStep(label, ctx),
    }
  const alias = [...names].find(([, binding]) => binding.kind === 'imported' && binding.name === name)
  if (alias)
    return { notes: [`it is imported as ${alias[0]}`], fixes: [{ title: `use ${alias[0]}`, edits: [{ span, text: alias[0] }] }] }
  const file = ctx.run.modules.userFiles.find((module) => module.names.get(name)?.kind === 'declared')
  if (file) return { notes: [`${file.source.path} declares it: import it from there`] }
  const owner = ast.declarations.find((other) => other !== declaration && readsOf(other).bound.has(name))
  return owner && nearest(name, ctx) === undefined ? { notes: [`${name} is known inside ${owner.name.name} only`] } : undefined
}

const labels = new WeakMap<Declaration, readonly Identifier[]>()

function labelIn(declaration: Declaration, name: string): Span | undefined {
  let all = labels.get(declaration)
  if (!all) labels.set(declaration, (all = readsOf(declaration).read.flatMap(labelsOf)))
  return all.find((label) => label.name === name)?.span
}

function labelsOf(expr: Expr): readonly Identifier[] {
  const own = expr.kind === 'label' ? [expr.label] : expr.kind === 'pipe' ? expr.steps.flatMap((step) => step.label ?? []) : []
  return [...own, ...childrenOf(expr).flatMap(labelsOf)]
}
