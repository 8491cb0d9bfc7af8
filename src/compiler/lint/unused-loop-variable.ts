import type { Expr, Item, Pattern, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { namesRead } from './text/names-read.ts'
import { isMeantUnread } from './text/meant-unread.ts'
import { textRule } from './rule.ts'

type NamePattern = Pattern & { readonly kind: 'name' }

/**
 * A name that a loop or a comprehension binds and nothing in it reads: most often a number stands where the name should. A loop
 * over a range, or over a list that has a name, may only count its turns. A leading `_` says that it is on purpose.
 */
export const unusedLoopVariable = textRule('lint/unused-loop-variable', (file, report) => {
  for (const declaration of file.ast.declarations) {
    const statements = declaration.kind === 'const' ? [] : statementsIn(declaration.body)
    const unread = [...statements.flatMap(unreadOf), ...expressionsOf(declaration).flatMap(unreadIn)]
    for (const { name, span } of unread) {
      report(
        { name },
        { span, frame: undefined },
        { fixes: [{ title: `write _ instead of ${name}`, safety: 'safe', edits: [{ span, text: '_' }] }] },
      )
    }
  }
})

function unreadOf(statement: Statement): readonly NamePattern[] {
  if (statement.kind !== 'for') return []
  const { read } = readsOf({
    kind: 'block',
    name: { name: '', span: statement.span },
    doc: '',
    parameters: [],
    results: [],
    body: statement.body,
    span: statement.span,
  })
  return unreadBy(statement.pattern, statement.in, read)
}

const unreadIn = (expr: Expr): readonly NamePattern[] => [
  ...(expr.kind === 'list' ? expr.items.flatMap(unreadByItem) : []),
  ...childrenOf(expr).flatMap(unreadIn),
]

function unreadByItem(item: Item): readonly NamePattern[] {
  if (item.kind !== 'comprehension') return []
  return item.clauses.flatMap((clause, i) => {
    const later = item.clauses.slice(i + 1).flatMap((other) => [other.in, ...other.filters])
    return unreadBy(clause.pattern, clause.in, [...clause.filters, ...later, item.value])
  })
}

function unreadBy(pattern: Pattern, list: Expr, exprs: readonly Expr[]): readonly NamePattern[] {
  const read = new Set(exprs.flatMap((expr) => [...namesRead(expr)]))
  const names = namesIn(pattern)
  const onlyCounts = list.kind !== 'list' && !names.some(({ name }) => read.has(name))
  return onlyCounts ? [] : names.filter(({ name }) => !isMeantUnread(name) && !read.has(name))
}

const namesIn = (pattern: Pattern): readonly NamePattern[] =>
  pattern.kind === 'list' ? pattern.items.flatMap(namesIn) : pattern.kind === 'name' ? [pattern] : []
