import { divide, multiply, subtract } from '../../../compiler/dim/expr.ts'
import type { Argument, Scope } from '../../../compiler/graph/graph.ts'
import { codeOnly } from './code-only.ts'
import { isDim, keyOfAtom, typeOfAtoms } from './atoms.ts'
import type { Atom } from './tree.ts'

/** What a function is given beside tensors and weights, because its calls differ in it. */
interface Extra {
  readonly name: string
  readonly type: string
  /** By the scope of the call; of calls that are not there, anything will do. */
  readonly values: ReadonlyMap<number, Atom>
}

/** A function of the module while it is printed: what its calls have to give it is found on the way. */
export interface Unit {
  readonly name: string
  readonly calls: readonly Scope[]
  readonly extras: readonly Extra[]
  /** How the function says a value that its calls decide. */
  readonly say: (hint: string, values: ReadonlyMap<number, Atom>) => string
  /** Whether its text reads a parameter, as far as it was printed. */
  readonly reads: (name: string) => boolean
  /** Its text, of which parameters that it does not read are left out. */
  readonly printed: (text: string) => void
}

export function createUnit(name: string, calls: readonly Scope[], taken: ReadonlySet<string>, changed: () => void): Unit {
  const extras: { readonly name: string; readonly hint: string; type: string; values: ReadonlyMap<number, Atom> }[] = []
  const used = new Set(taken)
  const sameAs = (a: ReadonlyMap<number, Atom>, b: ReadonlyMap<number, Atom>): boolean =>
    [...a].every(([call, value]) => b.has(call) && keyOfAtom(b.get(call)) === keyOfAtom(value))

  function added(hint: string, values: ReadonlyMap<number, Atom>): string {
    let found = /^[a-zA-Z_]\w*$/.test(hint) ? hint : 'value'
    for (let count = 2; used.has(found); count++) found = `${hint}${count}`
    used.add(found)
    extras.push({ name: found, hint, type: typeOf(hint, values), values })
    changed()
    return found
  }

  function say(hint: string, values: ReadonlyMap<number, Atom>): string {
    const known = extras.find((extra) => sameAs(values, extra.values))
    if (known) return known.name
    const open = extras.find((extra) => extra.hint === hint && agree(values, extra.values))
    if (open) {
      open.values = new Map([...open.values, ...values])
      open.type = typeOf(hint, open.values)
      changed()
      return open.name
    }
    const opposite = extras.find(({ values: other }) =>
      [...values].every(([call, value]) => typeof value === 'boolean' && other.get(call) === !value),
    )
    if (opposite) return `!${opposite.name}`
    // that some numbers of the calls tell them apart is chance
    if (hint === 'trainable') return added(hint, values)
    const near = extras.map((extra) => computed(extra.name, extra.values, values)).find((text) => text !== undefined)
    if (near) return near
    const given = argumentsOf(calls)
    for (const [argument, of] of given) {
      if (sameAs(values, of)) return added(argument, new Map([...of].filter(([call]) => calls.some(({ id }) => id === call))))
    }
    for (const [argument, of] of given) {
      const text = computed('', of, values)
      if (text !== undefined) {
        const name = added(argument, of)
        return computed(name, of, values)!
      }
    }
    return added(hint, values)
  }
  let words: ReadonlySet<string> | undefined
  const printed = (text: string): void => {
    const found = new Set(codeOnly(text).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))
    if (!words || [...words].some((word) => !found.has(word)) || [...found].some((word) => !words?.has(word))) changed()
    words = found
    const unread = extras.findIndex((extra) => !found.has(extra.name))
    if (unread < 0) return
    extras.splice(unread, 1)
    changed()
  }
  return { name, calls, extras, say, reads: (variable) => words?.has(variable) ?? true, printed }
}

const typeOf = (hint: string, values: ReadonlyMap<number, Atom>): string => {
  const atoms = [...values.values()]
  return /^(stride|dilation|size)$/.test(hint) && atoms.some((atom) => Array.isArray(atom)) ? 'Size' : typeOfAtoms(atoms)
}

const agree = (a: ReadonlyMap<number, Atom>, b: ReadonlyMap<number, Atom>): boolean =>
  [...a].every(([call, value]) => !b.has(call) || keyOfAtom(b.get(call)) === keyOfAtom(value))

/** Values as a multiple of others, or as one more or less, or as a comparison with a number. */
function computed(name: string, of: ReadonlyMap<number, Atom>, values: ReadonlyMap<number, Atom>): string | undefined {
  const pairs = [...values].map(([call, value]) => [of.get(call), value] as const)
  const [first] = pairs
  if (!first || !pairs.every(([a]) => isDim(a))) return undefined
  if (pairs.every(([, value]) => typeof value === 'boolean')) {
    const whole = pairs.map(([a, value]) => ({ a: typeof a === 'number' ? a : NaN, value: value === true }))
    const yes = whole.filter(({ value }) => value).map(({ a }) => a)
    const no = whole.filter(({ value }) => !value).map(({ a }) => a)
    if (yes.length === 0 || no.length === 0 || whole.some(({ a }) => Number.isNaN(a))) return undefined
    if (new Set(no).size === 1 && Math.min(...yes) > no[0]!) return `${name} > ${no[0]}`
    return new Set(yes).size === 1 && Math.min(...no) > yes[0]! ? `${name} === ${yes[0]}` : undefined
  }
  if (!pairs.every(([a, b]) => isDim(a) && isDim(b))) return undefined
  const dims = pairs.map(([a, b]) => ({ a: isDim(a) ? a : 0, b: isDim(b) ? b : 0 }))
  const { a, b } = dims[0]!
  const factor = a === 0 ? undefined : divide(b, a)
  if (typeof factor === 'number' && dims.every((pair) => keyOfAtom(multiply(pair.a, factor)) === keyOfAtom(pair.b))) {
    if (Number.isInteger(factor) && factor > 1) return `${factor} * ${name}`
    if (Number.isInteger(1 / factor) && factor < 1 && factor > 0) return `${name} / ${1 / factor}`
  }
  const by = subtract(b, a)
  if ((by === 1 || by === -1) && dims.every((pair) => keyOfAtom(subtract(pair.b, pair.a)) === String(by)))
    return `${name} ${by > 0 ? '+' : '-'} 1`
  return undefined
}

/** The arguments and the bound extents that all calls have, by name. */
function argumentsOf(calls: readonly Scope[]): readonly (readonly [string, ReadonlyMap<number, Atom>])[] {
  const names = new Set(calls.flatMap((call) => [...Object.keys(call.arguments), ...Object.keys(call.extents)]))
  return [...names].flatMap((name) => {
    const values = calls.map((call) => [call.id, call.arguments[name] ? atomOf(call.arguments[name]) : call.extents[name]] as const)
    return values.some(([, value]) => value === undefined) ? [] : [[name, new Map(values)] as const]
  })
}

function atomOf(argument: Argument): Atom {
  switch (argument.kind) {
    case 'int':
      return argument.dim
    case 'float':
    case 'bool':
    case 'text':
      return argument.value
    case 'word':
      return argument.word
    case 'list': {
      const items = argument.items.map(atomOf)
      return items.includes(undefined) ? undefined : items
    }
    default:
      return undefined
  }
}
