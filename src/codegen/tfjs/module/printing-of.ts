import type { Scope } from '../../../compiler/graph/graph.ts'
import { pathText } from '../../../compiler/graph/path.ts'
import { segmentsOf } from '../../../compiler/graph/scope.ts'
import { printAtom } from './atoms.ts'
import type { Model } from './combined.ts'
import { optionalIn } from './functions.ts'
import type { Function, Names } from './module-names.ts'
import { lengthAt, presenceIn, tupleSizeAt } from './presence.ts'
import { printMap, variableType, type BodyPrinting } from './print-body.ts'
import { isLarge } from './print-constant.ts'
import { printExtent } from './print-extent.ts'
import type { Callable, Printing } from './print-tree.ts'
import type { Program } from './program.ts'
import { stepsBelow } from './steps-below.ts'
import type { Atom, Body, Case, Holds, NamedAtom, Place } from './tree.ts'
import type { Unit } from './unit.ts'
import { treesOfBody } from './walk.ts'

/** How what is in a function is printed: what it computes, or (`unit` being another) what its weights are. */
export function printingOf(one: Function, unit: Unit, names: Names, places: readonly Place[]): Printing {
  const { runtime } = names
  const named = (atom: NamedAtom): string => {
    switch (atom.of) {
      case 'tfjs':
        return `tf.${atom.named}`
      case 'runtime':
        return runtime(atom.named)
      case 'block':
        return names.functions.find(({ shared }) => shared.class === atom.named)!.run.name
      case 'identity':
        return '(x) => x'
      case 'constant':
        return names.constantName(atom)
      case 'expression':
        return atom.named
      case 'weights':
        throw new Error(`the weights at ${atom.named} are no value`)
    }
  }
  const atom = (value: Atom): string => printAtom(value, { named, dim: (dim) => printExtent(dim, (name) => name) })
  const wording = {
    knowsExtents: one.model !== undefined,
    atom,
    table: (list: Atom, hint: string): string => {
      const text = atom(list)
      return text.length > longTable && isOfNumbers(list, hint === 'indices' ? 2 : 1) ? names.tableName(text, hint) : text
    },
    element: (list: string, index: string): string => `${runtime('at')}(${list}, ${index})`,
  }
  return {
    unit,
    wording,
    around: { loops: [], shapes: new Map() },
    places,
    callableOf: (scope) => callableOf(names.functionOf(scope), unit !== one.run, names),
    runtime,
    presence: presenceIn(one.shared),
    tupleSize: (path, step) => tupleSizeAt(one.shared, path, step),
    lengthAt: (path, place) => lengthAt(one.shared, path, place),
    body: (tree, printing) => printMap(tree, { ...printing, ...bodyPrinting(one, names), declared: new Set(printing.declared) }),
    constant: (name) => {
      const known = [...names.constants.values()].find((constant) => constant.name === name)
      return known && isLarge(known.node) ? `${runtime('fixed')}(${name})` : `${name}()`
    },
    declared: new Set(),
    optional: new Set(),
    stepsFrom: (at, segments) => stepsBelow(segmentsOf(names.program.scopes, at.call), segments, at),
  }
}

/** A longer list has a name. */
const longTable = 60

/** Of numbers, or of lists of them, up to so deep: others have types that a name of its own would lose. */
const isOfNumbers = (atom: Atom, depth: number): boolean =>
  typeof atom === 'number' || (depth > 0 && Array.isArray(atom) && atom.every((one: Atom) => isOfNumbers(one, depth - 1)))

export const bodyPrinting = (one: Function, names: Names): Pick<BodyPrinting, 'typeOf' | 'hasShapes' | 'isModel' | 'isCopied'> => ({
  typeOf: (name) => variableType(holdsOfName(one, name)),
  hasShapes: one.model !== undefined || one.shared.calls.length === 1,
  isModel: one.model !== undefined,
  isCopied: (output) => one.model !== undefined && isShared(one.model, output, names.program),
})

/** Whether what an output is belongs to somebody else: the inputs, the weights, what is kept for the next run, another output. */
function isShared({ outputs }: Model, name: string, { valueOf }: Program): boolean {
  const index = outputs.findIndex((output) => output.name === name)
  const values = outputs.map(({ node }) => valueOf(node))
  const value = values[index]!
  if (value.kind === 'constant') return isLarge(value)
  return value.kind !== 'op' || values.indexOf(value) < index
}

/** What a variable holds anywhere: an empty list says nothing of its elements. */
const holdsOfName = ({ shared, body }: Function, name: string): readonly Case<Holds>[] => {
  const all = [...shared.parameters.filter((one) => one.name === name).flatMap(({ holds }) => holds), ...letsOf(body, name)]
  return all.some(({ value }) => value.type) ? all.filter(({ value }) => value.type) : all
}

const letsOf = (body: Body, name: string): readonly Case<Holds>[] => [
  ...body.flatMap((statement) => {
    if (statement.kind === 'let') return statement.name === name ? statement.holds : []
    if (statement.kind === 'destructure') return statement.names.filter((one) => one.name === name).flatMap(({ holds }) => holds)
    return statement.kind === 'loop' ? letsOf(statement.body, name) : []
  }),
  ...treesOfBody(body).flatMap((tree) => (tree.kind === 'map' ? letsOf(tree.body, name) : [])),
]

export function callableOf({ run, weights, shared }: Function, inSpecs: boolean, names: Names): Callable {
  const inputs = shared.parameters.map(({ name }) => name).filter((name) => run.reads(name))
  return {
    unit: inSpecs ? weights.specs : run,
    inputs,
    optional: optionalIn(shared),
    hasWeights: !weights.isEmpty && run.reads('w'),
    weightsOf: (scope) => {
      const segments = segmentsOf(names.program.scopes, scope)
      return { of: 'weights', named: pathText(segments), type: weights.name, segments }
    },
  }
}

/** Where its calls stand. */
export const rootPlaces = (one: { readonly calls: readonly Scope[] }): readonly Place[] =>
  one.calls.map(({ id }) => ({ call: id, turns: [] }))
