import type { ConstDeclaration, Expr, MemberExpr } from '../syntax/ast.ts'
import { primitives } from '../primitives/index.ts'
import type { Origin, Span } from '../text/source.ts'
import { builtins } from './builtins.ts'
import { fail, originAt, Scope, tellBinding, tellName, type Context } from './context.ts'
import { evaluate } from './evaluate.ts'
import { declaredBy } from '../reading/declared-by.ts'
import type { Binding, Module } from '../reading/module.ts'
import { Path } from './path.ts'
import { unknownName } from './reports/unknown-name.ts'
import { failed, type BlockValue, type Target, type Value } from './value.ts'

/** The value of a name: of the body, the file, the prelude, the language, or a primitive; reports a name that nothing has. */
export function resolveName(name: string, span: Span, ctx: Context, words?: readonly string[]): Value {
  const origin = originAt(ctx, span)
  const bound = ctx.scope.get(name) ?? ofFile(name, origin, ctx)
  if (bound) {
    tellBinding(span, bound, ctx)
    return bound
  }
  const { prelude } = ctx.run.modules
  const declared = prelude.names.get(name)
  if (declared) return fromLibrary(declared, prelude, span, ctx)
  const builtin = builtins.get(name)
  const primitive = primitives.get(name)
  if (builtin || primitive) {
    const target: Target = builtin ? { kind: 'builtin', builtin } : { kind: 'primitive', primitive: primitive! }
    const value = blockValue(name, target, origin)
    tellName(span, { kind: target.kind, name }, value, ctx)
    return value
  }
  return ctx.run.modules.families.includes(name) ? familyAlone(name, span, ctx) : unknownName(name, span, ctx, words)
}

/** What the file declares or imports under a name. */
function ofFile(name: string, origin: Origin, ctx: Context): Value | undefined {
  const binding = ctx.module.names.get(name)
  return binding && valueOf(binding, ctx.module, origin, ctx)
}

/** An op of the library where its name stands. */
function fromLibrary(binding: Binding, module: Module, span: Span, ctx: Context): Value {
  const value = valueOf(binding, module, originAt(ctx, span), ctx)
  const declared = declaredBy(binding, module)
  if (declared) tellName(span, { kind: 'declaration', ...declared }, value, ctx)
  return value
}

/** Whether a name means something here. */
export const isKnown = (name: string, ctx: Context): boolean =>
  ctx.scope.get(name) !== undefined ||
  ctx.module.names.has(name) ||
  ctx.run.modules.prelude.names.has(name) ||
  builtins.has(name) ||
  primitives.has(name)

const blockValue = (name: string, target: Target, origin: Origin): BlockValue => ({
  kind: 'block',
  target,
  name,
  given: undefined,
  layer: undefined,
  frozen: false,
  origin,
})

function valueOf(binding: Binding, module: Module, origin: Origin, ctx: Context): Value {
  if (binding.kind === 'imported') {
    const from = binding.from()
    const found = from?.names.get(binding.name)
    return from && found ? valueOf(found, from, origin, ctx) : failed(origin)
  }
  const { declaration } = binding
  const { name } = declaration.name
  if (declaration.kind === 'block') return blockValue(name, { kind: 'block', declaration, module }, origin)
  if (declaration.kind === 'model') return blockValue(name, { kind: 'model', declaration, module }, origin)
  if (declaration.parameters) return blockValue(name, { kind: 'function', declaration, module }, origin)
  return constantOf(declaration, module, ctx)
}

/** The value of a constant, computed when it is first needed. */
function constantOf(declaration: ConstDeclaration, module: Module, ctx: Context): Value {
  const { constants } = ctx.run
  const known = constants.get(declaration)
  const inModule = fileContext(ctx, module)
  if (known === 'computing') {
    const computing = [...constants].flatMap(([other, value]) => (value === 'computing' ? [other] : []))
    return cyclicConstant(computing.slice(computing.indexOf(declaration)), inModule)
  }
  if (known) return known
  constants.set(declaration, 'computing')
  const value = evaluate(declaration.value, inModule)
  constants.set(declaration, value)
  return value
}

/** Reports a cycle at the first of its constants, wherever it was entered. */
function cyclicConstant(cycle: readonly ConstDeclaration[], ctx: Context): Value {
  const start = Math.min(...cycle.map(({ span }) => span.start))
  const at = cycle.findIndex(({ span }) => span.start === start)
  const names = [...cycle.slice(at), ...cycle.slice(0, at)].map(({ name }) => name)
  const { name, span } = names[0]!
  return fail(ctx, 'name/cyclic-constant', { name }, span, { notes: [[...names, names[0]!].map((one) => one.name).join(' → ')] })
}

/** Where the declarations of a file are elaborated: its names only. */
export const fileContext = (ctx: Context, module: Module): Context => ({
  ...ctx,
  module,
  scope: new Scope(),
  frame: undefined,
  site: { ...ctx.site, path: [], turns: [] },
  turn: undefined,
  path: new Path({ scope: ctx.site.scope, path: [], behind: [] }, ''),
})

/** The family an expression names, unless a value of that name is nearer. */
export function familyOf(expr: Expr, ctx: Context): string | undefined {
  if (expr.kind !== 'name' || !ctx.run.modules.families.includes(expr.name)) return undefined
  return ctx.scope.get(expr.name) || ctx.module.names.get(expr.name)?.kind === 'declared' ? undefined : expr.name
}

/** The op `family.member` of the standard library. */
export function familyOp(family: string, expr: MemberExpr, ctx: Context): Value {
  const module = ctx.run.modules.family(family)
  const binding = module.names.get(expr.member.name)
  if (binding?.kind === 'declared') {
    const value = fromLibrary(binding, module, expr.member.span, ctx)
    if (value.kind !== 'block') return value
    const name = family === value.name ? family : `${family}.${value.name}`
    return { ...value, origin: originAt(ctx, expr.span), name, family }
  }
  const ops = opsOf(module)
  return fail(ctx, 'name/unknown', { what: 'op', name: `${family}.${expr.member.name}` }, expr.member.span, {
    cause: { kind: 'unknown-op', family, expr, ops },
  })
}

const opsOf = (module: Module): readonly string[] =>
  module.ast.declarations.filter((declaration) => declaration.kind === 'block').map((declaration) => declaration.name.name)

const familyAlone = (name: string, span: Span, ctx: Context): Value =>
  fail(ctx, 'name/family-alone', { name }, span, {
    cause: { kind: 'family-alone', name, written: span, ops: opsOf(ctx.run.modules.family(name)).map((op) => `${name}.${op}`) },
  })
