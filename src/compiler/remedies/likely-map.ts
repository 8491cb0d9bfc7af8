import { childrenOf } from '../syntax/children.ts'
import type { Declaration, Expr } from '../syntax/ast.ts'
import { hasBatch, type Node } from '../graph/graph.ts'
import type { Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { declarationAround } from './around.ts'
import { readsOf } from '../elaborate/reads-of.ts'
import { statementsIn } from '../elaborate/statements-in.ts'

/**
 * The tensor that was most likely to stand where none does: the only one of the body that nothing uses otherwise, or the only one
 * it has.
 *
 * @param given the tensors that stand there already
 */
export function likelyMap(at: Span, ctx: Context, given: readonly Node[] = []): string | undefined {
  const names = ctx.scope.all()
  // a value that went wrong before may be the one, and is told apart when it is right
  if (names.some((name) => ctx.scope.get(name)?.kind === 'error')) return undefined
  const named = names.flatMap((name) => {
    const value = ctx.scope.get(name)
    return value?.kind === 'tensor' && hasBatch(value.node.type) && !given.includes(value.node) ? [[value.node, name] as const] : []
  })
  const { nodes, outputs } = ctx.run.builder
  const read = new Set([
    ...outputs.map(({ node }) => node),
    ...nodes.flatMap((node) => (node.kind === 'op' ? Object.values(node.args).flat() : [])),
  ])
  const declaration = declarationAround(at, ctx)
  const maps = new Map(named)
  const unread = [...maps].filter(([node, name]) => !read.has(node) && !(declaration && isReadLater(name, at, declaration)))
  const [only, ...others] = unread.length > 0 ? unread : [...maps]
  return others.length === 0 ? only?.[1] : undefined
}

/** Whether a name is read behind a place, by a statement that does not get it from there. */
function isReadLater(name: string, at: Span, declaration: Declaration): boolean {
  const assigned =
    declaration.kind === 'const'
      ? []
      : statementsIn(declaration.body).filter((statement) => statement.kind === 'assign' && contains(statement.span, at))
  if (
    assigned.some(
      (statement) =>
        statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.name === name),
    )
  )
    return false
  return readsOf(declaration).read.some((expr) => readsBehind(expr, name, at))
}

const contains = (whole: Span, part: Span): boolean => whole.start <= part.start && part.end <= whole.end

const readsBehind = (expr: Expr, name: string, at: Span): boolean =>
  (expr.kind === 'name' && expr.name === name && expr.span.start > at.end) ||
  childrenOf(expr).some((child) => readsBehind(child, name, at))
