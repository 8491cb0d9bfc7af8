import type { Expr, Link } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/children.ts'
import { textOf } from '../text/source.ts'
import type { OpName } from '../library/names.ts'
import { tensorsOf } from '../library/written-call.ts'
import { libraryCallsIn } from './text/calls-written.ts'
import { expressionsOf } from './text/names-mentioned.ts'
import { textRule } from './rule.ts'

/**
 * The same value on both sides of what then needs no value: its difference with itself is 0, its quotient 1, the largest of both
 * the value. Sums and products with itself, and several copies next to each other, mean something and are left alone.
 */
export const sameOperands = textRule('lint/same-operands', (file, report, { modules }) => {
  for (const declaration of file.ast.declarations) {
    for (const link of expressionsOf(declaration).flatMap(linksIn)) {
      report(
        { op: link.op, name: textOf(link.again.span), result: link.op === '-' ? '0' : '1' },
        { span: link.again.span, frame: undefined },
      )
    }
    for (const call of libraryCallsIn(declaration, file, modules)) {
      const result = resultOf.get(call.op)
      const [a, b, ...others] = tensorsOf(call)
      if (result === undefined || call.piped || !a || !b) continue
      if ([b, ...others].every((other) => isSame(a, other)))
        report({ op: call.op, name: textOf(a.span), result: result(textOf(a.span)) }, { span: b.span, frame: undefined })
    }
  }
})

const same = (name: string): string => name

/** What fusions of a value with itself give. */
const resultOf: ReadonlyMap<string, (name: string) => string> = new Map<OpName, (name: string) => string>([
  ['fuse.sub', () => '0'],
  ['fuse.div', () => '1'],
  ['fuse.max', same],
  ['fuse.min', same],
  ['fuse.mean', same],
  ['fuse.average', same],
  ['fuse.convex', same],
])

interface SameLink {
  readonly op: '-' | '/'
  readonly again: Expr
}

/**
 * The differences and quotients of a value and itself: only the first link of a chain has what stands before it as its left side.
 */
function linksIn(expr: Expr): readonly SameLink[] {
  const inner = childrenOf(expr).flatMap(linksIn)
  if (expr.kind !== 'chain') return inner
  const [link] = expr.rest
  return link && isInverse(link) && isSame(expr.first, link.value) ? [{ op: link.op, again: link.value }, ...inner] : inner
}

const isInverse = (link: Link): link is Link & { readonly op: '-' | '/' } => link.op === '-' || link.op === '/'

/** Two names of one value: what is computed twice is something else each time where weights are made. */
const isSame = (a: Expr, b: Expr): boolean =>
  a.kind === 'name'
    ? b.kind === 'name' && a.name === b.name
    : a.kind === 'member' && b.kind === 'member' && a.member.name === b.member.name && isSame(a.of, b.of)
