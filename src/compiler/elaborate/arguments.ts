import type { Argument, Expr } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'
import { missingArgument, repeatedArgument, tooManyArguments, unknownArgument } from './reports/argument-reports.ts'
import { fail, type Context } from './context.ts'
import { enumsWith } from './enums.ts'
import { evaluate, reportSpread } from './evaluate.ts'
import { formalsOf, type Formal } from './formals.ts'
import type { BlockValue, ListValue, Collected, Given, Matched } from './value.ts'

/**
 * Evaluates the arguments of a call, each with the words its parameter may want. `offset` counts values that come before (a
 * pipe's).
 */
export function collect(args: readonly Argument[], callee: BlockValue, offset: number, ctx: Context): Collected {
  const formals = openFormals(callee)
  const positional: Given[] = []
  const named = new Map<string, Given>()
  const spreads: ListValue[] = []
  let broken = false
  let open = false
  const add = (expr: Expr, formal: Formal | undefined): Given => {
    if (expr.kind === 'hole') return { value: 'hole', span: expr.span }
    // a word for a parameter that does not exist is not a mistake of its own
    const words = !formal && expr.kind === 'name' && enumsWith(expr.name).length > 0 ? [expr.name] : formal?.words
    const value = evaluate(expr, ctx, words)
    broken ||= value.kind === 'error'
    return { value, span: expr.span }
  }
  for (const arg of args) {
    if (arg.kind === 'named') {
      const formal = formals.find((candidate) => candidate.name === arg.name.name)
      const earlier = named.get(arg.name.name)
      if (earlier) {
        repeatedArgument(
          callee.name,
          arg.name.name,
          earlier,
          { value: 'hole', span: arg.value.span, nameSpan: arg.name.span },
          ctx,
        )
        broken = true
      }
      named.set(arg.name.name, { ...add(arg.value, formal), nameSpan: arg.name.span })
    } else if (arg.kind === 'positional') {
      positional.push(add(arg.value, formalAt(formals, positional.length + offset)))
    } else {
      const spread = evaluate(arg.value, ctx)
      if (spread.kind === 'list') {
        positional.push(...spread.items.map((value) => ({ value, span: arg.value.span })))
        spreads.push(spread)
      } else {
        reportSpread(spread, arg.value.span, ctx)
        if (spread.kind === 'unknown') open = true
        else broken = true
      }
    }
  }
  return { positional, named, spreads, broken, open }
}

/** The parameters a call can still fill: those at the holes of a block value, or all. */
export function openFormals(callee: Pick<BlockValue, 'target' | 'given'>): readonly Formal[] {
  const formals = formalsOf(callee.target)
  if (!callee.given) return formals
  const { positional, named } = callee.given
  const holes = positional.flatMap((given, i) => (given.value === 'hole' ? [formalAt(formals, i)] : []))
  const namedHoles = [...named].flatMap(([name, given]) => (given.value === 'hole' ? [formals.find((f) => f.name === name)] : []))
  const filled = new Set([...positional.map((_, i) => formalAt(formals, i)?.name), ...named.keys()])
  return [...holes, ...namedHoles, ...formals.filter((formal) => !filled.has(formal.name))].filter(
    (formal) => formal !== undefined,
  )
}

export const formalAt = (formals: readonly Formal[], index: number): Formal | undefined =>
  formals[index] ?? formals.find(({ variadic }) => variadic)

export const holesIn = ({ positional, named }: Collected): number =>
  [...positional, ...named.values()].filter((given) => given.value === 'hole').length

/** Fills the holes of the arguments with values, in order. */
export function fillHoles(args: Collected, values: readonly Given[]): Collected {
  let next = 0
  const fill = (given: Given): Given => (given.value === 'hole' ? (values[next++] ?? given) : given)
  return {
    ...args,
    positional: args.positional.map(fill),
    named: new Map([...args.named].map(([name, given]) => [name, fill(given)])),
  }
}

/**
 * The arguments of a call of a block value with those it was given in advance: those by position fill its holes in order, then
 * the parameters that nothing was given for; those by name fill the hole of that name. Undefined when they do not go together.
 */
export function combine(callee: BlockValue, args: Collected, span: Span, ctx: Context): Collected | undefined {
  const { given } = callee
  if (!given) return args
  const spreads = [...given.spreads, ...args.spreads]
  const broken = given.broken || args.broken
  const open = given.open || args.open
  const named = byName(given, formalsOf(callee.target))
  if (!named) return combineByPosition(callee, given, args, span, ctx)
  const free = [...[...named].flatMap(([name, { value }]) => (value === 'hole' ? [name] : [])), ...namesNotIn(named, callee)]
  for (const [i, value] of args.positional.entries()) {
    const name = free[i]
    if (name === undefined) {
      const facts = { op: callee.name, most: atMost(free.length), found: String(args.positional.length) }
      fail(ctx, 'call/too-many-arguments', facts, value.span, {
        labels: [{ origin: callee.origin, text: 'the others are given here' }],
      })
      return undefined
    }
    named.set(name, value)
  }
  for (const [name, value] of args.named) {
    const earlier = named.get(name)
    if (earlier && earlier.value !== 'hole') {
      fail(ctx, 'call/repeated-argument', { op: callee.name, argument: name }, value.span, {
        labels: [{ origin: callee.origin, text: 'given here' }],
      })
      return undefined
    }
    named.set(name, value)
  }
  return { positional: [], named, spreads, broken, open }
}

/** The arguments by the names of their parameters; undefined where some are collected by a variadic one and have no name each. */
function byName(given: Collected, formals: readonly Formal[]): Map<string, Given> | undefined {
  if (formals.some((formal) => formal.variadic) || given.positional.length > formals.length) return undefined
  return new Map([...given.positional.map((value, i) => [formals[i]!.name, value] as const), ...given.named])
}

const namesNotIn = (named: ReadonlyMap<string, Given>, callee: BlockValue): readonly string[] =>
  formalsOf(callee.target)
    .map((formal) => formal.name)
    .filter((name) => !named.has(name))

/** With a variadic parameter only holes can be filled by position. */
function combineByPosition(
  callee: BlockValue,
  given: Collected,
  args: Collected,
  span: Span,
  ctx: Context,
): Collected | undefined {
  const holes = holesIn(given)
  if (args.positional.length > holes) {
    fail(ctx, 'call/too-many-arguments', { op: callee.name, most: atMost(holes), found: String(args.positional.length) }, span, {
      labels: [{ origin: callee.origin, text: 'its holes are here' }],
    })
    return undefined
  }
  const filled = fillHoles(given, args.positional)
  return {
    ...filled,
    named: new Map([...filled.named, ...args.named]),
    spreads: [...given.spreads, ...args.spreads],
    broken: given.broken || args.broken,
    open: given.open || args.open,
  }
}

const atMost = (count: number): string =>
  count === 0 ? 'no argument' : count === 1 ? 'one argument' : `at most ${count} arguments`

/** Brings arguments and parameters together by position and name, reporting what does not fit; undefined then. */
export function match(op: string, formals: readonly Formal[], args: Collected, span: Span, ctx: Context): Matched | undefined {
  const called = { op, formals, call: span }
  const matched = new Map<string, Given | readonly Given[]>()
  let fine = true
  const variadic = formals.findIndex((formal) => formal.variadic)
  const byPosition = variadic < 0 ? formals : formals.slice(0, variadic)
  args.positional.slice(0, byPosition.length).forEach((given, i) => matched.set(byPosition[i]!.name, given))
  const rest = args.positional.slice(byPosition.length)
  if (variadic >= 0) {
    matched.set(formals[variadic]!.name, rest)
    if (variadic === 0 && !args.broken && !args.open) fine = enough(op, formals[0]!, rest, args, span, ctx)
  } else if (rest.length > 0) {
    tooManyArguments(atMost(formals.length), args, called, ctx)
    // what else does not fit was meant for another op
    return undefined
  }
  for (const [name, given] of args.named) {
    const formal = formals.find((candidate) => candidate.name === name)
    if (!formal) {
      unknownArgument(name, given, called, ctx)
      fine = false
    } else if (matched.has(name) && !(formal.variadic && rest.length === 0)) {
      const [earlier] = [matched.get(name) ?? []].flat()
      if (earlier) repeatedArgument(op, name, earlier, given, ctx)
      fine = false
    } else matched.set(name, formal.variadic ? [given] : given)
  }
  // an argument of a wrong name is the one that is missing: one mistake, one message
  const isWhole = fine && !args.broken && !args.open
  const missing = isWhole ? formals.find((formal) => formal.required && !matched.has(formal.name)) : undefined
  if (missing) missingArgument(isShifted(formals, args) ? formals[0]! : missing, args, called, ctx)
  return fine && !missing ? matched : undefined
}

/** Whether the tensor was left out, so that every value stands one place too early. */
function isShifted([first]: readonly Formal[], { positional: [given] }: Collected): boolean {
  return (
    first?.shaped === true &&
    first.required &&
    given !== undefined &&
    given.value !== 'hole' &&
    ['int', 'float', 'list'].includes(given.value.kind)
  )
}

/** A parameter that collects all arguments is for two or more; a list that is spread may also hold one. */
function enough(op: string, formal: Formal, rest: readonly Given[], args: Collected, span: Span, ctx: Context): boolean {
  if (rest.length > 1 || (rest.length === 1 && args.spreads.length > 0) || args.named.has(formal.name)) return true
  fail(ctx, 'call/too-few-arguments', { op, argument: formal.name, found: String(rest.length) }, span, {
    labels: args.spreads.map(({ origin }) => ({ origin, text: 'this list is empty' })),
    cause: { kind: 'too-few-arguments', given: rest, call: span },
  })
  return false
}
