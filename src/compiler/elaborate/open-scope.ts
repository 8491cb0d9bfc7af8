import type { Port, Scope } from '../graph/graph.ts'
import { extentOf } from '../dim/variable.ts'
import { nodesOf } from '../graph/scope.ts'
import type { BlockDeclaration, Clause, ModelDeclaration, Statement } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'
import type { Call } from './call-site.ts'
import type { Context } from './context.ts'
import type { PatternScope } from './match-shape.ts'
import { patternNames } from '../syntax/pattern-names.ts'
import { namesAssigned } from './names-assigned.ts'
import type { Claimed } from './path.ts'
import { givenTo, portOf } from './ports.ts'
import type { Site } from './site.ts'
import type { Value } from './value.ts'

/** Opens the scope of the model that is compiled, which is the first. */
export function openModel({ name: { name }, span }: ModelDeclaration, ctx: Context): number {
  const place = { declaration: span, call: span, statement: span }
  return ctx.run.builder.open({ kind: 'model', name, ...place, segments: [], parent: undefined, under: undefined })
}

/** Says what the model that is compiled takes and gives. */
export function closeModel(scope: number, given: Iterable<readonly [string, Value]>, { run: { builder } }: Context): void {
  const extents = Object.fromEntries(builder.extents.map((variable) => [variable.name, extentOf(variable)]))
  const inputs = builder.inputs.map((node) => ({ name: node.name, node }))
  builder.describe(scope, { ...givenTo(given), inputs, outputs: [...builder.outputs], extents })
}

/** Opens the scope of a call. */
export function openCall(declaration: BlockDeclaration | ModelDeclaration, call: Call, path: Claimed, ctx: Context): Site {
  const { kind, span } = declaration
  const scope = ctx.run.builder.open({ kind, name: call.name, declaration: span, call: call.span, ...standing(path, ctx.site) })
  return { scope, path: path.whole, turns: [], statement: span }
}

interface Called {
  readonly given: Iterable<readonly [string, Value]>
  readonly patterns: PatternScope
  readonly outputs: readonly Port[]
}

/** Says what a call was given and gives. */
export function closeCall({ scope }: Site, { given, patterns, outputs }: Called, ctx: Context): void {
  const extents = [...patterns.boundBy.keys()].flatMap((name) => {
    const value = patterns.ctx.scope.get(name)
    return value?.kind === 'int' ? [[name, value.dim] as const] : []
  })
  ctx.run.builder.describe(scope, { ...givenTo(given), extents: Object.fromEntries(extents), outputs })
}

interface OpenLoop {
  /** Runs the body of the next turn in a scope of its own. */
  readonly turn: <T>(inner: Context, run: (inner: Context) => T) => T
}

/** Opens the scope of a `for`. */
export function openLoop(statement: Statement & { kind: 'for' }, ctx: Context): OpenLoop {
  const { span, pattern } = statement
  const { builder } = ctx.run
  const assigned = namesAssigned(statement.body)
  const names = patternNames(pattern)
  const place = { declaration: span, call: span, name: names.join(', ') }
  const loop = builder.open({ kind: 'loop', ...place, ...standing(nothing(ctx.site), ctx.site) })
  let index = 0
  return {
    turn: (inner, run) => {
      const site = { ...ctx.site, scope: loop }
      const scope = builder.open({ kind: 'turn', ...place, ...standing(nothing(site), site), index })
      const carried = assigned.filter((name) => ctx.scope.get(name) !== undefined)
      const { inputs, ...given } = givenTo([...names, ...carried].flatMap((name) => valueOf(name, inner)))
      builder.describe(scope, { inputs, ...given })
      if (index === 0) builder.describe(loop, { inputs: inputs.filter(({ name }) => carried.includes(name)) })
      const turn = { kind: 'loop', span, index, names, scope: inner.scope, outer: ctx.turn } as const
      const result = run({ ...inner, turn, site: { ...ctx.site, scope, turns: [...ctx.site.turns, index++] } })
      const outputs = carried.flatMap((name) => portOf(name, inner.scope.get(name)))
      builder.describe(scope, { outputs })
      builder.describe(loop, { outputs })
      return result
    },
  }
}

interface OpenComprehension {
  /** Evaluates the value of the next turn in a scope of its own. */
  readonly turn: (inner: Context, evaluate: (inner: Context) => Value) => Value
  /** Says what its turns gave. */
  readonly close: () => void
}

/** Opens the scope of a comprehension. */
export function openComprehension(clauses: readonly Clause[], span: Span, ctx: Context): OpenComprehension {
  const { builder } = ctx.run
  const names = clauses.flatMap(({ pattern }) => patternNames(pattern))
  const place = { declaration: span, call: span, name: names.join(', ') }
  const around = builder.open({ kind: 'comprehension', ...place, ...standing(ctx.path.own, ctx.site) })
  const results: Port[] = []
  let index = 0
  return {
    turn: (inner, evaluate) => {
      const at = { ...ctx.site, scope: around }
      const segments = [String(index)]
      const scope = builder.open({ kind: 'turn', ...place, ...standing({ under: around, segments }, at), index })
      const made = { kind: 'comprehension', span, index, names, scope: inner.scope, outer: ctx.turn } as const
      const path = ctx.path.turn(scope, index++)
      builder.describe(scope, givenTo(names.flatMap((name) => valueOf(name, inner))))
      const value = evaluate({ ...inner, turn: made, site: { ...ctx.site, scope }, path })
      const outputs = portOf('result', value)
      results.push(...outputs)
      builder.describe(scope, { outputs })
      return value
    },
    close: () => {
      if (index > 0 && results.length === index)
        builder.describe(around, { outputs: [{ name: 'result', node: results.flatMap(nodesOf) }] })
    },
  }
}

const valueOf = (name: string, { scope }: Context): readonly (readonly [string, Value])[] => {
  const value = scope.get(name)
  return value ? [[name, value]] : []
}

/** What adds nothing to the path of the scope around it. */
const nothing = ({ scope }: Site): Pick<Claimed, 'under' | 'segments'> => ({ under: scope, segments: [] })

const standing = (
  { under, segments }: Pick<Claimed, 'under' | 'segments'>,
  { scope, statement }: Site,
): Pick<Scope, 'parent' | 'under' | 'segments' | 'statement'> => ({ parent: scope, under, segments, statement })
