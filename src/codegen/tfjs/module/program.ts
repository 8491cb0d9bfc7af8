import { keyOf } from '../../../compiler/dim/expr.ts'
import { isWeight, operands, type Graph, type Node, type OpNode, type Port, type Scope } from '../../../compiler/graph/graph.ts'
import { neededFor } from '../../../compiler/graph/needed-for.ts'
import { nodesOf, scopesAround } from '../../../compiler/graph/scope.ts'
import { primitives } from '../../../compiler/primitives/index.ts'
import type { Expression } from '../../../compiler/primitives/tfjs/expression.ts'
import type { Unsupported } from '../../unsupported.ts'
import { argumentOf } from '../plan.ts'
import { combined, type Combined } from './combined.ts'
import { emittedExpression } from './emitted-expression.ts'

/** What a part of a body does, one after the other. */
export type Item =
  | OpOrCall
  | { readonly kind: 'loop'; readonly scope: Scope; readonly outer: Scope | undefined }
  | { readonly kind: 'comprehension'; readonly scope: Scope; readonly outer: Scope | undefined }

/** `outer` is the call that it stands in, where that is too small for a function. */
export type OpOrCall =
  | { readonly kind: 'op'; readonly node: OpNode; readonly expression: Expression; readonly outer: Scope | undefined }
  | { readonly kind: 'call'; readonly scope: Scope; readonly outer: Scope | undefined }

/** Models as calls of functions: what each computes in which order. */
export interface Program extends Combined {
  /** What a node stands for: another where its primitive has nothing to compute. */
  readonly valueOf: (node: Node) => Node
  /** Whether an output needs it. */
  readonly isNeeded: (node: Node) => boolean
  /** The parts of a scope in order, with those of the calls that are too small for a function. */
  readonly itemsOf: (scope: Scope) => readonly Item[]
  readonly turnsOf: (scope: Scope) => readonly Scope[]
  /** The calls that are functions, the model's first. */
  readonly calls: readonly Scope[]
  /** Whether a call is a function of one tensor and nothing else, as activations are: what else it is given belongs to it. */
  readonly isActivation: (scope: Scope) => boolean
  /** Whether all that is computed in a scope is elementwise, for tensors of any rank. */
  readonly isElementwise: (scope: Scope) => boolean
  /** The call whose function a scope is printed in, and the one that its weights are given to, which for a layer is where it was made. */
  readonly functionOf: (scope: number) => Scope
  readonly holderOf: (scope: number) => Scope
}

export function programOf(graphs: readonly Graph[]): Program | { readonly unsupported: readonly Unsupported[] } {
  const all = combined(graphs)
  const { nodes, scopes, models } = all
  const outputs = models.flatMap((model) => model.outputs.map(({ node }) => node))
  const inner = scopesWithin(scopes)
  const needed = neededWithLists(all, outputs, inner)
  const unsupported: Unsupported[] = []
  const values = new Map<Node, Node>()
  const valueOf = (node: Node): Node => values.get(node) ?? node
  const opsIn = new Map<number, { readonly node: OpNode; readonly expression: Expression }[]>()
  for (const node of nodes) {
    if (node.kind !== 'op' || !needed.has(node)) continue
    const expression = emittedExpression(node)
    if ('unsupported' in expression) unsupported.push({ node, reason: expression.unsupported })
    else if (expression.kind === 'argument') values.set(node, valueOf(argumentOf(node, expression)))
    else opsIn.set(node.scope, [...(opsIn.get(node.scope) ?? []), { node, expression }])
  }
  if (unsupported.length > 0) return { unsupported }

  const { firsts, counts } = sizesOf(scopes, inner, opsIn)
  const isCall = ({ kind }: Scope): boolean => kind === 'block' || kind === 'model'
  const isInline = (scope: Scope): boolean =>
    isCall(scope) && scope.parent !== undefined && (counts[scope.id] === 0 || (scope.declaration.source.library && counts[scope.id] === 1))

  function itemsOf(scope: Scope, outer?: Scope): readonly Item[] {
    const ops = (opsIn.get(scope.id) ?? []).map((op) => ({ at: op.node.id, items: [{ kind: 'op' as const, ...op, outer }] }))
    const scopes = inner(scope)
      .filter(({ id }) => counts[id]! > 0)
      .map((one) => ({ at: firsts[one.id]!, items: itemsOfScope(one, outer) }))
    return [...ops, ...scopes].sort((a, b) => a.at - b.at).flatMap(({ items }) => items)
  }
  function itemsOfScope(scope: Scope, outer: Scope | undefined): readonly Item[] {
    if (isInline(scope)) return itemsOf(scope, outer ?? scope)
    if (scope.kind === 'loop') return [{ kind: 'loop', scope, outer }]
    if (scope.kind === 'comprehension') return [{ kind: 'comprehension', scope, outer }]
    return [{ kind: 'call', scope, outer }]
  }

  const isFunction = (scope: Scope): boolean => scope.parent === undefined || (isCall(scope) && counts[scope.id]! > 0 && !isInline(scope))
  function functionOf(id: number): Scope {
    const scope = scopes[id]!
    return isFunction(scope) ? scope : functionOf(scope.parent!)
  }
  function holderOf(id: number): Scope {
    const scope = scopes[id]!
    return isFunction(scope) ? scope : holderOf(scope.under!)
  }
  const weighted = weightedScopes(all)
  const isActivation = (scope: Scope): boolean =>
    scope.kind === 'block' && isFunction(scope) && !weighted.has(scope.id) && counts[scope.id]! <= smallBlock && isOfOneTensor(scope)
  const isElementwise = (scope: Scope): boolean =>
    (opsIn.get(scope.id) ?? []).every(({ node }) => primitives.get(node.op)?.facts.elementwise === true) &&
    inner(scope).every(isElementwise)
  return {
    ...all,
    isElementwise,
    isActivation,
    valueOf,
    isNeeded: (node) => needed.has(node),
    itemsOf: (scope) => itemsOf(scope),
    turnsOf: inner,
    calls: scopes.filter(isFunction),
    functionOf,
    holderOf,
  }
}

/** From so many ops on a block is not taken for an activation. */
const smallBlock = 8

type Ops = ReadonlyMap<number, readonly { readonly node: OpNode; readonly expression: Expression }[]>

function scopesWithin(scopes: readonly Scope[]): (scope: Scope) => readonly Scope[] {
  const within = new Map<number | undefined, Scope[]>()
  for (const scope of scopes) within.set(scope.parent, [...(within.get(scope.parent) ?? []), scope])
  return (scope) => within.get(scope.id) ?? []
}

/** What outputs need, and the rest of the lists that calls are given and give of it: a list has all of its elements. */
function neededWithLists(all: Combined, outputs: readonly Node[], inner: (scope: Scope) => readonly Scope[]): ReadonlySet<Node> {
  const lists = all.scopes.flatMap((scope) =>
    scope.kind === 'loop' ? [] : [...scope.inputs, ...scope.outputs].flatMap(({ node }) => ('kind' in node ? [] : [{ scope, nodes: node }])),
  )
  for (let needed = neededFor(all, outputs); ; ) {
    const busy = new Set([...needed].flatMap((node) => (node.kind === 'op' ? [node.scope] : [])))
    const isBusy = (scope: Scope): boolean => busy.has(scope.id) || inner(scope).some(isBusy)
    const rest = lists
      .filter(({ scope, nodes }) => nodes.some((node) => needed.has(node)) && !nodes.every((node) => needed.has(node)) && isBusy(scope))
      .flatMap(({ nodes }) => nodes)
    if (rest.length === 0) return needed
    needed = neededFor(all, [...needed, ...rest])
  }
}

/** The first op of each scope, and how many there are. */
function sizesOf(scopes: readonly Scope[], inner: (scope: Scope) => readonly Scope[], opsIn: Ops) {
  const firsts: number[] = []
  const counts: number[] = []
  for (const scope of scopes.toReversed()) {
    const ops = opsIn.get(scope.id) ?? []
    firsts[scope.id] = Math.min(...ops.slice(0, 1).map(({ node }) => node.id), ...inner(scope).map(({ id }) => firsts[id]!))
    counts[scope.id] = inner(scope).reduce((sum, { id }) => sum + counts[id]!, ops.length)
  }
  return { firsts, counts }
}

/** The scopes that declare or read weights. */
function weightedScopes({ nodes, scopes }: Combined): ReadonlySet<number> {
  const reading = nodes.filter((node) => isWeight(node) || operands(node).some(isWeight))
  return new Set(reading.flatMap(({ scope }) => scopesAround(scopes, scope).map(({ id }) => id)))
}

/** One tensor goes in, and one of its shape comes out. */
function isOfOneTensor({ inputs, outputs }: Scope): boolean {
  const [input] = inputs
  const [output] = outputs
  return input !== undefined && output !== undefined && inputs.length + outputs.length === 2 && sameShape(input, output)
}

const sameShape = ({ node: a }: Port, { node: b }: Port): boolean =>
  'kind' in a &&
  'kind' in b &&
  a.type.shape.length === b.type.shape.length &&
  a.type.shape.every(({ dim }, i) => keyOf(dim) === keyOf(b.type.shape[i]!.dim))

/** The nodes that a scope gives and that an output needs, with the name of the result. */
export const resultsOf = (program: Program, scope: Scope): readonly Scope['outputs'][number][] =>
  scope.outputs.filter((port) => nodesOf(port).some(program.isNeeded))
