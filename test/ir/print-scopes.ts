import type { GraphJson } from '../../src/compiler/ir/write-json.ts'
import type { PortJson, ScopeJson } from '../../src/compiler/ir/write-scopes.ts'

/** What differs between calls or turns that are alike: a value for each turn of the loops around it. */
interface Hole {
  readonly values: unknown
}

interface Text {
  readonly kind: 'text'
  readonly parts: readonly (string | Hole)[]
}

interface Loop {
  readonly kind: 'loop'
  readonly head: Text
  readonly turn: Block
}

type Line = Text | Loop
type Block = readonly Line[]

/** Names and what they are worth at a place in a body; a later one of a name replaces it. */
type Names = Map<string, number | readonly number[]>

/**
 * A graph as functions, from its JSON alone: a function per declaration, a loop where turns are alike, a call where a scope is a
 * call. What differs between the calls of a function and is no argument stands as a table over the arguments that decide it.
 */
export function printScopes({ nodes, scopes }: GraphJson): string {
  const within = (id: number): readonly ScopeJson[] => scopes.filter(({ parent }) => parent === id)
  const firstNode = (scope: ScopeJson): number =>
    Math.min(...nodes.filter((node) => node.scope === scope.id).map(({ id }) => id), ...within(scope.id).map(firstNode))
  const hasWeights = (scope: ScopeJson): boolean =>
    nodes.some(({ scope: id, kind }) => id === scope.id && (kind === 'param' || kind === 'state')) || within(scope.id).some(hasWeights)
  const turnsAround = ({ parent, kind, index }: ScopeJson): readonly string[] => {
    if (kind === 'model' || kind === 'block') return []
    return [...turnsAround(scopes[parent!]!), ...(index === undefined ? [] : [String(index)])]
  }

  /** The path from a scope's weights to those of a call in it, with the variables of loops for their turns. */
  function weights(call: ScopeJson): string {
    const turns = turnsAround(scopes[call.parent!]!)
    const segments = call.under === call.parent ? segmentsFrom(call) : ['', ...call.segments]
    let turn = 0
    return segments.map((segment) => (segment === turns[turn] ? `[${variables[turn++]}]` : `.${segment}`)).join('')
  }
  /** With those of the comprehensions around it. */
  const segmentsFrom = ({ parent, segments }: ScopeJson): readonly string[] => {
    const around = scopes[parent!]!
    return around.kind === 'model' || around.kind === 'block' ? segments : [...segmentsFrom(around), ...segments]
  }

  function bodyOf(scope: ScopeJson, names: Names): Block {
    const lines: Line[] = []
    const children = within(scope.id)
    const loops = children.filter(({ kind }) => kind === 'loop').map((loop) => ({ loop, at: firstNode(loop) }))
    const given = scope.names.filter(({ node }) => typeof node !== 'number' || !isWeight(node))
    const statements = given.map((port) => ({ port, at: Math.max(...[port.node].flat()) }))
    const emit = ({ loop }: { readonly loop: ScopeJson }): void => {
      lines.push(...loopOf(loop, names))
      bind(loop.outputs, names)
    }
    for (const { port, at } of statements) {
      while (loops[0] && loops[0].at < at) emit(loops.shift()!)
      if ([...names].some(([name, node]) => name === port.name && same(node, port.node))) continue
      lines.push(text(port.name, ' = ', ...valueOf(port.node, scope, names), ...shapeOf(port.node)))
      names.set(port.name, port.node)
    }
    for (const rest of loops) emit(rest)
    return lines
  }

  const isWeight = (id: number): boolean => nodes[id]!.kind === 'param' || nodes[id]!.kind === 'state'

  const shapeOf = (node: number | readonly number[]): Text['parts'] =>
    typeof node === 'number' ? ['  // ', hole(nodes[node]!.shape)] : []

  function valueOf(node: number | readonly number[], scope: ScopeJson, names: Names): Text['parts'] {
    const known = [...names].findLast(([, value]) => same(value, node))
    if (known) return [known[0]]
    const made = within(scope.id).find((child) => child.outputs.some((port) => same(port.node, node)))
    if (made?.kind === 'comprehension') return comprehension(made, names)
    if (made && made.kind !== 'loop') return callOf(made, node, scope, names)
    if (typeof node !== 'number') return ['[', ...joined(node.map((one) => valueOf(one, scope, names))), ']']
    const json = nodes[node]!
    if (isWeight(node)) return [`w.${json.binding}`]
    if (json.kind === 'constant') return [json.values.length > 8 ? `constant [${json.shape.join(', ')}]` : hole(json.values)].flat()
    if (json.kind !== 'op') return [json.path]
    const args = Object.values(json.args).map((arg) => valueOf(arg, scope, names))
    const settings = Object.entries(json.attributes).map(([name, value]) => [`${name}: `, hole(value)])
    return [json.op, '(', ...joined([...args, ...settings]), ')']
  }

  function callOf(call: ScopeJson, node: number | readonly number[], scope: ScopeJson, names: Names): Text['parts'] {
    const inputs = call.inputs.map((port) => valueOf(port.node, scope, names))
    const passed = hasWeights(call) ? [['w', hole(weights(call))]] : []
    const settings = varying(call).map((name) => [`${name}: `, hole(argument(call, name))])
    const which = call.outputs.length === 1 ? '' : `.${call.outputs.find((port) => same(port.node, node))!.name}`
    return [call.name, '(', ...joined([...inputs, ...passed, ...settings]), ')', which]
  }

  const argument = (call: ScopeJson, name: string): unknown => short(call.arguments[name])

  /** The parameters that not all calls of a declaration give the same. */
  const varying = ({ declaration }: ScopeJson): readonly string[] => {
    const calls = scopes.filter((scope) => same(scope.declaration, declaration))
    const all = [...new Set(calls.flatMap((call) => Object.keys(call.arguments)))]
    return all.filter((name) => new Set(calls.map((call) => JSON.stringify(argument(call, name)))).size > 1)
  }

  function loopOf(loop: ScopeJson, names: Names): Block {
    const turns = within(loop.id).map((turn) => {
      const inner: Names = new Map(names)
      bind(turn.inputs, inner)
      return bodyOf(turn, inner)
    })
    return groups(turns).map(({ first, blocks }) => ({
      kind: 'loop',
      head: text('for ', variables[turnsAround(loop).length]!, ' from ', String(first), ' to ', hole(first + blocks.length - 1)),
      turn: each(blocks),
    }))
  }

  function comprehension(around: ScopeJson, names: Names): Text['parts'] {
    const turns = within(around.id).map((turn) => [text(...valueOf(turn.outputs[0]!.node, turn, new Map(names)))])
    const [line] = each(turns)
    if (line?.kind !== 'text' || groups(turns).length > 1) throw new Error('turns of a comprehension that are not alike')
    return ['[', ...line.parts, ` for ${variables[turnsAround(around).length]} from 0 to ${turns.length - 1}]`]
  }

  function functionOf(calls: readonly ScopeJson[]): string {
    const [first] = calls
    const cases = variants(calls.map((call) => ({ call, body: callBody(call) })))
    const parameters = [...first!.inputs.map(({ name }) => name), ...(calls.some(hasWeights) ? ['w'] : []), ...varying(first!)]
    const fixed = Object.keys(first!.arguments).filter((name) => !varying(first!).includes(name))
    const constants = fixed.map((name) => `  ${name} = ${plain(argument(first!, name))}\n`)
    const bodies = cases.map((group) => {
      const condition = cases.length === 1 ? '' : `  where ${conditionOf(group, cases)}\n`
      return condition + printed(group, cases.length === 1 ? '  ' : '    ')
    })
    return `function ${first!.name}(${parameters.join(', ')})\n${constants.join('')}${declarations(calls)}${bodies.join('')}`
  }

  /** The weights that a function declares itself, with the shape that each call gives them. */
  function declarations(calls: readonly ScopeJson[]): string {
    const own = new Set(calls.flatMap(({ id }) => nodes.filter((node) => node.scope === id && isWeight(node.id)).map((node) => node.binding!)))
    return [...own].map((name) => {
      const shapes = calls.map((call) => {
        const node = nodes.find((one) => one.scope === call.id && isWeight(one.id) && one.binding === name)
        return node ? node.shape : null
      })
      return `  weight ${name} ${decided(shapes, calls)}\n`
    }).join('')
  }

  const callBody = (call: ScopeJson): Block => {
    const names: Names = new Map()
    bind(call.inputs, names)
    const lines = bodyOf(call, names)
    return [...lines, ...call.outputs.map((port) => text('return ', ...valueOf(port.node, call, names), ...shapeOf(port.node)))]
  }

  interface Case {
    readonly call: ScopeJson
    readonly body: Block
  }

  function variants(all: readonly Case[]): readonly (readonly Case[])[] {
    const found = new Map<string, Case[]>()
    for (const one of all) found.set(skeleton(one.body), [...(found.get(skeleton(one.body)) ?? []), one])
    return [...found.values()]
  }

  function conditionOf(group: readonly Case[], cases: readonly (readonly Case[])[]): string {
    const all = cases.flatMap((one) => one.map(({ call }) => ({ call, value: one === group })))
    const keys = deciding(all.map(({ call }) => call), all.map(({ value }) => value))
    return [...new Set(group.map(({ call }) => keys.map((key) => `${key} = ${JSON.stringify(known(call)[key])}`).join(', ')))].join(' or ')
  }

  /** What is known of a call: the shapes of its inputs, the extents that they bound, its arguments. */
  const known = (call: ScopeJson): Readonly<Record<string, unknown>> => ({
    ...Object.fromEntries(call.inputs.flatMap(({ name, node }) => [[`shape of ${name}`, typeof node === 'number' ? nodes[node]!.shape : node.map((id) => nodes[id]!.shape)]])),
    ...call.extents,
    ...Object.fromEntries(Object.keys(call.arguments).map((name) => [name, argument(call, name)])),
  })

  /** With the elements of lists. */
  const parts = (call: ScopeJson): Readonly<Record<string, unknown>> => {
    const all = known(call)
    const elements = Object.entries(all).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one: unknown, i) => [`${name}[${i}]`, one] as const) : [],
    )
    return { ...Object.fromEntries(elements), ...all }
  }

  /** The least that decides a value of each call. */
  function deciding(calls: readonly ScopeJson[], values: readonly unknown[]): readonly string[] {
    const keys = Object.keys(known(calls[0]!)).toReversed()
    const pairs = keys.flatMap((a, i) => keys.slice(i + 1).map((b) => [a, b]))
    const candidates = [...keys.map((key) => [key]), ...pairs, keys]
    const decides = (list: readonly string[]): boolean => {
      const seen = new Map<string, string>()
      return calls.every((call, i) => {
        const key = JSON.stringify(list.map((name) => known(call)[name]))
        const value = JSON.stringify(values[i])
        if (!seen.has(key)) seen.set(key, value)
        return seen.get(key) === value
      })
    }
    const found = candidates.find(decides)
    if (!found) throw new Error(`nothing decides ${JSON.stringify(values)} of ${calls[0]!.name}`)
    return found
  }

  /** The value of each call: one for all, an argument or an extent, a list of such, or a table. */
  function decided(values: readonly unknown[], calls: readonly ScopeJson[]): string {
    if (values.every((value) => same(value, values[0]))) return plain(values[0])
    const name = Object.keys(parts(calls[0]!)).findLast((key) => calls.every((call, i) => same(parts(call)[key], values[i])))
    if (name !== undefined) return name
    const [first] = values
    if (Array.isArray(first) && values.every((value) => Array.isArray(value) && value.length === first.length)) {
      return `[${first.map((_, at) => decided(values.map((value) => (value as readonly unknown[])[at]), calls)).join(', ')}]`
    }
    const keys = deciding(calls, values)
    const rows = calls.map((call, i) => `${keys.map((key) => plain(known(call)[key])).join(' ')} → ${plain(values[i])}`)
    return `{${keys.join(' ')}: ${[...new Set(rows)].join(', ')}}`
  }

  function printed(group: readonly Case[], indent: string): string {
    const calls = group.map(({ call }) => call)
    const print = (blocks: readonly Block[], depth: string): string =>
      blocks[0]!
        .map((line, at) => {
          const alike = blocks.map((block) => block[at]!)
          if (line.kind === 'loop') {
            const loops = alike.map((one) => one as Loop)
            return `${depth}${printText(loops.map(({ head }) => head))}\n${print(loops.map(({ turn }) => turn), `${depth}  `)}`
          }
          return `${depth}${printText(alike.map((one) => one as Text))}\n`
        })
        .join('')
    const printText = (alike: readonly Text[]): string =>
      alike[0]!.parts
        .map((part, at) => (typeof part === 'string' ? part : decided(alike.map(({ parts }) => collapsed((parts[at] as Hole).values)), calls)))
        .join('')
    return print(group.map(({ body }) => body), indent)
  }

  const byDeclaration = new Map<string, ScopeJson[]>()
  for (const scope of scopes) {
    if (scope.kind !== 'model' && scope.kind !== 'block') continue
    const key = JSON.stringify(scope.declaration)
    byDeclaration.set(key, [...(byDeclaration.get(key) ?? []), scope])
  }
  return [...byDeclaration.values()].map(functionOf).join('\n')
}

const variables = ['i', 'j', 'k']

const text = (...parts: Text['parts']): Text => ({ kind: 'text', parts: parts.filter((part) => part !== '') })

const hole = (values: unknown): Hole => ({ values })

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const bind = (ports: readonly PortJson[], names: Names): void => {
  for (const { name, node } of ports) names.set(name, node)
}

const joined = (parts: readonly Text['parts'][]): Text['parts'] => parts.flatMap((part, i) => (i === 0 ? part : [', ', ...part]))

/** What is alike in blocks that differ in their holes only. */
const skeleton = (block: Block): string =>
  JSON.stringify(block, (key, value: unknown) => (key === 'values' ? undefined : value))

/** Turns that follow each other and are alike. */
function groups(turns: readonly Block[]): readonly { readonly first: number; readonly blocks: readonly Block[] }[] {
  const found: { first: number; blocks: Block[] }[] = []
  for (const [index, turn] of turns.entries()) {
    const last = found.at(-1)
    if (last && skeleton(last.blocks[0]!) === skeleton(turn)) last.blocks.push(turn)
    else found.push({ first: index, blocks: [turn] })
  }
  return found
}

/** One turn for all: each hole has a value per turn. */
function each(turns: readonly Block[]): Block {
  const eachText = (alike: readonly Text[]): Text => ({
    kind: 'text',
    parts: alike[0]!.parts.map((part, at) =>
      typeof part === 'string' ? part : hole(new PerTurn(alike.map(({ parts }) => (parts[at] as Hole).values))),
    ),
  })
  return turns[0]!.map((line, at) => {
    const alike = turns.map((turn) => turn[at]!)
    if (line.kind === 'text') return eachText(alike.map((one) => one as Text))
    const loops = alike.map((one) => one as Loop)
    return { kind: 'loop', head: eachText(loops.map(({ head }) => head)), turn: each(loops.map(({ turn }) => turn)) }
  })
}

/** A value for each turn of a loop. */
class PerTurn {
  readonly values: readonly unknown[]

  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

/** The value itself where all turns have the same, else those of the turns. */
function collapsed(value: unknown): unknown {
  if (!(value instanceof PerTurn)) return value
  const inner = value.values.map(collapsed)
  return inner.every((one) => same(one, inner[0])) ? inner[0] : { turns: inner }
}

function plain(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'turns' in value) return `<${(value.turns as unknown[]).map(plain).join(' | ')}>`
  return typeof value === 'string' ? value : Array.isArray(value) ? `[${value.map(plain).join(', ')}]` : JSON.stringify(value)
}

/** An argument as it is written. */
function short(argument: ScopeJson['arguments'][string] | undefined): unknown {
  switch (argument?.kind) {
    case undefined:
      return null
    case 'int':
      return argument.extent
    case 'float':
    case 'bool':
    case 'text':
      return argument.value
    case 'word':
      return argument.word
    case 'list':
      return argument.items.map(short)
    case 'block':
      return argument.given.length === 0
        ? argument.name
        : `${argument.name}(${argument.given.map(({ name, value }) => `${name ? `${name}: ` : ''}${JSON.stringify(short(value))}`).join(', ')})`
    case 'init':
      return argument.init.kind
    case 'hole':
      return '_'
    case 'none':
      return 'none'
    case 'tensor':
      return `node ${argument.node}`
  }
}
