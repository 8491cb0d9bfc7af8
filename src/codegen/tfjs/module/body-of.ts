import { hasBatch, isWeight, type Node, type Port, type Scope } from '../../../compiler/graph/graph.ts'
import { nodesOf, segmentsOf } from '../../../compiler/graph/scope.ts'
import { loopName, variableName } from './names.ts'
import { argumentOf } from '../plan.ts'
import { absentAt, functionType, holeOf, treeOfExpression } from './expression-tree.ts'
import { mergedTurns } from './merge.ts'
import { resultsOf, type Item, type OpOrCall, type Program } from './program.ts'
import { rankOf } from './rank-of.ts'
import { stepsBelow } from './steps-below.ts'
import { usesIn, type Uses } from './uses.ts'
import type { Body, Parameter, Place, Statement, Tree } from './tree.ts'
import { holdsOf, isList, nodesIn, sameKind, sameValue, type Value } from './values.ts'
import { variablesIn } from './walk.ts'
import { Variables } from './variables.ts'

/** What one call computes, in the words of its function. */
export interface CallBody {
  readonly parameters: readonly Parameter[]
  readonly body: Body
}

/** The statements of one call of a block: each op and each call in it is a statement of its own. */
export function bodyOf(program: Program, call: Scope, classOf: (scope: Scope) => string): CallBody {
  try {
    return new BodyWriter(program, call, classOf, false).write()
  } catch (error) {
    if (error instanceof Foreign) return new BodyWriter(program, call, classOf, true).write()
    throw error
  }
}

/** Writes down the statements of a call. `flat`: every value has a variable of its own, and every turn is written out. */
class BodyWriter {
  readonly program: Program
  readonly call: Scope
  readonly classOf: (scope: Scope) => string
  readonly flat: boolean
  readonly uses: Uses
  readonly root: readonly string[]
  readonly inputs: readonly Port[]
  readonly variables: Variables
  /** The op or call that was written down last. */
  latest = -1
  /** In a turn, the variables from before the loop that it does not hand on: all turns leave them as they are. */
  outer: ReadonlySet<string> = new Set()
  /** In a comprehension, the variables of what it stands in. */
  above: ReadonlySet<string> = new Set()

  constructor(program: Program, call: Scope, classOf: (scope: Scope) => string, flat: boolean) {
    this.program = program
    this.call = call
    this.classOf = classOf
    this.flat = flat
    this.uses = usesIn(program, call)
    this.root = segmentsOf(program.scopes, call.id)
    this.inputs = call.inputs.filter((port) => this.isComputed(port))
    this.variables = new Variables(this.inputs.map((port) => ({ name: variableName(port.name), value: this.valueOfPort(port) })))
  }

  write(): CallBody {
    const place: Place = { call: this.call.id, turns: [] }
    const statements = this.statementsOf(this.call, place)
    const results = resultsOf(this.program, this.call).map((port) => {
      const value = this.valueOfPort(port)
      return { name: port.name, value: this.reference(value, place), holds: [{ at: place, value: holdsOf(value) }] }
    })
    return {
      parameters: this.inputs.map((port) => ({
        name: variableName(port.name),
        holds: [{ at: place, value: holdsOf(this.valueOfPort(port)) }],
      })),
      body: [...statements, { kind: 'return', values: results, at: [place] }],
    }
  }

  valueOfPort({ node }: Port): Value {
    return 'kind' in node ? this.program.valueOf(node) : node.map(this.program.valueOf)
  }

  reference(value: Value, at: Place): Tree {
    const names = this.variables.holding(value)
    const path = !isList(value) && isWeight(value) ? stepsBelow(this.root, value.segments, at) : undefined
    if (path) return { kind: 'weight', path }
    if (names.length > 0 && (isList(value) || value.kind !== 'constant')) return { kind: 'local', names }
    if (isList(value)) return this.listOf(value, at)
    if (value.kind === 'constant') {
      if (value.type.shape.length === 0) return { kind: 'number', value: holeOf(value.values[0]!, at, value.binding ?? 'factor') }
      return {
        kind: 'constant',
        id: holeOf({ of: 'constant', named: String(value.id), type: `() => tf.Tensor${value.type.shape.length}D` }, at, value.binding ?? 'table'),
      }
    }
    const element = this.variables.elementHolding(value)
    if (!element) throw new Foreign(value)
    return { kind: 'element', lists: element.lists, index: holeOf(element.index, at, 'index') }
  }

  /** With what a variable holds of it already, and the rest one by one. */
  listOf(nodes: readonly Node[], at: Place): Tree {
    const start = this.variables.longestPrefix(nodes)
    const items: Tree[] = start ? [{ kind: 'spread', of: { kind: 'local', names: start.names } }] : []
    for (const node of nodes.slice(start?.length ?? 0)) items.push(this.reference(node, at))
    return { kind: 'list', items }
  }

  assign(name: string, value: Value, tree: Tree, at: Place): Statement {
    this.variables.bind(name, value)
    return { kind: 'let', name, value: tree, holds: [{ at, value: holdsOf(value) }], at: [at] }
  }

  /** A variable of that name that holds the value, with the statement that makes it do so where it does not yet. */
  ensured(source: string, value: Value, at: Place): readonly Statement[] {
    const wanted = variableName(source)
    if (this.variables.holding(value).includes(wanted)) return []
    const name = this.variables.firstFree(wanted, value, (one) => this.above.has(one))
    if (this.variables.holding(value).includes(name)) return []
    const tree = this.reference(value, at)
    return [...this.kept(name, value, -1, at), this.assign(name, value, tree, at)]
  }

  /** A name for a value that is there already, as far as outputs need it. */
  aliased(name: string, value: Value, at: Place): readonly Statement[] {
    const isThere = nodesIn(value).every((node) => isWeight(node) || node.kind === 'constant' || this.variables.isHeldElsewhere(node, ''))
    return isThere ? this.ensured(name, value, at) : []
  }

  /** What a variable holds is kept in another before it is overwritten, where it is still read. */
  kept(name: string, next: Value, index: number, at: Place): readonly Statement[] {
    const old = this.variables.valueOf(name)
    if (!old || sameValue(old, next)) return []
    const lost = nodesIn(old).some((node) =>
      node.kind === 'op' || node.kind === 'input'
        ? this.uses.isReadAfter(node, index) && !this.variables.isHeldElsewhere(node, name)
        : false,
    )
    if (!lost || index < 0) return []
    const tree: Tree = { kind: 'local', names: [name] }
    return [this.assign(this.variables.fresh(`${name}_before`, old), old, tree, at)]
  }

  released(index: number): readonly Tree[] {
    const dying = new Set(this.uses.dyingAt(index))
    const names = this.variables.onlyHolding(dying)
    this.variables.forget(dying)
    return names.map((held) => ({ kind: 'local', names: held }))
  }

  statementsOf(scope: Scope, at: Place): readonly Statement[] {
    const statements: Statement[] = []
    const items = this.program.itemsOf(scope)
    const naming = this.namesIn(scope, items)
    const made = items.flatMap((item) => this.valuesOf(item))
    const aliases = scope.names.map((port) => ({ name: port.name, value: this.valueOfPort(port) }))
    const isMade = ({ value }: { readonly value: Value }): boolean => made.some((one) => sameValue(one, value))
    const named = (): void => {
      if (this.flat) return
      for (let next = aliases[0]; next && !isMade(next); next = aliases[0]) {
        aliases.shift()
        if (isList(next.value) || next.value.kind === 'op' || next.value.kind === 'input')
          statements.push(...this.aliased(next.name, next.value, at))
      }
    }
    for (const item of items) {
      named()
      if (item.kind === 'loop') statements.push(...this.loopOf(item.scope, at))
      else if (item.kind === 'comprehension' && this.flat)
        statements.push(...this.program.turnsOf(item.scope).flatMap((turn) => this.statementsOf(turn, at)))
      else if (item.kind === 'comprehension')
        statements.push(this.comprehensionStatement(item.scope, naming(item, this.valueOfPort(item.scope.outputs[0]!)), at))
      else statements.push(...this.computed(item, naming, at))
      while (aliases[0] && isMade(aliases[0]) && this.valuesOf(item).some((one) => sameValue(one, aliases[0]!.value))) aliases.shift()
    }
    named()
    return statements
  }

  computed(item: OpOrCall, naming: Naming, at: Place): readonly Statement[] {
    const index = this.uses.indexOf(item)
    this.latest = index
    if (item.kind === 'op') {
      const tree = treeOfExpression(item.expression, item.node, {
        at,
        batched: hasBatch(item.node.type),
        argument: (name, i) =>
          this.reference(this.program.valueOf(argumentOf(item.node, i === undefined ? { name } : { name, index: i })), at),
        whole: (name, indices) => {
          const argument = item.node.args[name]
          if (!argument || 'kind' in argument || argument.length !== indices.length || !indices.every((one, i) => one === i))
            return undefined
          return this.reference(argument.map(this.program.valueOf), at)
        },
      })
      return this.bound([{ output: undefined, value: item.node }], tree, item, index, naming, at)
    }
    const outputs = resultsOf(this.program, item.scope).map((port) => ({ output: port.name, value: this.valueOfPort(port) }))
    return this.bound(outputs, this.callTree(item.scope, at), item, index, naming, at)
  }

  callTree(scope: Scope, at: Place): Tree {
    if (this.program.isActivation(scope)) {
      const value = this.valueOfPort(scope.inputs[0]!)
      const rank = isList(value) ? 0 : rankOf(value.type)
      const fn = holeOf({ of: 'block', named: this.classOf(scope), type: functionType(rank) }, at, 'activation')
      return { kind: 'tf', fn, args: [this.reference(value, at)], rank: [{ at, value: rank }] }
    }
    const inputTrees = scope.inputs.map((port) => [variableName(port.name), this.given(port, at)] as const)
    return {
      kind: 'call',
      declaration: this.classOf(scope),
      scopes: [{ at, value: scope.id }],
      inputs: Object.fromEntries(inputTrees),
      weights: stepsBelow(this.root, segmentsOf(this.program.scopes, scope.id), at),
    }
  }

  given(port: Port, at: Place): Tree {
    return this.isComputed(port) ? this.reference(this.valueOfPort(port), at) : absentAt([at])
  }

  /** What nothing needs is not computed to be given to a call that does not read it. */
  isComputed(port: Port): boolean {
    return nodesOf(port).every((node) => node.kind !== 'op' || this.program.isNeeded(node))
  }

  bound(outputs: readonly Output[], tree: Tree, item: Item, index: number, naming: Naming, at: Place): readonly Statement[] {
    const old = this.released(index)
    const value: Tree = old.length === 0 ? tree : { kind: 'replace', old, value: tree }
    const before: Statement[] = []
    const bindings = outputs.map((output) => {
      const wanted = naming(item, output.value)
      const own = outputs.length > 1 && !wanted.isFinal ? { ...wanted, name: variableName(output.output ?? wanted.name) } : wanted
      const name = this.variables.nameFor(this.freeName(own, output.value, index), output.value)
      before.push(...this.kept(name, output.value, index, at))
      this.variables.bind(name, output.value)
      return { output: output.output ?? 'result', name, holds: [{ at, value: holdsOf(output.value) }] }
    })
    const [only] = bindings
    if (only && bindings.length === 1) return [...before, { kind: 'let', name: only.name, value, holds: only.holds, at: [at] }]
    return [...before, { kind: 'destructure', names: bindings, value, at: [at] }]
  }

  /** The name of the statement, unless an intermediate value would hide what is still read. */
  freeName({ name, isFinal, final }: Named, value: Value, index: number): string {
    if (this.flat) return this.variables.fresh(name, value)
    if (isFinal) return name
    const wanted = this.variables.fits(name, value) && (final ? sameKind(final, value) : !isList(value)) ? name : intermediateName(value)
    return this.variables.firstFree(wanted, value, (one) => this.outer.has(one) || this.above.has(one) || this.isBusy(one, index))
  }

  /** Whether a variable holds what is still read and nothing else holds. */
  isBusy(name: string, index: number): boolean {
    const old = this.variables.valueOf(name)
    return (
      old !== undefined && nodesIn(old).some((node) => this.uses.isReadAfter(node, index) && !this.variables.isHeldElsewhere(node, name))
    )
  }

  inTurns<T>(carried: ReadonlySet<string>, write: () => T): T {
    const before = this.outer
    this.outer = new Set([...this.variables.held().filter((name) => !carried.has(name)), ...before])
    const written = write()
    this.outer = before
    return written
  }

  inComprehension<T>(write: () => T): T {
    const { above } = this
    return this.variables.inBody((taken) => {
      this.above = taken
      const written = write()
      this.above = above
      return written
    })
  }

  /** The names of a scope's statements, for what they compute on the way too. */
  namesIn(scope: Scope, items: readonly Item[]): Naming {
    const ports = [...scope.names, ...(scope.parent === undefined ? scope.outputs : [])].map((port) => ({
      name: variableName(port.name),
      value: this.valueOfPort(port),
    }))
    const byStatement = new Map<number, { readonly name: string; readonly value: Value }>()
    for (const item of items) {
      for (const value of this.valuesOf(item)) {
        const port = ports.find((one) => sameValue(one.value, value))
        if (port) byStatement.set(statementOf(item), port)
      }
    }
    return (item, value) => {
      const port = ports.find((one) => sameValue(one.value, value))
      if (port) return { name: port.name, isFinal: true }
      const statement = byStatement.get(statementOf(item))
      return statement ? { name: statement.name, isFinal: false, final: statement.value } : { name: 'y', isFinal: false }
    }
  }

  valuesOf(item: Item): readonly Value[] {
    return item.kind === 'op' ? [item.node] : resultsOf(this.program, item.scope).map((port) => this.valueOfPort(port))
  }

  loopOf(loop: Scope, at: Place): readonly Statement[] {
    const turns = this.program.turnsOf(loop)
    if (this.flat) return turns.flatMap((turn) => this.statementsOf(turn, at))
    const carried = new Set(turns[0]!.outputs.map(({ name }) => name))
    const before = turns[0]!.inputs
      .filter(({ name }) => carried.has(name))
      .flatMap((port) => this.aliased(port.name, this.valueOfPort(port), at))
    const given = new Set(turns[0]!.inputs.map(({ name }) => name))
    const empty = turns[0]!.outputs
      .filter(({ name, node }) => !given.has(name) && !('kind' in node))
      .flatMap(({ name }) => this.ensured(name, [], at))
    const known = this.variables.names()
    const bodies = this.inTurns(new Set([...carried].map(variableName)), () =>
      turns.map((turn, i) => {
        const inTurn: Place = { call: at.call, turns: [...at.turns, i] }
        const given = turn.inputs
          .filter(({ name }) => !carried.has(name))
          .flatMap((port) => this.ensured(port.name, this.valueOfPort(port), inTurn))
        const body = this.statementsOf(turn, inTurn)
        const handed = turn.outputs
          .filter(({ node }) => !('kind' in node) || node.kind === 'op' || node.kind === 'input')
          .flatMap((port) => this.aliased(port.name, this.valueOfPort(port), inTurn))
        return [...given, ...body, ...handed]
      }),
    )
    const loops = mergedTurns(bodies, at, loopName(at.turns.length), known)
    const outside = new Set([...known, ...loops.filter(isSingle).flatMap(({ body }) => variablesIn(body))])
    this.variables.hide(loops.flatMap(({ body }) => variablesIn(body)).filter((name) => !outside.has(name)))
    return [...before, ...empty, ...loops]
  }

  comprehensionStatement(scope: Scope, { name: wanted, isFinal, final }: Named, at: Place): Statement {
    const known = this.variables.names()
    const writeTurns = (): readonly Body[] =>
      this.program.turnsOf(scope).map((turn, i) => {
        const inTurn: Place = { call: at.call, turns: [...at.turns, i] }
        const mark = this.variables.mark()
        const given = turn.inputs.flatMap((port) => this.ensured(port.name, this.valueOfPort(port), inTurn))
        const body = this.statementsOf(turn, inTurn)
        const value = this.valueOfPort(turn.outputs[0]!)
        const result = { name: 'result', value: this.reference(value, inTurn), holds: [{ at: inTurn, value: holdsOf(value) }] }
        this.variables.restore(mark)
        return [...given, ...body, { kind: 'return' as const, values: [result], at: [inTurn] }]
      })
    const bodies = this.inComprehension(writeTurns)
    const value = this.valueOfPort(scope.outputs[0]!)
    const name = this.variables.nameFor(this.freeName({ name: wanted, isFinal, ...(final && { final }) }, value, this.latest), value)
    const merged = mergedTurns(bodies, at, loopName(at.turns.length), known)
    const isFlat = this.program.turnsOf(scope).some((turn) => isList(this.valueOfPort(turn.outputs[0]!)))
    const maps = merged.map(({ variable, from, to, body }): Tree => ({ kind: 'map', variable, from, to, body, isFlat }))
    const [only] = maps
    const tree: Tree = only && maps.length === 1 ? only : { kind: 'list', items: maps.map((of) => ({ kind: 'spread', of })) }
    return this.assign(name, value, tree, at)
  }
}

interface Output {
  readonly output: string | undefined
  readonly value: Value
}

interface Named {
  readonly name: string
  readonly isFinal: boolean
  /** What the name is for in the end. */
  readonly final?: Value
}

type Naming = (item: Item, value: Value) => Named

/** A value that a body reads and that it neither makes nor is given. */
class Foreign extends Error {
  constructor({ path }: Node) {
    super(`${path} is read where nothing gives it`)
  }
}

const isSingle = ({ from, to }: Extract<Statement, { kind: 'loop' }>): boolean =>
  Number(to.cases[0]!.value) - Number(from.cases[0]!.value) === 1

/** What was written once for all calls like this one; a model that is exported is a thing of its own. */
export const declarationKey = ({ declaration, parent, name }: Scope): string =>
  `${declaration.source.path}:${declaration.start}${parent === undefined ? ` ${name}` : ''}`

const statementOf = (item: Item): number => {
  if (item.outer) return item.outer.statement.start
  return item.kind === 'op' ? item.node.statement.start : item.scope.statement.start
}

/** What a value on the way is called where the name of its statement is of another kind. */
function intermediateName(value: Value): string {
  if (isList(value)) return 'maps'
  const rank = value.type.shape.length
  return rank === 3 ? 'y' : rank === 1 ? 'vector' : rank === 2 ? 'rows' : 'value'
}
