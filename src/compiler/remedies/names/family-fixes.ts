import type { Declaration, Expr, Pattern } from '../../syntax/ast.ts'
import { childrenOf } from '../../syntax/children.ts'
import type { Edit, Fix } from '../../diagnostics/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { namesIn } from '../names-in.ts'
import { readsOf } from '../../elaborate/reads-of.ts'
import { statementsIn } from '../../elaborate/statements-in.ts'

/** What a value is called that has been through an op of a family. */
const made: Readonly<Record<string, string>> = {
  conv: 'convolved',
  fuse: 'fused',
  gather: 'gathered',
  norm: 'normed',
  pool: 'pooled',
  reduce: 'reduced',
  weight: 'weighted',
}

/** Members of values; any other behind the name is an op of the family. */
const member = /^\.(?:height|width|channels|shape|rank|length)\b/

/**
 * A value that is called like a family gets another name, wherever it is read and wherever an argument is passed under the old
 * one.
 */
export function renamedInside(declaration: Declaration, name: string, all: readonly Declaration[]): readonly Fix[] {
  const { source } = declaration.span
  const parameter = declaration.parameters?.find((one) => one.name.name === name)
  const meant = parameter
    ? `${name}_${parameter.type.kind === 'named' && parameter.type.name.name === 'block' ? 'op' : 'value'}`
    : (made[name] ?? `${name}_value`)
  if (new RegExp(String.raw`\b${meant}\b`).test(source.text)) return []
  const reads = namesIn(declaration).filter((read) => read.name === name && !isFamily(source.text.slice(read.span.end)))
  const edits = [
    ...bindings(declaration, name).map((span): Edit => ({ span, text: meant })),
    ...reads.map(({ span }): Edit =>
      source.text[span.end] === ':'
        ? { span: { source, start: span.end + 1, end: span.end + 1 }, text: ` ${meant}` }
        : { span, text: meant },
    ),
    ...(parameter
      ? all.flatMap((caller) => readsOf(caller).read.flatMap((expr) => argumentsOf(expr, declaration.name.name, name)))
      : []
    ).map((span): Edit => ({ span, text: meant })),
  ]
  return [{ title: `call it ${meant}`, edits }]
}

const isFamily = (behind: string): boolean => behind.startsWith('.') && !member.test(behind)

function bindings(declaration: Declaration, name: string): readonly Span[] {
  const parameters = (declaration.parameters ?? []).map((one) => one.name)
  const statements = declaration.kind === 'const' ? [] : statementsIn(declaration.body)
  const named = [...parameters, ...statements.flatMap((statement) => ('name' in statement ? [statement.name] : []))]
  const patterns = statements.flatMap((statement) =>
    statement.kind === 'assign' ? statement.targets : statement.kind === 'for' ? [statement.pattern] : [],
  )
  return [
    ...named.filter((one) => one.name === name).map(({ span }) => span),
    ...patterns.flatMap((pattern) => boundIn(pattern, name)),
  ]
}

function boundIn(pattern: Pattern, name: string): readonly Span[] {
  if (pattern.kind === 'list') return pattern.items.flatMap((item) => boundIn(item, name))
  return pattern.kind === 'name' && pattern.name === name ? [pattern.span] : []
}

/** Where calls of a block or model name one of its arguments. */
function argumentsOf(expr: Expr, called: string, name: string): readonly Span[] {
  const inner = childrenOf(expr).flatMap((child) => argumentsOf(child, called, name))
  if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.callee.name !== called) return inner
  return [...expr.args.flatMap((arg) => (arg.kind === 'named' && arg.name.name === name ? [arg.name.span] : [])), ...inner]
}
