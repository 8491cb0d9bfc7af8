import { atLeast } from '../dim/prove.ts'
import { add, ceil, extreme, floor, negate, type Dim } from '../dim/expr.ts'
import type { Initializer } from '../graph/initializer.ts'
import type { Origin } from '../text/source.ts'
import { limits } from './limits.ts'
import { float, int, list, numberOf, type Value, type Builtin, type Refusal } from './value.ts'

const refuse = (wanted: string, argument = 0): Refusal => ({ wanted, argument })

export const isRefusal = (result: Value | Refusal): result is Refusal => 'wanted' in result

const numeric = (value: Value): boolean => value.kind === 'int' || value.kind === 'float'

/** Applies a function of one number to a number, or to each number of a list (sizes take part in arithmetic elementwise). */
function elementwise(value: Value, origin: Origin, apply: (value: Value) => Value | Refusal): Value | Refusal {
  if (value.kind !== 'list') return apply(value)
  const items: Value[] = []
  for (const item of value.items) {
    const result = elementwise(item, origin, apply)
    if (isRefusal(result)) return result
    items.push(result)
  }
  return list(items, origin)
}

const rounding = (name: string, doc: string, ofFloat: (value: number) => number, ofDim: (dim: Dim) => Dim): Builtin => ({
  name,
  doc,
  arity: [1, 1],
  apply: ([value], origin) =>
    elementwise(value!, origin, (one) => {
      if (one.kind === 'int') return int(ofDim(one.dim), origin)
      if (one.kind !== 'float') return refuse('a number')
      return Number.isFinite(one.value) ? int(ofFloat(one.value), origin) : refuse('a finite number')
    }),
})

const real = (name: string, doc: string, apply: (value: number) => number, primitive?: string): Builtin => ({
  name,
  doc,
  arity: [1, 1],
  ...(primitive === undefined ? {} : { primitive }),
  apply: ([value], origin) =>
    elementwise(value!, origin, (one) => {
      const number = numberOf(one)
      if (number === undefined) return refuse('a number that is known when the model is compiled')
      const result = apply(number)
      return Number.isFinite(result) ? float(result, origin) : refuse(`a number that has a ${name}`)
    }),
})

const extremum = (kind: 'max' | 'min', primitive: string): Builtin => ({
  name: kind,
  doc: `The ${kind === 'max' ? 'largest' : 'smallest'} of its arguments, or of the numbers of one list; of two tensors, element by element.`,
  arity: [1, Infinity],
  primitive,
  apply: (args, origin) => {
    const values = args.length === 1 && args[0]!.kind === 'list' ? args[0]!.items : args
    if (values.length === 0) return refuse('at least one number')
    const odd = values.findIndex((value) => !numeric(value))
    if (odd >= 0) return refuse('numbers', args.length === 1 ? 0 : odd)
    return extremeOf(kind, values, origin)
  },
})

function extremeOf(kind: 'max' | 'min', values: readonly Value[], origin: Origin): Value | Refusal {
  const [only, ...others] = values
  if (only && others.length === 0) return only
  const dims = values.flatMap((value) => (value.kind === 'int' ? [value.dim] : []))
  if (dims.length === values.length) return int(dims.reduce((best, dim) => extreme(kind, best, dim)), origin)
  const numbers = values.map(numberOf)
  const odd = numbers.findIndex((number) => number === undefined)
  if (odd >= 0) return refuse('a number that is known when the model is compiled', odd)
  return float(Math[kind](...numbers.map(Number)), origin)
}

const absolute: Builtin = {
  name: 'abs',
  doc: 'The absolute value of a number, or of each element of a tensor.',
  arity: [1, 1],
  primitive: 'abs',
  apply: ([value], origin) =>
    elementwise(value!, origin, (one) => {
      if (one.kind === 'float') return float(Math.abs(one.value), origin)
      if (one.kind !== 'int') return refuse('a number')
      return int(atLeast(one.dim, 0).kind === 'proved' ? one.dim : extreme('max', one.dim, negate(one.dim)), origin)
    }),
}

const initializer = (name: string, doc: string, build: (args: readonly number[]) => Initializer, arity: number): Builtin => ({
  name,
  doc,
  arity: [arity, arity],
  apply: (args, origin) => {
    const numbers = args.map(numberOf)
    const odd = numbers.findIndex((number) => number === undefined)
    if (odd >= 0) return refuse('a number', odd)
    return { kind: 'init', init: build(numbers as readonly number[]), origin }
  },
})

function count(value: Value): number | undefined {
  return value.kind === 'int' && typeof value.dim === 'number' ? value.dim : undefined
}

const range: Builtin = {
  name: 'range',
  doc: '`range(n)` is 0 … n - 1; `range(a, b, step = 1)` goes from a up to, not including, b.',
  arity: [1, 3],
  apply: (args, origin) => {
    const numbers = args.map(count)
    const odd = numbers.findIndex((number) => number === undefined)
    if (odd >= 0) return { ...refuse('an int that is known when the model is compiled', odd), isOfInts: true }
    const [from, to, step] = args.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1]
    if (step === 0) return refuse('a step other than 0', 2)
    const length = Math.max(0, Math.ceil((to - from) / step))
    if (length > limits.steps) return refuse(`a count of at most ${limits.steps.toLocaleString('en-US')}`)
    return list(
      Array.from({ length }, (_, i) => int(from + i * step, origin)),
      origin,
    )
  },
}

const enumerate: Builtin = {
  name: 'enumerate',
  doc: 'The list of [index, element] of a list.',
  arity: [1, 1],
  apply: ([value], origin) =>
    value!.kind === 'list'
      ? list(
          value!.items.map((item, i) => list([int(i, origin), item], origin)),
          origin,
        )
      : refuse('a list'),
}

const zip: Builtin = {
  name: 'zip',
  doc: 'The list of [a, b, …] of lists of one length.',
  arity: [2, Infinity],
  apply: (args, origin) => {
    const lists = args.map((arg) => (arg.kind === 'list' ? arg.items : undefined))
    const odd = lists.findIndex((items) => items === undefined)
    if (odd >= 0) return refuse('a list', odd)
    const uneven = lists.findIndex((items) => items!.length !== lists[0]!.length)
    if (uneven >= 0) return refuse(`a list of ${lists[0]!.length}, as long as the first`, uneven)
    return list(
      lists[0]!.map((_, i) =>
        list(
          lists.map((items) => items![i]!),
          origin,
        ),
      ),
      origin,
    )
  },
}

const reverse: Builtin = {
  name: 'reverse',
  doc: 'A list from its end to its beginning.',
  arity: [1, 1],
  apply: ([value], origin) => (value!.kind === 'list' ? list([...value!.items].reverse(), origin) : refuse('a list')),
}

const identity: Builtin = {
  name: 'identity',
  doc: 'Its argument, unchanged: the block to pass where nothing is to be done.',
  arity: [1, 1],
  apply: ([value]) => value!,
}

const table: readonly Builtin[] = [
  rounding('floor', 'The largest int that is not greater.', Math.floor, floor),
  rounding('ceil', 'The smallest int that is not less.', Math.ceil, ceil),
  rounding('round', 'The nearest int; halves go up: floor(x + 0.5).', Math.round, (dim) => floor(add(dim, 0.5))),
  extremum('max', 'maximum'),
  extremum('min', 'minimum'),
  absolute,
  real('sqrt', 'The square root of a number, or of each element of a tensor.', Math.sqrt, 'sqrt'),
  real('exp', 'e to the power of a number, or of each element of a tensor.', Math.exp, 'exp'),
  real('log', 'The natural logarithm of a number, or of each element of a tensor.', Math.log, 'log'),
  real('log2', 'The logarithm to base 2 of a number.', Math.log2),
  range,
  enumerate,
  zip,
  reverse,
  identity,
  initializer('constant', 'Starts every element at a value.', ([value]) => ({ kind: 'constant', value: value! }), 1),
  initializer(
    'uniform',
    'Starts from the uniform distribution over [min, max).',
    ([min, max]) => ({ kind: 'uniform', min: min!, max: max! }),
    2,
  ),
  initializer(
    'normal',
    'Starts from the normal distribution with that mean and standard deviation.',
    ([mean, deviation]) => ({ kind: 'normal', mean: mean!, deviation: deviation! }),
    2,
  ),
  initializer(
    'truncated_normal',
    'As `normal`, redrawn beyond two standard deviations.',
    ([mean, deviation]) => ({ kind: 'truncated_normal', mean: mean!, deviation: deviation! }),
    2,
  ),
]

export const builtins: ReadonlyMap<string, Builtin> = new Map(table.map((builtin) => [builtin.name, builtin]))
