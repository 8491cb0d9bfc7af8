import { divide, keyOf, subtract, type Dim } from '../../../compiler/dim/expr.ts'
import { hasBatch } from '../../../compiler/graph/graph.ts'
import { isDim, isSymbolic, keyOfAtom } from './atoms.ts'
import type { Atom, Case, Holds, Place } from './tree.ts'
import type { Unit } from './unit.ts'

/** Where something is said: the loops around it, outermost first, and what the shapes of variables tell. */
export interface Around {
  readonly loops: readonly string[]
  readonly shapes: ReadonlyMap<string, readonly Case<Holds>[]>
  /** The optional weights that are known to be there. */
  readonly narrowed?: ReadonlySet<string>
}

export interface Wording {
  readonly atom: (atom: Atom) => string
  /** Whether the function knows the extents of the inputs by their names. */
  readonly knowsExtents: boolean
  /** A list, as it is or under a name of the module; `hint` says what is in it. */
  readonly table: (list: Atom, hint: string) => string
  /** An element of a list. */
  readonly element: (list: string, index: string) => string
}

/** What differs from place to place, as an expression: a literal, a table of the turns, a parameter. */
export function sayCases(
  cases: readonly Case<Atom>[],
  hint: string,
  extent: boolean,
  unit: Unit,
  around: Around,
  wording: Wording,
): string {
  const [first] = cases
  if (!first) return 'undefined'
  const isSame = allAlike(cases)
  const isUnknown = cases.some(({ value }) => isSymbolic(value)) && !(isSame && wording.knowsExtents)
  if (isSame && !isUnknown) return wording.atom(first.value)
  if (extent || isUnknown) {
    const told = toldByShapes(cases, around)
    if (told !== undefined) return told
  }
  const byCall = new Map<number, Case<Atom>[]>()
  for (const one of cases) byCall.set(one.at.call, [...(byCall.get(one.at.call) ?? []), one])
  const calls = [...byCall]
  if (calls.every(([, list]) => allAlike(list))) {
    return unit.say(hint, new Map(calls.map(([call, list]) => [call, list[0]!.value])))
  }
  const [one] = calls
  if (one && calls.every(([, list]) => isPartOf(list, cases))) return sayTable(cases, around.loops, { ...wording, table: (list) => wording.table(list, hint) })
  const depth = depthOf(cases)
  const tables = new Map(calls.map(([call, list]) => [call, tableOf(list, 0, depth)] as const))
  return around.loops.slice(0, depth).reduce(wording.element, unit.say(`${hint}s`, tables))
}

const allAlike = (cases: readonly Case<Atom>[]): boolean => cases.every(({ value }) => keyOfAtom(value) === keyOfAtom(cases[0]!.value))

/** Whether nothing at the same turns of another call is otherwise. */
function isPartOf(some: readonly Case<Atom>[], all: readonly Case<Atom>[]): boolean {
  const known = new Map(all.map(({ at, value }) => [at.turns.join(), keyOfAtom(value)]))
  return some.every(({ at, value }) => known.get(at.turns.join()) === keyOfAtom(value))
}

/** How many of the loops, from the outermost, it depends on. */
function depthOf(cases: readonly Case<Atom>[]): number {
  const deepest = Math.max(...cases.map(({ at }) => at.turns.length))
  for (let depth = 0; depth < deepest; depth++) {
    const seen = new Map<string, string>()
    const isDecided = cases.every(({ at, value }) => {
      const key = `${at.call} ${at.turns.slice(0, depth).join()}`
      if (!seen.has(key)) seen.set(key, keyOfAtom(value))
      return seen.get(key) === keyOfAtom(value)
    })
    if (isDecided) return depth
  }
  return deepest
}

/** Lists of lists by the turns; where turns are missing, the value of one beside them. */
function tableOf(cases: readonly Case<Atom>[], depth: number, deepest: number): Atom {
  if (depth === deepest) return cases[0]!.value
  const last = Math.max(...cases.map(({ at }) => at.turns[depth]!))
  const rows: Atom[] = []
  for (let turn = 0; turn <= last; turn++) {
    const here = cases.filter(({ at }) => at.turns[depth] === turn)
    rows.push(here.length > 0 ? tableOf(here, depth + 1, deepest) : undefined)
  }
  const filler = rows.find((row) => row !== undefined)
  return rows.map((row) => row ?? filler)
}

/** By the turns alone. */
function sayTable(cases: readonly Case<Atom>[], loops: readonly string[], wording: Wording): string {
  const [outer, ...others] = decidingLoops(cases, loops.length)
  const inner = others.at(-1) ?? outer ?? 0
  const loop = loops[inner]!
  if (others.length === 0) return sayColumn(columnOf(cases, inner), loop, wording)
  const firstTurn = Math.min(...cases.map(({ at }) => at.turns[inner]!))
  const begin = cases.filter(({ at }) => at.turns[inner] === firstTurn)
  const rest = cases.filter(({ at }) => at.turns[inner] !== firstTurn)
  if (rest.length > 0 && !decidingLoops(rest, loops.length).includes(inner)) {
    if (cases.every(({ value }) => typeof value === 'boolean'))
      return sayBooleanTable(begin, rest, `${loop} === ${firstTurn}`, `${loop} > ${firstTurn}`, loops, wording)
    const [then, otherwise] = [begin, rest].map((some) => (allAlike(some) ? wording.atom(some[0]!.value) : sayTable(some, loops, wording)))
    return nested(`${loop} === ${firstTurn}`, then!, otherwise!)
  }
  const deepest = depthOf(cases)
  const table = wording.table(tableOf(cases, 0, deepest), 'table')
  return loops.slice(0, deepest).reduce(wording.element, table)
}

/** In the first turn as `begin` says, in the others as `rest`. */
function sayBooleanTable(
  begin: readonly Case<Atom>[],
  rest: readonly Case<Atom>[],
  isFirst: string,
  isLater: string,
  loops: readonly string[],
  wording: Wording,
): string {
  const [then, otherwise] = [begin, rest].map((some) => (allAlike(some) ? some[0]!.value : sayTable(some, loops, wording)))
  if (otherwise === true) return then === false ? isLater : `(${isLater} || ${String(then)})`
  if (otherwise === false) return then === true ? isFirst : `${isFirst} && ${String(then)}`
  if (then === true) return `(${isFirst} || ${String(otherwise)})`
  return then === false ? `${isLater} && ${String(otherwise)}` : `(${isFirst} ? ${String(then)} : ${String(otherwise)})`
}

/** `j === 0 ? (i > 0 ? 2 : 1) : 1` is `i > 0 && j === 0 ? 2 : 1`. */
function nested(condition: string, then: string, otherwise: string): string {
  const found = /^(.+) \? (.+) : (.+)$/.exec(then)
  if (found?.[3] === otherwise) return `${found[1]} && ${condition} ? ${found[2]} : ${otherwise}`
  if (found?.[2] === otherwise && / === /.test(found[1]!))
    return `${found[1]!.replace(/ === 0$/, ' > 0').replace(' === ', ' !== ')} && ${condition} ? ${found[3]} : ${otherwise}`
  return `${condition} ? ${then} : ${otherwise}`
}

/** The fewest of the loops, the outer ones first, whose turns decide the value. */
function decidingLoops(cases: readonly Case<Atom>[], count: number): readonly number[] {
  const subsets = Array.from({ length: 1 << count }, (_, bits) =>
    Array.from({ length: count }, (__, i) => i).filter((i) => bits & (1 << i)),
  )
  return subsets.sort((a, b) => a.length - b.length).find((loops) => decides(cases, loops)) ?? []
}

function decides(cases: readonly Case<Atom>[], loops: readonly number[]): boolean {
  const seen = new Map<string, string>()
  return cases.every(({ at, value }) => {
    const key = loops.map((loop) => at.turns[loop]).join()
    if (!seen.has(key)) seen.set(key, keyOfAtom(value))
    return seen.get(key) === keyOfAtom(value)
  })
}

const columnOf = (cases: readonly Case<Atom>[], depth: number): ReadonlyMap<number, Atom> =>
  new Map(cases.map(({ at, value }) => [at.turns[depth]!, value] as const).sort(([a], [b]) => a - b))

function sayColumn(column: ReadonlyMap<number, Atom>, loop: string, wording: Wording): string {
  const pairs = [...column]
  const [[firstTurn, first], ...rest] = pairs as [[number, Atom], ...[number, Atom][]]
  const offset = typeof first === 'number' ? first - firstTurn : NaN
  if (pairs.every(([turn, value]) => value === turn + offset))
    return offset === 0 ? loop : `${loop} ${offset > 0 ? '+' : '-'} ${Math.abs(offset)}`
  if (pairs.every(([, value]) => typeof value === 'boolean')) return sayBooleans(pairs, loop)
  const [second] = rest
  if (second && rest.every(([, value]) => keyOfAtom(value) === keyOfAtom(second[1]))) {
    return `${loop} === ${firstTurn} ? ${wording.atom(first)} : ${wording.atom(second[1])}`
  }
  const last = pairs.at(-1)!
  if (pairs.slice(0, -1).every(([, value]) => keyOfAtom(value) === keyOfAtom(first))) {
    return `${loop} === ${last[0]} ? ${wording.atom(last[1])} : ${wording.atom(first)}`
  }
  const list: Atom[] = []
  for (let turn = 0; turn <= last[0]; turn++) list.push(column.has(turn) ? column.get(turn) : first)
  return wording.element(wording.table(list, 'table'), loop)
}

function sayBooleans(pairs: readonly (readonly [number, Atom])[], loop: string): string {
  const yes = pairs.filter(([, value]) => value === true).map(([turn]) => turn)
  const no = pairs.filter(([, value]) => value !== true).map(([turn]) => turn)
  if (Math.min(...yes) > Math.max(...no)) return no.length === 1 && no[0] === 0 ? `${loop} > 0` : `${loop} >= ${Math.min(...yes)}`
  if (Math.max(...yes) < Math.min(...no)) return yes.length === 1 ? `${loop} === ${yes[0]}` : `${loop} < ${Math.min(...no)}`
  if (yes.length === 1) return `${loop} === ${yes[0]}`
  if (no.length === 1) return `${loop} !== ${no[0]}`
  return yes.length <= no.length ? `[${yes.join(', ')}].includes(${loop})` : `![${no.join(', ')}].includes(${loop})`
}

/** `x.shape[1]`, or a multiple or a part of it, where it is so at all places. */
function toldByShapes(cases: readonly Case<Atom>[], { shapes }: Around): string | undefined {
  for (const relation of [same, scaled, shifted]) {
    for (const [name, holds] of [...shapes].toReversed()) {
      const found = cases.map(({ at }) => holdsAt(holds, at))
      const [first] = found
      if (!first?.type || first.list || found.some((one) => !one?.type || one.list)) continue
      for (const axis of first.type.shape.keys()) {
        const dims = found.map((one) => one!.type!.shape[axis]?.dim)
        const text = `${name}.shape[${axis + (hasBatch(first.type) ? 1 : 0)}]`
        const said = relation(
          dims,
          cases.map(({ value }) => value),
          text,
        )
        if (said !== undefined) return said
      }
    }
  }
  return undefined
}

const holdsAt = (holds: readonly Case<Holds>[], { call, turns }: Place): Holds | undefined =>
  holds.find(({ at }) => at.call === call && at.turns.every((turn, i) => turn === turns[i]))?.value

type Relation = (dims: readonly (Dim | undefined)[], values: readonly Atom[], text: string) => string | undefined

const same: Relation = (dims, values, text) =>
  dims.every((dim, i) => dim !== undefined && keyOf(dim) === keyOfAtom(values[i])) ? text : undefined

const scaled: Relation = (dims, values, text) => {
  const factors = dims.map((dim, i) => {
    const value = values[i]
    return dim !== undefined && isDim(value) ? divide(value, dim) : undefined
  })
  const [factor] = factors
  if (typeof factor !== 'number' || factor <= 0 || factors.some((one) => one !== factor)) return undefined
  if (Number.isInteger(factor)) return `${factor} * ${text}`
  return Number.isInteger(1 / factor) ? `${text} / ${1 / factor}` : undefined
}

const shifted: Relation = (dims, values, text) => {
  const [by, ...others] = dims.map((dim, i) => {
    const value = values[i]
    return dim !== undefined && isDim(value) ? subtract(value, dim) : undefined
  })
  if (typeof by !== 'number' || others.some((one) => one !== by)) return undefined
  return `${text} ${by < 0 ? '-' : '+'} ${Math.abs(by)}`
}
