import { isWeight, type Scope, type WeightNode } from '../../../compiler/graph/graph.ts'
import { scopesAround, segmentsOf } from '../../../compiler/graph/scope.ts'
import { declarationKey } from './body-of.ts'
import { rankOf } from './rank-of.ts'
import { holeOf } from './expression-tree.ts'
import type { Program } from './program.ts'
import { joinInto, numbered } from './join-into.ts'
import type { Case, Hole, Place, Step } from './tree.ts'

/** What a call is given of the weights, by their names: the same for all calls of a function but for what some lack. */
export interface Weights {
  readonly at: readonly Place[]
  readonly leaf?: readonly Case<WeightNode>[]
  /** The calls that are given all that is here. */
  readonly parts: readonly Part[]
  readonly children: ReadonlyMap<string, Weights>
  /** One for each turn, alike. */
  readonly elements?: { readonly count: Hole; readonly each: Weights }
}

interface Part {
  readonly class: string
  readonly scopes: readonly Case<number>[]
}

interface Entry {
  readonly steps: readonly string[]
  readonly leaf?: WeightNode
  readonly part?: { readonly class: string; readonly scope: number }
}

/** What several calls are given: one type, and one function that says what the weights are before they have values. */
export interface WeightsClass {
  readonly class: string
  readonly calls: readonly Scope[]
  readonly weights: Weights
}

/**
 * As few classes as there are declarations, where the weights of their calls have one form. What holds weights of two forms is of two
 * forms itself, so the classes are refined until they stay.
 */
export function weightsClassesOf(program: Program): readonly WeightsClass[] {
  let classes = new Map(program.calls.map((call) => [call.id, declarationKey(call)]))
  for (;;) {
    const weights = weightsByCall(program, ({ id }) => classes.get(id) ?? '')
    const groups = new Map<string, readonly WeightsClass[]>()
    for (const call of program.calls) {
      const name = classes.get(call.id)!
      const one = { class: name, calls: [call], weights: weights.get(call.id)! }
      groups.set(name, joinInto(groups.get(name) ?? [], one, joinedClasses))
    }
    const found = [...groups].flatMap(([name, group]) => group.map((one, i) => ({ ...one, class: numbered(name, i) })))
    if (found.length === groups.size) return found
    classes = new Map(found.flatMap((one) => one.calls.map(({ id }) => [id, one.class] as const)))
  }
}

function joinedClasses(a: WeightsClass, b: WeightsClass): WeightsClass | undefined {
  const weights = mergedWeights(a.weights, b.weights)
  return weights && { ...a, calls: [...a.calls, ...b.calls], weights }
}

/** The weights of each call that is a function. */
function weightsByCall(program: Program, classOf: (scope: Scope) => string): ReadonlyMap<number, Weights> {
  const { scopes, nodes } = program
  const entries = new Map<number, Entry[]>(program.calls.map(({ id }) => [id, []]))
  const roots = new Map(program.calls.map(({ id }) => [id, segmentsOf(scopes, id)]))
  const rootOf = (id: number): number => scopesAround(scopes, id).at(-1)!.id
  // a layer is made once, however often it is used
  const firsts = new Map<string, number>()
  const firstOf = ({ id, declaration }: Scope): number => {
    const key = `${rootOf(id)} ${roots.get(id)!.join('/')} ${declaration.source.path} ${declaration.start}`
    if (!firsts.has(key)) firsts.set(key, id)
    return firsts.get(key)!
  }
  const made = new Map(program.calls.map((call) => [call.id, firstOf(call)]))
  for (const leaf of nodes.filter(isWeight)) {
    const holder = made.get(program.holderOf(leaf.scope).id)!
    entries.get(holder)!.push({ leaf, steps: leaf.segments.slice(roots.get(holder)!.length) })
  }
  const holders = new Set<number>()
  for (const call of program.calls.toReversed()) {
    const id = made.get(call.id)!
    if (entries.get(id)!.length > 0) holders.add(id)
    if (holders.has(id) && call.under !== undefined) holders.add(made.get(program.holderOf(call.under).id)!)
  }
  for (const call of program.calls) {
    if (call.parent === undefined || made.get(call.id) !== call.id || !holders.has(call.id)) continue
    const holder = made.get(program.holderOf(call.under!).id)!
    entries
      .get(holder)!
      .push({ part: { class: classOf(call), scope: call.id }, steps: roots.get(call.id)!.slice(roots.get(holder)!.length) })
  }
  return new Map(program.calls.map(({ id }) => [id, nested(entries.get(made.get(id)!)!, { call: id, turns: [] })]))
}

function nested(entries: readonly Entry[], at: Place): Weights {
  const here = entries.filter(({ steps }) => steps.length === 0)
  const below = new Map<string, Entry[]>()
  for (const {
    steps: [first, ...rest],
    ...entry
  } of entries) {
    if (first !== undefined) below.set(first, [...(below.get(first) ?? []), { ...entry, steps: rest }])
  }
  const leaf = here.find((entry) => entry.leaf)?.leaf
  const parts = here.flatMap(({ part }) => (part ? [{ class: part.class, scopes: [{ at, value: part.scope }] }] : []))
  const base = { at: [at], parts, ...(leaf && { leaf: [{ at, value: leaf }] }) }
  if (isArray([...below.keys()])) {
    const all = [...below.values()].map((list, i) => nested(list, { call: at.call, turns: [...at.turns, i] }))
    const alike = all.slice(1).reduce<Weights | undefined>((a, b) => a && mergedWeights(a, b), all[0])
    if (alike) return { ...base, children: new Map(), elements: { count: holeOf(all.length, at, 'count'), each: alike } }
  }
  return { ...base, children: new Map([...below].map(([name, list]) => [name, nested(list, at)])) }
}

/** What is one step further on the way to a weight. */
export const below = (weights: Weights | undefined, step: Step): Weights | undefined =>
  typeof step === 'string' ? weights?.children.get(step) : (weights?.elements?.each ?? weights?.children.get(String(step.cases[0]?.value)))

/** 0 to n - 1. */
export const isArray = (keys: readonly string[]): boolean => keys.length > 0 && keys.every((_, i) => keys.includes(String(i)))

/** Weights of both; none where a name is one thing in one and another in the other. */
function mergedWeights(a: Weights, b: Weights): Weights | undefined {
  if (a.leaf && b.leaf && rankOf(a.leaf[0]!.value.type) !== rankOf(b.leaf[0]!.value.type)) return undefined
  if ((a.leaf === undefined) !== (b.leaf === undefined) || (a.elements === undefined) !== (b.elements === undefined)) return undefined
  const children = new Map(a.children)
  for (const [name, other] of b.children) {
    const one = children.get(name)
    const merged = one ? mergedWeights(one, other) : other
    if (!merged) return undefined
    children.set(name, merged)
  }
  const parts = a.parts.map((part) => {
    const same = b.parts.find((one) => one.class === part.class)
    return same ? { ...part, scopes: [...part.scopes, ...same.scopes] } : part
  })
  const classes = (list: readonly Part[]): string => list.map((part) => part.class).join(' ')
  if (classes(a.parts) !== classes(b.parts)) return undefined
  const each = a.elements && b.elements && mergedWeights(a.elements.each, b.elements.each)
  if (a.elements && !each) return undefined
  return {
    at: [...a.at, ...b.at],
    parts,
    children,
    ...(a.leaf && b.leaf && { leaf: [...a.leaf, ...b.leaf] }),
    ...(a.elements &&
      b.elements &&
      each && { elements: { count: { ...a.elements.count, cases: [...a.elements.count.cases, ...b.elements.count.cases] }, each } }),
  }
}
