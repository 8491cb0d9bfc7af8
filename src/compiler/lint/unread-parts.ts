import type { Node } from '../graph/graph.ts'
import type { OpName } from '../library/names.ts'
import { treeOf } from '../reading/written.ts'
import type { Modules } from '../reading/module.ts'
import type { Expr, Statement } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { contains, userOrigin, type Frame, type Span } from '../text/source.ts'
import { boundBy, namesRead } from './text/names-read.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { usesOf } from './graph/uses.ts'
import { graphRule, type Program } from './rule.ts'

const split: OpName = 'split'

/**
 * Parts of a split that nothing reads, while others are read. Parts that a pattern gives a name to, or `_`, are left to `unused-value`; what
 * another setting may read is left alone.
 */
export const unreadParts = graphRule('lint/unread-parts', ({ files, graphs, modules }, report) => {
  const places = new Map<string, Split[]>()
  for (const one of graphs.flatMap((graph) => splitsIn(graph.nodes, usesOf(graph)))) {
    const key = `${one.call.source.path} ${one.call.start} ${one.call.end}`
    places.set(key, [...(places.get(key) ?? []), one])
  }
  for (const splits of places.values()) {
    const [first, ...others] = splits
    if (!first || others.some(({ parts }) => parts.length !== first.parts.length)) continue
    const unread = first.parts.flatMap((_, i) => (splits.every(({ parts }) => !parts[i]!.isRead) ? [i] : []))
    if (unread.length === 0 || unread.length === first.parts.length || !isWholeList(first.call, files, modules)) continue
    const said = `${unread.length === 1 ? 'part' : 'parts'} ${unread.join(', ')}`
    report({ unread: said, parts: String(first.parts.length) }, first.parts[0]!.node.origins[0])
  }
})

interface Split {
  readonly call: Span
  readonly parts: readonly { readonly node: Node; readonly isRead: boolean }[]
}

function splitsIn(nodes: readonly Node[], uses: ReturnType<typeof usesOf>): readonly Split[] {
  const calls = new Map<Frame, Node[]>()
  for (const node of nodes) {
    const { frame } = node.origins[0]
    if (node.kind !== 'op' || node.op !== 'slice' || frame?.name !== split || !frame.definition.source.library) continue
    calls.set(frame, [...(calls.get(frame) ?? []), node])
  }
  return [...calls.values()].map((parts) => ({
    call: userOrigin(parts[0]!.origins[0]).span,
    parts: parts.map((node) => ({ node, isRead: uses.isOutput(node) || uses.readers(node).length > 0 })),
  }))
}

/** Whether all parts are in one value that the text gives a name to, and no condition decides who reads it. */
function isWholeList(call: Span, files: Program['files'], modules: Modules): boolean {
  const statement = treeOf(call.source, modules) && statementAround(call, files)
  if (!statement || statement.kind !== 'assign' || statement.targets.length > 1 || statement.targets[0]?.kind !== 'name') return false
  const declaration = files.flatMap(({ ast }) => ast.declarations).find(({ span }) => contains(span, call))
  if (!declaration || declaration.kind === 'const') return false
  const names = new Set(boundBy(statement))
  const conditional = statementsIn(declaration.body).flatMap((one) => (one.kind === 'if' ? [...one.consequent, ...one.alternative] : []))
  const texts = [...expressionsOf({ ...declaration, body: conditional }), ...expressionsOf(declaration).flatMap(choicesIn)]
  return !texts.some((expr) => [...namesRead(expr)].some((name) => names.has(name)))
}

const statementAround = (place: Span, files: Program['files']): Statement | undefined =>
  files
    .flatMap(({ ast }) => ast.declarations)
    .flatMap((declaration) => (declaration.kind === 'const' ? [] : statementsIn(declaration.body)))
    .findLast(({ span }) => contains(span, place))

const choicesIn = (expr: Expr): readonly Expr[] =>
  expr.kind === 'choice'
    ? [expr.consequent, expr.alternative, ...childrenOf(expr).flatMap(choicesIn)]
    : childrenOf(expr).flatMap(choicesIn)
