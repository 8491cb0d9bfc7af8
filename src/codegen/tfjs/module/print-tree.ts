import { propertyKey } from './property.ts'
import { mergedSteps } from './merge.ts'
import type { Presence } from './presence.ts'
import { sayCases, type Around, type Wording } from './say.ts'
import { isNamed, keyOfAtom } from './atoms.ts'
import { samePlace, type Atom, type Branch, type Case, type Hole, type Place, type Step, type Tree } from './tree.ts'
import { tensorType } from './tensor-type.ts'
import type { Unit } from './unit.ts'

/** A function as others call it. */
export interface Callable {
  readonly unit: Unit
  /** The tensors that it reads, in order. */
  readonly inputs: readonly string[]
  /** Those of them that not all calls give. */
  readonly optional: ReadonlySet<string>
  readonly hasWeights: boolean
  /** Those of a call, by their path. */
  readonly weightsOf: (scope: number) => Atom
}

/** What a tree is printed in. */
export interface Printing {
  readonly unit: Unit
  readonly wording: Wording
  readonly around: Around
  /** All places that the statement stands at. */
  readonly places: readonly Place[]
  readonly callableOf: (scope: number) => Callable
  /** Of what the runtime file or the module has. */
  readonly runtime: (name: string) => string
  readonly presence: (path: readonly Step[], at: readonly Place[]) => readonly Presence[]
  /** How many turns there are at a step of the way to a weight, where they are of different kinds. */
  readonly tupleSize: (path: readonly Step[], step: number) => number | undefined
  /** How many elements a list on the way to a weight has at a place. */
  readonly lengthAt: (path: readonly Step[], place: Place) => number | undefined
  /** The value of a constant of that name. */
  readonly constant: (name: string) => string
  /** Parameters that not all calls give. */
  readonly optional: ReadonlySet<string>
  /** The variables that are there. */
  readonly declared: ReadonlySet<string>
  /** The way from the weights of a call to what a path of the graph names, where that is below them. */
  readonly stepsFrom: (call: Place, segments: readonly string[]) => readonly Step[] | undefined
  readonly body: (tree: Extract<Tree, { kind: 'map' }>, printing: Printing) => string
}

export function printTree(tree: Tree, printing: Printing, depth = 0): string {
  const inner = (one: Tree): string => printTree(one, printing, depth + 1)
  switch (tree.kind) {
    case 'hole':
      return sayHole(tree, printing)
    case 'local': {
      const name = known(tree.names, printing)
      return printing.optional.has(name) ? `${printing.runtime('given')}(${name})` : name
    }
    case 'element':
      return `${printing.runtime('at')}(${known(tree.lists, printing)}, ${sayHole(tree.index, printing)})`
    case 'weight':
      return printPath(tree.path, printing)
    case 'constant':
      return printing.constant(sayHole(tree.id, printing))
    case 'number':
      return depth > 1 ? `tf.scalar(${sayHole(tree.value, printing)})` : sayHole(tree.value, printing)
    case 'tf':
      return printCall(tree, printing, depth)
    case 'call':
      return printBlock(tree, printing)
    case 'list':
      return `[${tree.items.map(inner).join(', ')}]`
    case 'spread':
      return `...${inner(tree.of)}`
    case 'map':
      return printing.body(tree, printing)
    case 'batch':
      return `${inner(tree.of)}.shape[0]`
    case 'tidy':
      return `tf.tidy(() => ${printTree(tree.of, printing, depth)})`
    case 'replace':
      return printReplace(tree, printing, depth)
    case 'choice':
      return printChoice(tree, printing, depth)
  }
}

const known = (names: readonly string[], { declared }: Printing): string => names.find((name) => declared.has(name)) ?? names[0]!

/** What differs from place to place, as it is said here. */
export const say = (cases: readonly Case<Atom>[], hint: string, { unit, around, wording }: Printing, extent = false): string =>
  sayCases(cases, hint, extent, unit, around, wording)

/** Whether something stands at these of all places, as it is said here. */
export const sayWhether = (at: readonly Place[], all: readonly Place[], hint: string, printing: Printing): string =>
  say(all.map((place) => ({ at: place, value: at.some((one) => samePlace(one, place)) })), hint, printing)

export function sayHole({ cases, hint, extent }: Hole, printing: Printing): string {
  const own = cases.map(({ at, value }) =>
    isNamed(value) && value.of === 'weights' ? printing.stepsFrom(at, value.segments) : undefined,
  )
  const path = own.reduce((a, b) => a && b && mergedSteps(a, b))
  return path ? printPath(path, printing) : say(cases, hint, printing, extent)
}

/** The parameters of functions whose result has the rank of a list of extents. */
const shapeParameter: Readonly<Record<string, number>> = { ones: 0, zeros: 0, fill: 0, reshape: 1, broadcastTo: 1 }

/** Whose last parameters are false where nothing is said. */
const falseAtTheEnd = new Set(['mean', 'sum', 'max', 'min', 'matMul'].map((name) => `tf.${name}`))

/** What they give is of any type that is asked for: where nothing asks, TypeScript before 6.0 takes a tensor of any rank. */
const givesAnyRank = new Set(
  `add div equal greater greaterEqual less lessEqual logicalAnd logicalOr matMul max maximum mean min minimum mul notEqual pow
  squaredDifference sub sum`
    .split(/\s+/)
    .map((name) => `tf.${name}`),
)

/** The first argument of a function whose result is of the same type as that. */
function withRank(arg: Tree, text: string, own: readonly Case<number>[]): string {
  if (arg.kind !== 'tf') return text
  const name = text.slice(0, text.indexOf('('))
  const [rank, ...others] = new Set([...arg.rank, ...own].map(({ value }) => value).filter((value) => value >= 0))
  return givesAnyRank.has(name) && rank !== undefined && others.length === 0
    ? `${name}<${tensorType(rank)}>${text.slice(name.length)}`
    : text
}

/** Whose last parameter is 1 where nothing is said. */
const isOfOneDilation = new Set(['conv2d', 'groupedConv2d', 'conv2dPerSample', 'depthwiseConv2dPerSample'])

type TfTree = Extract<Tree, { kind: 'tf' }>

function printCall(tree: TfTree, printing: Printing, depth: number): string {
  const { fn, args, rank: ranks } = tree
  const name = sayHole(fn, printing)
  // not a choice of functions that is called, but of what they give
  if (/ \? |^at\(.*\(x\) => x/.test(name)) return printChoice({ kind: 'choice', branches: byFunction(tree) }, printing, depth)
  const isTold = name.startsWith('tf.') && !givesAnyRank.has(name)
  const printed = args.map((arg, i) => {
    const text = printTree(arg, printing, depth + 1)
    return isTold && i === 0 ? withRank(arg, text, name === 'tf.cast' ? ranks : []) : text
  })
  if (name === '(x) => x') return printed[0]!
  if (isOfOneDilation.has(name) && printed.at(-1) === '1') printed.pop()
  const shape = args[shapeParameter[name.replace(/^tf\./, '')] ?? -1]
  const rank = depth > 0 && shape?.kind === 'list' && shape.items.length <= 6 ? `<tf.Rank.R${shape.items.length}>` : ''
  const numbers = args.filter((arg) => arg.kind !== 'hole').every((arg) => arg.kind === 'number')
  const first = numbers && args[0]?.kind === 'number' && !printed[0]!.startsWith('tf.scalar') ? `tf.scalar(${printed[0]})` : printed[0]
  return `${name}${rank}(${[first, ...printed.slice(1)]
    .join(', ')
    .replace(/(, undefined)+$/, '')
    .replace(falseAtTheEnd.has(name) ? /(, false)+$/ : /$^/, '')})`
}

/** Where each of the functions that a call may be of is called. */
function byFunction(tree: TfTree): readonly Branch[] {
  const functions = new Map<string, Case<Atom>[]>()
  for (const one of tree.fn.cases) functions.set(keyOfAtom(one.value), [...(functions.get(keyOfAtom(one.value)) ?? []), one])
  return [...functions.values()].map((cases) => ({ at: cases.map(({ at }) => at), tree: { ...tree, fn: { ...tree.fn, cases } } }))
}

function printBlock(tree: Extract<Tree, { kind: 'call' }>, printing: Printing): string {
  const { unit, inputs, optional, hasWeights } = printing.callableOf(tree.scopes[0]!.value)
  const given = inputs.map((name) => {
    const input = tree.inputs[name]
    const inside = optional.has(name) ? { ...printing, optional: new Set<string>() } : printing
    return input ? printTree(input, inside, 1) : 'undefined'
  })
  const held = tree.scopes.map(({ at, value }): Case<Atom> => ({ at, value: printing.callableOf(value).weightsOf(value) }))
  const passed = tree.weights
    ? printPath(tree.weights, printing)
    : sayHole({ kind: 'hole', hint: 'weights', extent: false, cases: held }, printing)
  const weights = hasWeights ? [passed] : []
  const extras = unit.extras.map(({ name, values }) =>
    sayHole({ kind: 'hole', hint: name, extent: true, cases: extraCases(tree.scopes, values) }, printing),
  )
  return `${unit.name}(${[...given, ...weights, ...extras].join(', ')})`
}

/** What calls are given; where one reads it under no condition that holds, what another is given. */
export function extraCases(scopes: readonly Case<number>[], values: ReadonlyMap<number, Atom>): readonly Case<Atom>[] {
  const known = scopes.flatMap(({ at, value }) => (values.has(value) ? [{ at, value: values.get(value) }] : []))
  return known.length > 0 ? known : scopes.slice(0, 1).map(({ at }) => ({ at, value: [...values.values()][0] }))
}

/** `w.stages[i].kernel`; what other calls lack is asked for. */
export function printPath(path: readonly Step[], printing: Printing): string {
  const presence = printing.presence(path, printing.places)
  let text = 'w'
  for (const [i, step] of path.entries()) {
    text = withStep(text, step, printing, printing.tupleSize(path, i))
    if (presence[i] !== 'always' && !printing.around.narrowed?.has(text)) text = `${printing.runtime('given')}(${text})`
  }
  return text
}

function withStep(text: string, step: Step, printing: Printing, tupleSize?: number): string {
  if (typeof step === 'string') return `${text}${propertyKey(step)}`
  const index = sayHole(step, printing)
  if (tupleSize !== undefined && /^\d+$/.test(index)) return `${text}[${index}]`
  const turns = [...new Set(step.cases.map(({ value }) => Number(value)))].sort((a, b) => a - b)
  if (tupleSize === undefined || turns.length === tupleSize) return printing.wording.element(text, index)
  // what these turns have may be none of the others'
  const place: Hole = { ...step, cases: step.cases.map(({ at, value }) => ({ at, value: turns.indexOf(Number(value)) })) }
  return printing.wording.element(`[${turns.map((turn) => `${text}[${turn}]`).join(', ')}]`, sayHole(place, printing))
}

function printReplace({ old, value }: Extract<Tree, { kind: 'replace' }>, printing: Printing, depth: number): string {
  const olds = old.flatMap((tree) => {
    if (tree.kind !== 'choice') return [printTree(tree, printing, 1)].filter((text) => text !== 'false')
    const owned = tree.branches.filter((branch) => branch.tree.kind !== 'hole')
    const at = owned.flatMap((branch) => branch.at)
    // only the turns may decide it: what is not disposed of here is once the function ends
    const turns = (places: readonly Place[]): readonly string[] => places.map((place) => place.turns.join())
    const others = new Set(turns(printing.places.filter((place) => !at.some((one) => samePlace(one, place)))))
    if (turns(at).some((turn) => others.has(turn))) return []
    return [`${condition(at, [], printing, 'isOwn')} && ${printTree(owned[0]!.tree, printing, 1)}`]
  })
  if (olds.length === 0) return printTree(value, printing, depth)
  return `${printing.runtime('replace')}(${olds.length === 1 ? olds[0] : `[${olds.join(', ')}]`}, ${printTree(value, printing, depth)})`
}

function printChoice({ branches }: Extract<Tree, { kind: 'choice' }>, printing: Printing, depth: number): string {
  const [last, ...others] = branches.toReversed()
  let { places } = printing
  const conditions = others.toReversed().map((branch) => {
    const text = condition(branch.at, [branch.tree], { ...printing, places }, 'variant')
    places = places.filter((place) => !branch.at.some((one) => samePlace(one, place)))
    return { branch, text }
  })
  const tail = printTree(last!.tree, { ...printing, places: last!.at }, Math.max(depth, 1))
  return conditions.reduceRight((rest, { branch, text }) => {
    const inside = { ...printing, places: branch.at, around: { ...printing.around, narrowed: narrowedBy(text, printing) } }
    return `${text} ? ${printTree(branch.tree, inside, Math.max(depth, 1))} : ${rest}`
  }, tail)
}

/** What holds at these places and at no others: weights that only those have, else what the calls or the turns say. */
export function condition(at: readonly Place[], trees: readonly Tree[], printing: Printing, hint: string): string {
  const paths = trees.flatMap((tree) => optionalPaths(tree, at, printing))
  if (paths.length > 0) return paths.join(' && ')
  return sayWhether(at, printing.places, hint, printing)
}

/** The weights of a tree that just these places have, as they are read there. */
export function optionalPaths(tree: Tree, at: readonly Place[], printing: Printing): readonly string[] {
  // weights are the same in all turns of a call
  const calls = new Set(at.map(({ call }) => call))
  if (printing.places.some((place) => calls.has(place.call) && !at.some((one) => samePlace(one, place)))) return []
  const found = pathsIn(tree).flatMap((path) => {
    const presence = printing.presence(path, at)
    const first = presence.findIndex((one) => one !== 'always')
    if (presence[first] !== 'here' || !path.slice(0, first + 1).every((step) => typeof step === 'string')) return []
    const text = path.slice(0, first + 1).reduce((before: string, step) => withStep(before, step, printing), 'w')
    return printing.around.narrowed?.has(text) ? [] : [text]
  })
  return [...new Set(found)]
}

export function pathsIn(tree: Tree): readonly (readonly Step[])[] {
  const own = tree.kind === 'weight' ? [tree.path] : tree.kind === 'call' && tree.weights ? [tree.weights] : []
  return [...own, ...childrenOf(tree).flatMap(pathsIn)]
}

const childrenOf = (tree: Tree): readonly Tree[] => {
  if (tree.kind === 'tf') return tree.args
  if (tree.kind === 'call') return Object.values(tree.inputs)
  if (tree.kind === 'replace') return [tree.value]
  return tree.kind === 'list' ? tree.items : []
}

/** What is known to be there where a condition holds. */
export const narrowedBy = (text: string, { around }: Printing): ReadonlySet<string> =>
  new Set([...(around.narrowed ?? []), ...text.split(' && ').filter((part) => part.startsWith('w.'))])
