import { primitives } from '../../../compiler/primitives/index.ts'
import { absentAt, holeOf } from './expression-tree.ts'
import { isNamed, keyOfAtom } from './atoms.ts'
import type { Atom, Body, Branch, Case, Hole, NamedAtom, Place, Statement, Step, Tree } from './tree.ts'
import { joinInto } from './join-into.ts'
import { commonSubsequence } from './common-subsequence.ts'
import { isAssignedWhereRead, isOwned, isReadable, readsOnly } from './readable.ts'
import { assignedIn, namesIn } from './walk.ts'

type TfTree = Extract<Tree, { readonly kind: 'tf' }>

/** Functions of one tensor that a parameter may choose among: TensorFlow.js calls them as the primitives are called. */
const activations = new Set(
  [...primitives.values()].flatMap(({ name, facts, signature }) => (facts.elementwise && Object.keys(signature).length === 1 ? [name] : [])),
)

/** Whether a call of one tensor is of such a function. */
const isActivation = ({ fn, args }: TfTree): boolean => {
  const atom = namedIn(fn)
  return args.length === 1 && atom !== undefined && (atom.of === 'block' || (atom.of === 'tfjs' && activations.has(atom.named)))
}

const identity = (fn: Hole): Atom => ({ of: 'identity', named: '', type: namedIn(fn)?.type ?? '' })

/** The turns of a loop as loops over turns that are alike. */
export function mergedTurns(
  turns: readonly Body[],
  at: Place,
  variable: string,
  there: readonly string[],
): readonly Extract<Statement, { readonly kind: 'loop' }>[] {
  const groups: { first: number; count: number; body: Body }[] = []
  const known = new Set(there)
  // a turn of which nothing is read does nothing
  for (const { first, bodies } of runsOf(turns).filter(({ bodies: [turn] }) => turn!.length > 0)) {
    const before = groups.at(-1)
    const last = before && before.first + before.count === first ? before : undefined
    const alike = mergedAlike(bodies)
    const run = alike && readsOnly(alike, known) ? alike : undefined
    const body = last && run && mergedBodies(last.body, run)
    if (last && body && readsOnly(body, known)) {
      last.body = body
      last.count += bodies.length
      continue
    }
    for (const name of before?.body.flatMap(assignedIn) ?? []) known.add(name)
    if (alike && readsOnly(alike, known)) groups.push({ first, count: bodies.length, body: alike })
    else {
      for (const [i, turn] of bodies.entries()) {
        groups.push({ first: first + i, count: 1, body: turn })
        for (const name of turn.flatMap(assignedIn)) known.add(name)
      }
    }
  }
  return groups.map(({ first, count, body }) => ({
    kind: 'loop',
    variable,
    from: holeOf(first, at, 'from'),
    to: holeOf(first + count, at, 'count'),
    body,
    at: [at],
  }))
}

/** Turns that follow each other and are the same but for their holes. */
function runsOf(turns: readonly Body[]): readonly { readonly first: number; readonly bodies: readonly Body[] }[] {
  const runs: { first: number; form: string; bodies: Body[] }[] = []
  for (const [index, turn] of turns.entries()) {
    const form = formOf(turn)
    const last = runs.at(-1)
    if (last?.form === form) last.bodies.push(turn)
    else runs.push({ first: index, form, bodies: [turn] })
  }
  return runs
}

/** What is left of a body without the values of its holes. */
export const formOf = (body: Body): string =>
  JSON.stringify(body, (key, value: unknown) => {
    if (key === 'holds' || key === 'at' || key === 'rank' || key === 'scopes' || key === 'hint') return undefined
    return key === 'cases' ? nameIn(value) : value
  })

const nameIn = (cases: unknown): string => (Array.isArray(cases) ? nameOf({ kind: 'hole', hint: '', extent: false, cases: cases as Hole['cases'] }) : '')

/** Bodies of one form in one, halves first, so that no value is handed on more than a few times. */
export function mergedAlike(bodies: readonly Body[]): Body | undefined {
  if (bodies.length <= 1) return bodies[0]
  const middle = bodies.length >> 1
  const [a, b] = [mergedAlike(bodies.slice(0, middle)), mergedAlike(bodies.slice(middle))]
  return a && b && mergedBodies(a, b)
}

/** One body for both, with what only one of them does under a condition; none where that would say less than two bodies. */
export const mergedBodies = (a: Body, b: Body): Body | undefined =>
  [aligned, endingEarly].map((merge) => merge(a, b)).find((merged) => merged && isReadable(merged, [a, b]) && isAssignedWhereRead(merged))

/** What both begin with; then one of them ends, soon, and the other goes on. */
function endingEarly(a: Body, b: Body): Body | undefined {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const [steps, end] = parted(short)
  const [others, last] = parted(long)
  const differs = steps.findIndex((step, i) => !others[i] || keyOfStatement(step) !== keyOfStatement(others[i]))
  const count = differs < 0 ? steps.length : differs
  if (end.length === 0 || last.length === 0 || steps.length - count > count) return undefined
  const both = steps.slice(0, count).map((step, i) => mergedStatement(step, others[i]!))
  return [...both, ...steps.slice(count), ...end, ...others.slice(count), ...last]
}

function aligned(a: Body, b: Body): Body {
  const [stepsA, returnA] = parted(a)
  const [stepsB, returnB] = parted(b)
  const once = new Set(assignedOnce(stepsA).filter((name) => assignedOnce(stepsB).includes(name)))
  const key = (statement: Statement): string =>
    statement.kind === 'let' && once.has(statement.name) ? statement.name : keyOfStatement(statement)
  const pairs = commonSubsequence(stepsA.map(key), stepsB.map(key))
  const [short, long] = stepsA.length <= stepsB.length ? [stepsA, stepsB] : [stepsB, stepsA]
  const isPrefix = short.length < long.length && pairs.length === short.length && pairs.every(([i, j]) => i === j)
  const statements: Statement[] = []
  let [i, j] = [0, 0]
  const between = (gapA: Body, gapB: Body): Body => {
    if (namesOf(gapA) === namesOf(gapB)) return gapA.map((statement, at) => mergedStatement(statement, gapB[at]!))
    return withIdentity(gapA, gapB, lastOf(b)) ?? withIdentity(gapB, gapA, lastOf(a)) ?? [...gapA, ...gapB]
  }
  for (const [nextA, nextB] of pairs) {
    statements.push(...between(stepsA.slice(i, nextA), stepsB.slice(j, nextB)), mergedStatement(stepsA[nextA]!, stepsB[nextB]!))
    i = nextA + 1
    j = nextB + 1
  }
  if (isPrefix && returnA.length > 0 && !withIdentity(long.slice(short.length), [], [])) {
    const [ended, going] = short === stepsA ? [returnA, returnB] : [returnB, returnA]
    return [...statements, ...ended, ...long.slice(short.length), ...going]
  }
  const [first, second] = [returnA.at(-1), returnB.at(-1)]
  const returns = returnA.length === 1 && returnB.length === 1 ? [mergedStatement(first!, second!)] : [...returnA, ...returnB]
  return [...statements, ...between(stepsA.slice(i), stepsB.slice(j)), ...returns]
}

/** A function of one tensor that one body applies to a variable and the other does not: for that it is the identity. */
function withIdentity(some: Body, others: Body, at: readonly Place[]): Body | undefined {
  const [only] = some
  if (only?.kind !== 'let' || some.length !== 1 || others.length > 0) return undefined
  const { value } = only
  const tree = valueIn(value)
  const [argument] = tree.kind === 'tf' ? tree.args : []
  if (tree.kind !== 'tf' || !isActivation(tree)) return undefined
  if (argument?.kind !== 'local' || !argument.names.includes(only.name)) return undefined
  const fn: Hole = { ...tree.fn, cases: [...tree.fn.cases, ...at.map((one) => ({ at: one, value: identity(tree.fn) }))] }
  const holds = [...only.holds, ...at.map((one) => ({ at: one, value: only.holds[0]!.value }))]
  const applied: Tree = { ...tree, fn, rank: [...tree.rank, ...at.map((one) => ({ at: one, value: tree.rank[0]!.value }))] }
  return [{ ...only, at: [...only.at, ...at], holds, value: value.kind === 'replace' ? { ...value, value: applied } : applied }]
}

const lastOf = (body: Body): readonly Place[] => body.at(-1)?.at ?? []

/** Of statements that each give one variable. */
const namesOf = (body: Body): string =>
  body.map((statement) => (statement.kind === 'let' ? statement.name : `${statement.kind} of its own`)).join()

function assignedOnce(body: Body): readonly string[] {
  const names = body.flatMap(assignedIn)
  return names.filter((name) => names.indexOf(name) === names.lastIndexOf(name))
}

const parted = (body: Body): readonly [steps: Body, returns: Body] => {
  const last = body.at(-1)
  return last?.kind === 'return' ? [body.slice(0, -1), [last]] : [body, []]
}

function keyOfStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'let':
      return `${statement.name} ${headOf(statement.value)}`
    case 'destructure':
      return statement.names.map(({ name, output }) => `${output}: ${name}`).join() + headOf(statement.value)
    case 'loop':
      return `loop ${statement.variable} ${statement.body.map(keyOfStatement).join(' ')}`
    case 'return':
      return 'return'
  }
}

function headOf(tree: Tree): string {
  switch (tree.kind) {
    case 'replace':
      return headOf(tree.value)
    case 'choice':
      return headOf(tree.branches[0]!.tree)
    case 'tf':
      return isActivation(tree) ? 'activation' : nameOf(tree.fn)
    case 'call':
      return tree.declaration
    default:
      return tree.kind
  }
}

function mergedStatement(a: Statement, b: Statement): Statement {
  const at = [...a.at, ...b.at]
  if (a.kind === 'let' && b.kind === 'let') {
    return { ...a, at, holds: [...a.holds, ...b.holds], value: either(owning(a, b), a.at, owning(b, a), b.at) }
  }
  if (a.kind === 'destructure' && b.kind === 'destructure') {
    const names = a.names.map((one, i) => ({ ...one, holds: [...one.holds, ...b.names[i]!.holds] }))
    return { ...a, at, names, value: either(a.value, a.at, b.value, b.at) }
  }
  if (a.kind === 'loop' && b.kind === 'loop') {
    return { ...a, at, from: mergedHoles(a.from, b.from), to: mergedHoles(a.to, b.to), body: aligned(a.body, b.body) }
  }
  if (a.kind === 'return' && b.kind === 'return') {
    const values = a.values.map((one, i) => {
      const other = b.values[i]
      return other ? { ...one, holds: [...one.holds, ...other.holds], value: either(one.value, a.at, other.value, b.at) } : one
    })
    return { ...a, at, values }
  }
  throw new Error(`a ${a.kind} stands beside a ${b.kind}`)
}

/** What a variable held is disposed of where it is overwritten, or in the one of both where it was its own. */
function owning(one: Extract<Statement, { kind: 'let' }>, other: Extract<Statement, { kind: 'let' }>): Tree {
  if (other.value.kind !== 'replace' || one.value.kind === 'replace' || one.value.kind === 'choice') return one.value
  const own = other.value.old.filter((tree) => namesIn(tree).includes(one.name))
  if (own.length === 0) return one.value
  return {
    kind: 'replace',
    old: own.map((): Tree => ({ kind: 'hole', hint: 'old', extent: false, cases: one.at.map((at) => ({ at, value: false })) })),
    value: one.value,
  }
}

/** Both in one where they are alike, else the one or the other. */
function either(a: Tree, atA: readonly Place[], b: Tree, atB: readonly Place[]): Tree {
  const merged = mergedTrees(a, atA, b, atB)
  if (merged) return merged
  const branches: readonly Branch[] = a.kind === 'choice' ? a.branches : [{ at: atA, tree: a }]
  const others = b.kind === 'choice' ? b.branches : [{ at: atB, tree: b }]
  return { kind: 'choice', branches: others.reduce((known, one) => joinInto(known, one, joinedBranches), branches) }
}

const joinedBranches = (a: Branch, b: Branch): Branch | undefined => {
  const tree = mergedTrees(a.tree, a.at, b.tree, b.at)
  return tree && { at: [...a.at, ...b.at], tree }
}

function mergedTrees(a: Tree, atA: readonly Place[], b: Tree, atB: readonly Place[]): Tree | undefined {
  const both = (x: Tree, y: Tree): Tree => either(x, atA, y, atB)
  if (a.kind === 'choice' || b.kind === 'choice') return undefined
  if (a.kind === 'replace' || b.kind === 'replace') {
    const value = mergedTrees(valueIn(a), atA, valueIn(b), atB)
    return value && withOld(a, b, value, both)
  }
  if (a.kind === 'hole' || b.kind === 'hole') {
    const [x, y] = [collapsed(a), collapsed(b)]
    return x && y && (a.kind === b.kind || isFixed(x) || isFixed(y)) ? mergedHoles(x, y) : undefined
  }
  if (a.kind === 'tf' && (b.kind !== 'tf' || nameOf(a.fn) !== nameOf(b.fn))) return applied(a, atA, b, atB)
  if (b.kind === 'tf' && a.kind !== 'tf') return applied(b, atB, a, atA)
  if (a.kind === 'tf' && b.kind === 'tf') {
    if (a.args.length !== b.args.length) return undefined
    return { ...a, fn: mergedHoles(a.fn, b.fn), args: a.args.map((arg, i) => both(arg, b.args[i]!)), rank: [...a.rank, ...b.rank] }
  }
  if (a.kind === 'local' && b.kind === 'local') {
    const names = a.names.filter((name) => b.names.includes(name))
    return names.length > 0 ? { kind: 'local', names } : undefined
  }
  if (a.kind === 'element' && b.kind === 'element') {
    const lists = a.lists.filter((name) => b.lists.includes(name))
    return lists.length > 0 ? { kind: 'element', lists, index: mergedHoles(a.index, b.index) } : undefined
  }
  if (a.kind === 'weight' && b.kind === 'weight') {
    const path = mergedSteps(a.path, b.path)
    return path && { kind: 'weight', path }
  }
  if (a.kind === 'number' && b.kind === 'number') return { kind: 'number', value: mergedHoles(a.value, b.value) }
  if (a.kind === 'constant' && b.kind === 'constant') return { kind: 'constant', id: mergedHoles(a.id, b.id) }
  if (a.kind === 'call' && b.kind === 'call') return mergedCalls(a, atA, b, atB)
  if (a.kind === 'list' && b.kind === 'list') {
    return a.items.length === b.items.length ? { kind: 'list', items: a.items.map((item, i) => both(item, b.items[i]!)) } : undefined
  }
  if (a.kind === 'spread' && b.kind === 'spread') {
    const of = mergedTrees(a.of, atA, b.of, atB)
    return of && { kind: 'spread', of }
  }
  if (a.kind === 'batch' && b.kind === 'batch') return { kind: 'batch', of: both(a.of, b.of) }
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.isFlat !== b.isFlat) return undefined
    const body = mergedBodies(a.body, b.body)
    return body && { ...a, from: mergedHoles(a.from, b.from), to: mergedHoles(a.to, b.to), body }
  }
  return undefined
}

/** A function of one tensor and another, or the tensor itself. */
function applied(a: TfTree, atA: readonly Place[], b: Tree, atB: readonly Place[]): Tree | undefined {
  const [argument] = a.args
  if (!argument || !isActivation(a)) return undefined
  if (b.kind === 'tf' && isActivation(b)) {
    const arg = mergedTrees(argument, atA, b.args[0]!, atB)
    return arg && { ...a, fn: mergedHoles(a.fn, b.fn), args: [arg], rank: [...a.rank, ...b.rank] }
  }
  const arg = mergedTrees(argument, atA, b, atB)
  if (!arg) return undefined
  const rest: Hole = { ...a.fn, cases: atB.map((at) => ({ at, value: identity(a.fn) })) }
  return { ...a, fn: mergedHoles(a.fn, rest), args: [arg], rank: [...a.rank, ...atB.map((at) => ({ at, value: a.rank[0]!.value }))] }
}

const namedIn = ({ cases: [first] }: Hole): NamedAtom | undefined => (isNamed(first?.value) ? first.value : undefined)

const nameOf = (fn: Hole): string => {
  const atom = namedIn(fn)
  return atom ? keyOfAtom(atom) : ''
}

function mergedCalls(
  a: Extract<Tree, { kind: 'call' }>,
  atA: readonly Place[],
  b: Extract<Tree, { kind: 'call' }>,
  atB: readonly Place[],
): Tree | undefined {
  if (a.declaration !== b.declaration || (a.weights === undefined) !== (b.weights === undefined)) return undefined
  const weights = a.weights && b.weights && mergedSteps(a.weights, b.weights)
  if (a.weights && !weights) return undefined
  const names = [...new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)])]
  const inputs = names.map((name) => [name, either(a.inputs[name] ?? absentAt(atA), atA, b.inputs[name] ?? absentAt(atB), atB)] as const)
  return { ...a, scopes: [...a.scopes, ...b.scopes], inputs: Object.fromEntries(inputs), weights }
}

const valueIn = (tree: Tree): Tree => (tree.kind === 'replace' ? tree.value : tree)

/** Only what both dispose of. */
function withOld(a: Tree, b: Tree, value: Tree, both: (x: Tree, y: Tree) => Tree): Tree {
  if (a.kind !== 'replace' || b.kind !== 'replace') return value
  const old = a.old.flatMap((tree, i) => {
    const other = b.old[i]
    if (!other) return []
    const merged = both(tree, other)
    return merged.kind === 'choice' && !isOwned(merged.branches) ? [] : [merged]
  })
  return old.length === 0 ? value : { kind: 'replace', old, value }
}

export function mergedSteps(a: readonly Step[], b: readonly Step[]): readonly Step[] | undefined {
  if (a.length !== b.length) return undefined
  const steps: Step[] = []
  for (const [i, step] of a.entries()) {
    const other = b[i]!
    if (typeof step === 'string' || typeof other === 'string') {
      if (step !== other) return undefined
      steps.push(step)
    } else steps.push(mergedHoles(step, other))
  }
  return steps
}

const mergedHoles = (a: Hole, b: Hole): Hole => ({ ...a, extent: a.extent || b.extent, cases: [...a.cases, ...b.cases] })

/** A list of holes as a hole of lists. */
function collapsed(tree: Tree): Hole | undefined {
  if (tree.kind === 'hole') return tree
  if (tree.kind !== 'list') return undefined
  const holes = tree.items.map(collapsed)
  const [first] = holes
  if (!first || holes.some((hole) => hole?.cases.length !== first.cases.length)) return undefined
  const cases = first.cases.map(({ at }, i): Case<Atom> => ({ at, value: holes.map((hole) => hole!.cases[i]!.value) }))
  return { ...first, cases }
}

const isFixed = ({ cases }: Hole): boolean => cases.every(({ value }) => Array.isArray(value) || typeof value !== 'object')
