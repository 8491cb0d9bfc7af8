import type { Expr, Pattern, Statement } from '../../syntax/ast.ts'
import { patternNames } from '../../syntax/pattern-names.ts'
import { namesRead } from './names-read.ts'

/** A name that a statement gives a value to which nothing reads. */
export interface Unread {
  readonly statement: Statement & { readonly kind: 'assign' | 'layer' | 'weight' }
  readonly target: Pattern & { readonly kind: 'name' }
}

/**
 * The assignments of a body whose values nothing reads, in the order of the text: what is written is followed backwards from what
 * is returned or output. Both branches of a condition count as taken, and a loop as run more than once.
 */
export function unreadIn(body: readonly Statement[]): readonly Unread[] {
  const found = new Map<Pattern, Unread>()
  before(body, new Set(), (unread) => void found.set(unread.target, unread))
  return [...found.values()].sort((a, b) => a.target.span.start - b.target.span.start)
}

type Names = ReadonlySet<string>
type Found = (unread: Unread) => void

/** The names that are read from the beginning of a body on, given those that are read after it. */
const before = (body: readonly Statement[], after: Names, found: Found): Names =>
  body.toReversed().reduce((live, statement) => beforeStatement(statement, live, found), after)

function beforeStatement(statement: Statement, after: Names, found: Found): Names {
  switch (statement.kind) {
    case 'input':
      return reading(after, [statement.shape, ...statement.where])
    case 'output': {
      if (!statement.value) return reading(after, [{ kind: 'name', ...statement.name }, ...optional(statement.shape)])
      return reading(without(after, [statement.name.name]), [statement.value, ...optional(statement.shape)])
    }
    case 'return':
      return reading(new Set(), statement.values)
    case 'require':
      return reading(after, [statement.condition, ...optional(statement.message)])
    case 'if':
      return reading(union(before(statement.consequent, after, found), before(statement.alternative, after, found)), [
        statement.condition,
      ])
    case 'for': {
      const bound = patternNames(statement.pattern)
      const atEnd = atEndOfTurn(statement.body, bound, after)
      return reading(union(after, without(before(statement.body, atEnd, found), bound)), [statement.in])
    }
    case 'weight':
      reportUnread(statement, [{ kind: 'name', ...statement.name }], after, found)
      return reading(without(after, [statement.name.name]), [
        statement.shape,
        statement.init,
        ...statement.options.map(({ value }) => value),
      ])
    case 'layer':
      reportUnread(statement, [{ kind: 'name', ...statement.name }], after, found)
      return reading(without(after, [statement.name.name]), [statement.value])
    case 'assign':
      reportUnread(statement, statement.targets, after, found)
      return reading(without(after, statement.targets.flatMap(patternNames)), [statement.value, ...optional(statement.shape)])
  }
}

/** What is read after a turn of a loop: what follows the loop, or the next turn. */
function atEndOfTurn(body: readonly Statement[], bound: readonly string[], after: Names): Names {
  const next = union(after, without(before(body, after, () => {}), bound))
  return next.size === after.size ? after : atEndOfTurn(body, bound, next)
}

function reportUnread(statement: Unread['statement'], targets: readonly Pattern[], after: Names, found: Found): void {
  for (const target of targets) {
    if (target.kind === 'list') reportUnread(statement, target.items, after, found)
    else if (target.kind === 'name' && !after.has(target.name)) found({ statement, target })
  }
}

const optional = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

const union = (a: Names, b: Names): Names => new Set([...a, ...b])

const without = (names: Names, bound: readonly string[]): Names => new Set([...names].filter((name) => !bound.includes(name)))

const reading = (names: Names, exprs: readonly Expr[]): Names =>
  new Set([...names, ...exprs.flatMap((expr) => [...namesRead(expr)])])
