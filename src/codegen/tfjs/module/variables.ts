import type { Node } from '../../../compiler/graph/graph.ts'
import { rankOf } from './rank-of.ts'
import { isList, nodesIn, sameValue, type Value } from './values.ts'

interface Variable {
  readonly name: string
  readonly value: Value
}

/** What the variables of a body hold while it is written down, and of which kind each of them is. */
export class Variables {
  #held: Map<string, Value>
  readonly #kinds: Map<string, string>
  /** The names of the body, and of the comprehensions in it that are being written, each with its own. */
  readonly #bodies: Set<string>[]

  constructor(given: readonly Variable[]) {
    this.#held = new Map(given.map(({ name, value }) => [name, value]))
    this.#kinds = new Map(given.map(({ name, value }) => [name, kindOf(value)]))
    this.#bodies = [new Set(this.#held.keys())]
  }

  valueOf(name: string): Value | undefined {
    return this.#held.get(name)
  }

  bind(name: string, value: Value): void {
    if (kindOf(value) !== emptyList || !this.#kinds.has(name)) this.#kinds.set(name, kindOf(value))
    this.#held.delete(name)
    this.#held.set(name, value)
    if (!this.#bodies.some((names) => names.has(name))) this.#bodies.at(-1)?.add(name)
  }

  /** The variables that hold a value, the latest first. */
  holding(value: Value): readonly string[] {
    return [...this.#held].flatMap(([name, one]) => (sameValue(one, value) ? [name] : [])).toReversed()
  }

  /** The lists that hold it at the same position. */
  elementHolding(node: Node): { readonly lists: readonly string[]; readonly index: number } | undefined {
    const all = [...this.#held].flatMap(([name, value]) =>
      isList(value) && value.includes(node) ? [{ name, index: value.indexOf(node) }] : [],
    )
    const index = all.at(-1)?.index
    if (index === undefined) return undefined
    return { index, lists: all.flatMap((one) => (one.index === index ? [one.name] : [])).toReversed() }
  }

  /** The lists that are the longest beginning of these. */
  longestPrefix(nodes: readonly Node[]): { readonly names: readonly string[]; readonly length: number } | undefined {
    const isPrefix = (value: Value): value is readonly Node[] =>
      isList(value) && value.length < nodes.length && value.every((node, i) => node === nodes[i])
    const prefixes = [...this.#held].flatMap(([name, value]) => (isPrefix(value) ? [{ name, length: value.length }] : []))
    const length = Math.max(-1, ...prefixes.map((prefix) => prefix.length))
    return length < 0 ? undefined : { length, names: prefixes.flatMap((prefix) => (prefix.length === length ? [prefix.name] : [])) }
  }

  isHeldElsewhere(node: Node, name: string): boolean {
    return [...this.#held].some(([other, value]) => other !== name && nodesIn(value).includes(node))
  }

  /** The variables that hold these values and no others, those of one value together. */
  onlyHolding(nodes: ReadonlySet<Node>): readonly (readonly string[])[] {
    const groups: { value: Value; names: string[] }[] = []
    for (const [name, value] of this.#held) {
      if (!isOnly(value, nodes)) continue
      const group = groups.find((one) => sameValue(one.value, value))
      if (group) group.names.push(name)
      else groups.push({ value, names: [name] })
    }
    const singles = groups.filter(({ value }) => !isList(value))
    const alone = new Set(singles.flatMap(({ value }) => nodesIn(value)))
    const lists = groups.filter(({ value }) => isList(value) && !nodesIn(value).some((node) => alone.has(node)))
    return [...singles, ...lists].map(({ names }) => names)
  }

  forget(nodes: ReadonlySet<Node>): void {
    for (const [name, value] of this.#held) if (isOnly(value, nodes)) this.#held.delete(name)
  }

  /** Whether a variable of that name can hold the value: it is free, or of the same kind. */
  fits(name: string, value: Value): boolean {
    const known = this.#kinds.get(name)
    if (known === undefined || known === kindOf(value)) return true
    return isList(value) && (known === emptyList || (known.startsWith('list') && value.length === 0))
  }

  /** The name itself where it fits, else one that does. */
  nameFor(name: string, value: Value): string {
    return this.firstFree(name, value, () => false)
  }

  /** A name that nothing has. */
  fresh(name: string, value: Value): string {
    const found = this.firstFree(name, value, (one) => this.#kinds.has(one))
    this.#kinds.set(found, kindOf(value))
    return found
  }

  /** The name, or else one like it, that can hold the value and is not taken. */
  firstFree(name: string, value: Value, isTaken: (name: string) => boolean): string {
    let found = name
    for (let count = 2; !this.fits(found, value) || isTaken(found); count++) found = `${name}_${count}`
    return found
  }

  names(): readonly string[] {
    return [...this.#kinds.keys()]
  }

  /** The variables that hold something now. */
  held(): readonly string[] {
    return [...this.#held.keys()]
  }

  /** Those of a block end with it. */
  hide(names: readonly string[]): void {
    for (const name of names) this.#held.delete(name)
  }

  /** What `write` makes ends with it, and what is there keeps its value: its names are none of those that it is given. */
  inBody<T>(write: (taken: ReadonlySet<string>) => T): T {
    const taken = new Set(this.#bodies.flatMap((names) => [...names]))
    this.#bodies.push(new Set())
    const written = write(taken)
    this.#bodies.pop()
    return written
  }

  mark(): ReadonlyMap<string, Value> {
    return new Map(this.#held)
  }

  restore(mark: ReadonlyMap<string, Value>): void {
    this.#held = new Map([...mark].filter(([name]) => this.#held.has(name)))
  }
}

const isOnly = (value: Value, nodes: ReadonlySet<Node>): boolean =>
  nodesIn(value).length > 0 && nodesIn(value).every((node) => nodes.has(node))

/** Of any kind; it sorts before all others. */
const emptyList = '0 values'

const kindOf = (value: Value): string => {
  const first = nodesIn(value)[0]
  if (!first) return emptyList
  return `${isList(value) ? 'list of ' : 'tensor of '}${rankOf(first.type)}`
}
