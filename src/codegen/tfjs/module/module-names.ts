import type { ConstantNode, Scope } from '../../../compiler/graph/graph.ts'
import { withoutAliases } from './aliases.ts'
import type { Model } from './combined.ts'
import type { Shared } from './functions.ts'
import { createNamer, exportedName, loopNames, runtimeNames, type Namer } from './names.ts'
import type { Program } from './program.ts'
import type { Body, NamedAtom } from './tree.ts'
import { createUnit, type Unit } from './unit.ts'
import { variablesIn } from './walk.ts'
import type { WeightsClass } from './weights-tree.ts'

/** A function with all that is printed of it. */
export interface Function {
  readonly shared: Shared
  readonly body: Body
  readonly run: Unit
  readonly weights: Holding
  /** Where it is one. */
  readonly model: Model | undefined
}

/** A type of weights, with the function that says what they are before they have values. */
export interface Holding {
  readonly of: WeightsClass
  readonly specs: Unit
  readonly name: string
  readonly isEmpty: boolean
}

/** What a model is called outside, and what the names of its types begin with. */
interface Exported {
  readonly value: string
  readonly type: string
}

const typeEndings = ['Weights', 'Inputs', 'Outputs']

/** Names of their own, also where models differ in what the name of a type leaves out. */
function exportsOf(models: readonly Model[]): ReadonlyMap<Model, Exported> {
  const [values, types] = [createNamer(), createNamer()]
  const named = models.map((model) => [model, values.ofName(exportedName(model.name))] as const)
  return new Map(named.map(([model, value]) => [model, { value, type: types.ofName(typeName(value)) }]))
}

interface NamedConstant {
  readonly name: string
  readonly node: ConstantNode
}

/** What everything in a module is called, and what it imports. */
export interface Names {
  readonly program: Program
  readonly functions: readonly Function[]
  readonly exportOf: (model: Model) => Exported
  /** By the scope of a call. */
  readonly functionOf: (scope: number) => Function
  readonly imported: Set<string>
  /** What something of the runtime file is called here, which imports it: otherwise, where a model has its name. `type Maps` is one of its types. */
  readonly runtime: (name: string) => string
  /** Lists that are long enough for a name, by their text. */
  readonly tables: Map<string, string>
  readonly tableName: (text: string, hint: string) => string
  /** By their numbers. */
  readonly constants: ReadonlyMap<string, NamedConstant>
  readonly constantName: (atom: NamedAtom) => string
  readonly isChanged: () => boolean
}

export function namesFor(program: Program, all: readonly Shared[]): Names {
  const { models } = program
  const exports = exportsOf(models)
  const exported = [...exports.values()].flatMap(({ value, type }) => [value, ...typeEndings.map((what) => `${type}${what}`)])
  const imported = new Set<string>()
  let changed = false
  const locals = new Set(all.flatMap(({ body, parameters }) => [...parameters.map(({ name }) => name), ...variablesIn(body)]))
  const namer = createNamer([...locals, ...runtimeNames, ...exported, 'w'])
  // it gives names of variables, of which types are made below
  const types = createNamer([...exported, ...runtimeTypes].map((name) => name.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase())))
  const changing = (): void => {
    changed = true
  }
  const holdings = new Map<WeightsClass, Holding>()
  function holdingOf(of: WeightsClass, model: Model | undefined): Holding {
    const known = holdings.get(of)
    if (known) return known
    const path = of.calls[0]!.name.replaceAll('.', '/')
    const { children, parts, elements } = of.weights
    const holding = {
      of,
      specs: createUnit(namer.ofPath(`${path}/weights`), of.calls, new Set([...loopNames, ...runtimeNames]), changing),
      name: model ? `${exports.get(model)!.type}Weights` : typeName(types.ofPath(path)),
      isEmpty: children.size === 0 && parts.length === 0 && !elements,
    }
    holdings.set(of, holding)
    return holding
  }
  const functions = all.map((shared): Function => {
    const { calls, body } = shared
    const [call] = calls as [Scope]
    const model = models.find(({ root }) => root === call)
    const parameters = shared.parameters.map((one) => one.name)
    const taken = new Set([...parameters, ...variablesIn(body), ...loopNames, 'w', 'tf', ...runtimeNames])
    return {
      shared,
      body: withoutAliases(body, parameters),
      run: createUnit(namer.ofPath(call.name.replaceAll('.', '/')), calls, taken, changing),
      weights: holdingOf(shared.weights, model),
      model,
    }
  })
  const byScope = new Map(functions.flatMap((one) => one.shared.calls.map(({ id }) => [id, one] as const)))
  const tables = new Map<string, string>()
  const tableName = (text: string, hint: string): string => {
    if (!tables.has(text)) tables.set(text, namer.ofName(hint.toUpperCase()))
    return tables.get(text)!
  }
  const { constants, constantName } = constantNames(program, namer)
  return {
    program,
    functions,
    exportOf: (model) => exports.get(model)!,
    functionOf: (scope) => byScope.get(scope)!,
    imported,
    runtime: (name) => {
      const own = name.replace('type ', '')
      const local = exported.includes(own) ? `${own}_` : own
      imported.add(local === own ? name : `${name} as ${local}`)
      return local
    },
    tables,
    tableName,
    constants,
    constantName,
    isChanged: () => {
      const was = changed
      changed = false
      return was
    },
  }
}

/** Names for constants when they are read first; equal numbers are one constant. */
function constantNames({ nodes }: Program, namer: Namer): Pick<Names, 'constants' | 'constantName'> {
  const constants = new Map<string, NamedConstant>()
  const byId = new Map<string, NamedConstant>()
  const constantName = ({ named }: NamedAtom): string => {
    const before = byId.get(named)
    if (before) return before.name
    const node = nodes[Number(named)]
    if (node?.kind !== 'constant') throw new Error(`${named} is no constant`)
    const key = JSON.stringify([node.type.shape, node.values.map((value) => (Object.is(value, -0) ? '-0' : String(value)))])
    const known = constants.get(key) ?? { node, name: namer.ofPath(node.binding ?? 'table') }
    constants.set(key, known)
    byId.set(named, known)
    return known.name
  }
  return { constants, constantName }
}

const runtimeTypes = ['Initializer', 'Maps', 'Matrices', 'Model', 'Pad', 'Scalars', 'Spec', 'Specs', 'Vectors', 'Volumes']

const typeName = (name: string): string => name.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
