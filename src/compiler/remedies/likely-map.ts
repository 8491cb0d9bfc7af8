import { hasBatch, type Node } from '../graph/graph.ts'
import { namesIn } from '../syntax/names-in.ts'
import { patternNames } from '../syntax/pattern-names.ts'
import type { Span } from '../text/source.ts'
import type { Context } from '../elaborate/context.ts'
import { surroundingsOf, declarationAround } from './surroundings.ts'
import { readsOf } from '../elaborate/reads-of.ts'

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
  const maps = new Map(named)
  const unread = [...maps].filter(([node, name]) => !read.has(node) && !isReadLater(name, at, ctx))
  const [only, ...others] = unread.length > 0 ? unread : [...maps]
  return others.length === 0 ? only?.[1] : undefined
}

/** Whether a name is read behind a place, by a statement that does not get it from there. */
function isReadLater(name: string, at: Span, ctx: Context): boolean {
  const declaration = declarationAround(at, ctx)
  const statement = surroundingsOf(at, ctx)?.statements.at(-1)
  const isMade = statement?.kind === 'assign' && statement.targets.flatMap(patternNames).includes(name)
  const read = declaration && !isMade ? readsOf(declaration).read.flatMap(namesIn) : []
  return read.some((one) => one.name === name && one.span.start > at.end)
}
