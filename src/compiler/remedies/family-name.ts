import type { Expr } from '../syntax/ast.ts'
import { bindingsIn } from '../syntax/bindings.ts'
import { childrenOf } from '../syntax/children.ts'
import { renamed } from '../fixes/renaming.ts'
import type { Span } from '../text/source.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import type { ReadingRemedy } from './remedy.ts'

/** What a value is called that has been through an op of a family. */
const made: ReadonlyMap<string, string> = new Map([
  ['conv', 'convolved'],
  ['fuse', 'fused'],
  ['gather', 'gathered'],
  ['norm', 'normed'],
  ['pool', 'pooled'],
  ['reduce', 'reduced'],
  ['weight', 'weighted'],
])

/** Members of values; any other behind the name is an op of the family. */
const members: ReadonlySet<string> = new Set(['height', 'width', 'channels', 'shape', 'rank', 'length'])

/**
 * A value that is called like a family gets another name, wherever it is read and wherever an argument is passed under the old
 * one.
 */
export const anotherName: ReadingRemedy<'family-name'> = ({ name, declaration, ast }) => {
  const parameter = declaration.parameters?.find((one) => one.name.name === name)
  const meant = parameter
    ? `${name}_${parameter.type.kind === 'named' && parameter.type.name.name === 'block' ? 'op' : 'value'}`
    : (made.get(name) ?? `${name}_value`)
  const bindings = bindingsIn(ast).filter((binding) => isWithin(binding.span, declaration.span))
  if (bindings.some((binding) => binding.name === meant)) return {}
  const families = new Set(readsOf(declaration).read.flatMap((expr) => opsOf(name, expr)))
  const edits = bindings.filter((binding) => binding.name === name).flatMap(({ span, uses }) => [
    { span, text: meant },
    ...uses.filter((use) => !families.has(use.span)).map((use) => renamed(use, meant)),
  ])
  const passed = parameter
    ? ast.declarations.flatMap((caller) =>
        readsOf(caller).read.flatMap((expr) => argumentsOf(expr, declaration.name.name, name)),
      )
    : []
  return { fixes: [{ title: `call it ${meant}`, edits: [...edits, ...passed.map((span) => ({ span, text: meant }))] }] }
}

/** Where the name before a dot is the family after all: what follows is no member of a value. */
function opsOf(family: string, expr: Expr): readonly Span[] {
  const isOp = expr.kind === 'member' && expr.of.kind === 'name' && expr.of.name === family && !members.has(expr.member.name)
  return isOp ? [expr.of.span] : childrenOf(expr).flatMap((child) => opsOf(family, child))
}

const isWithin = (inner: Span, outer: Span): boolean =>
  inner.source === outer.source && outer.start <= inner.start && inner.end <= outer.end

/** Where calls of a block or model name one of its arguments. */
function argumentsOf(expr: Expr, called: string, name: string): readonly Span[] {
  const inner = childrenOf(expr).flatMap((child) => argumentsOf(child, called, name))
  if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.callee.name !== called) return inner
  return [...expr.args.flatMap((arg) => (arg.kind === 'named' && arg.name.name === name ? [arg.name.span] : [])), ...inner]
}
