import type { ConstDeclaration, Expr, Identifier } from '../syntax/ast.ts'
import { bindingAt } from '../syntax/bindings.ts'
import type { Code, FactsOf } from '../catalog/index.ts'
import { Reporter, type Details } from '../diagnostics/diagnostics.ts'
import { joinDetails } from '../diagnostics/join-details.ts'
import type { Dim } from '../dim/expr.ts'
import type { Frame, Origin, Span } from '../text/source.ts'
import type { DeclaredExtent } from './declared-extent.ts'
import type { Assumptions, Findings } from './assumptions.ts'
import type { CausesIn, EntryIn } from './cause.ts'
import type { GraphBuilder } from './graph-builder.ts'
import type { Limiter } from './limiter.ts'
import type { Module, Modules } from '../reading/module.ts'
import type { Path } from './path.ts'
import type { Meaning, Sink, Where } from './sink.ts'
import type { Statement } from '../syntax/ast.ts'
import type { Site } from './site.ts'
import { turnsOf, type Turn } from './turn.ts'
import { failed, type Value, type SharedWeights } from './value.ts'

/** The names of a body, loop turn or comprehension turn; inner ones shadow. */
export class Scope {
  private readonly names = new Map<string, Value>()
  private readonly parent: Scope | undefined

  constructor(parent?: Scope) {
    this.parent = parent
  }

  get(name: string): Value | undefined {
    return this.names.get(name) ?? this.parent?.get(name)
  }

  set(name: string, value: Value): void {
    this.names.set(name, value)
  }

  /** Rebinds a name where it lives, or makes it here. */
  assign(name: string, value: Value): void {
    if (!this.names.has(name) && this.parent?.get(name)) this.parent.assign(name, value)
    else this.names.set(name, value)
  }

  /** The same names, to be rebound without changing this scope. */
  copy(): Scope {
    const copy = new Scope(this.parent)
    for (const [name, value] of this.names) copy.names.set(name, value)
    return copy
  }

  all(): readonly string[] {
    return [...this.names.keys(), ...(this.parent?.all() ?? [])]
  }
}

/** What all of one elaboration shares. */
interface Elaboration {
  readonly reporter: Reporter
  readonly builder: GraphBuilder
  readonly modules: Modules
  readonly limiter: Limiter
  readonly extents: DeclaredExtent[]
  /** Values of constants, and the mark of those being computed. */
  readonly constants: Map<ConstDeclaration, Value | 'computing'>
  readonly assumed: Assumptions
  readonly found: Findings
  /** Who wants to know what is found out. */
  readonly sink: Sink | undefined
  /** What would mend a mistake; undefined where only the mistakes count. */
  readonly advise: Advise | undefined
  /** What stands for arguments that nobody gave; undefined where a model is elaborated with all of them. */
  readonly standIns: StandIns | undefined
}

/** What a block is elaborated with where it stands, whoever calls it. */
export interface StandIns {
  /** How many axes `...S` takes; a `tensor` has one more. */
  readonly rest: number
  /** How many maps stand for those that a parameter collects. */
  readonly maps: number
  /** The extent of that name, and the int of that parameter. */
  readonly extent: (name: string) => Dim
  readonly int: (name: string) => Dim
  /** An extent that has no name, or of a map of which nothing else is known. */
  readonly unnamed: () => Dim
  /** Told of each statement that is run. */
  readonly reached: (statement: Statement) => void
}

export type Entry = EntryIn<Context>

/** What a mistake in such a context comes from. */
export type Causes = CausesIn<Context>
export type Cause<K extends keyof Causes = keyof Causes> = { readonly [P in K]: { readonly kind: P } & Causes[P] }[K]

/** What is added to a mistake for its author: where else to look, what to know, what to write. */
export type Advice = Details

/** The door to `remedies/`. The context is that of the mistake. */
export type Advise = (cause: Cause, ctx: Context) => Advice

/** Where an expression is elaborated. */
export interface Context {
  readonly run: Elaboration
  readonly module: Module
  readonly scope: Scope
  readonly frame: Frame | undefined
  /** Where the statement stands in the structure of the graph. */
  readonly site: Site
  /** The innermost turn of a loop or comprehension around it, also of a caller. */
  readonly turn: Turn | undefined
  /** The paths of the statement. */
  readonly path: Path
  readonly frozen: boolean
  readonly layer: SharedWeights | undefined
  /** Undefined in the user's own text. */
  readonly entry: Entry | undefined
}

/** Gives a name its value where it stands; `assigned` rebinds one that exists. */
export function bind(name: Identifier, value: Value, ctx: Context, how: 'made' | 'assigned' = 'made'): void {
  if (how === 'made') ctx.scope.set(name.name, value)
  else ctx.scope.assign(name.name, value)
  tellBinding(name.span, value, ctx)
}

/** Tells the sink of a name that the file itself makes or imports. */
export function tellBinding(span: Span, value: Value, ctx: Context): void {
  if (!ctx.run.sink || span.source.library) return
  const binding = bindingAt(span, ctx.module.ast)
  if (binding) ctx.run.sink.name(span, { kind: 'binding', binding }, value, whereOf(ctx))
}

export function tellName(span: Span, meaning: Meaning, value: Value, ctx: Context): void {
  if (!span.source.library) ctx.run.sink?.name(span, meaning, value, whereOf(ctx))
}

export function tellValue(expression: Expr, value: Value, ctx: Context): void {
  if (!expression.span.source.library) ctx.run.sink?.value(expression, value, whereOf(ctx))
}

const whereOf = ({ frame, site: { turns } }: Context): Where => ({ frame, turns })

/** Where what is reported is not passed on. */
export const unheard = (ctx: Context): Context => ({ ...ctx, run: { ...ctx.run, reporter: new Reporter() } })

export const originAt = (ctx: Context, span: Span): Origin => ({ span, frame: ctx.frame })

/** What is said of a mistake where it is found, and what it comes from, of which `remedies/` says more. */
export interface Said extends Details {
  readonly cause?: Cause
}

/** Reports at a place in the text and gives the value that stays silent from then on. */
export function fail<C extends Code>(ctx: Context, code: C, facts: FactsOf<C>, span: Span, said?: Said): Value {
  const origin = originAt(ctx, span)
  report(ctx, code, facts, origin, said)
  return failed(origin)
}

/** Reports at an origin, with what would mend it. */
export function report<C extends Code>(ctx: Context, code: C, facts: FactsOf<C>, origin: Origin, said: Said = {}): void {
  ctx.run.reporter.report(code, facts, origin, withAdvice(code, said, ctx))
}

/** What is said where a mistake is found, then what is known of its cause. */
export function withAdvice(code: Code, { cause, ...said }: Said, ctx: Context): Details {
  return joinDetails(said, { notes: turnsOf(code, ctx.turn) }, cause && ctx.run.advise?.(cause, ctx))
}
