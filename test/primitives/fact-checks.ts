import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { hasBatch } from '../../src/compiler/graph/graph.ts'
import type { Facts, KernelFact, PaddedWindow } from '../../src/compiler/primitives/facts.ts'
import type { Primitive } from '../../src/compiler/primitives/primitive.ts'
import { anySign, type Sign, type Signs } from '../../src/compiler/primitives/signs.ts'
import { samePadsAlong } from './same-pads.ts'
import { applied, close, mapOperand, type Call, type Operand } from './harness.ts'
import { fill, sizeOf } from './nd-array.ts'

/** A call whose facts are tried; `next` gives numbers in [-1, 1]. */
export interface Trial {
  readonly primitive: Primitive
  readonly call: Call
  readonly tf: Tfjs
  readonly next: () => number
  /** Whether the training rule computes. */
  readonly training: boolean
}

/** Tries every fact that is stated, by its definition, on random numbers: what is wrong. */
export function complaintsAbout(trial: Trial, facts: Facts): readonly string[] {
  const { linear = [], homogeneous = [], perChannel = [], neutral = {} } = facts
  const found = [
    ...linear.map((set) => named(`linear in ${set}`, isLinear(trial, set))),
    ...homogeneous.map((set) => named(`homogeneous in ${set}`, isHomogeneous(trial, set))),
    ...(facts.elementwise ? [named('elementwise', isElementwise(trial))] : []),
    ...perChannel.map((parameter) => named(`per channel of ${parameter}`, isPerChannel(trial, parameter))),
    ...(facts.takes ? [named('takes', takesChannels(trial, facts.takes))] : []),
    ...(facts.averages ? [named('averages', isMean(trial, facts.averages))] : []),
    ...(facts.centredOn !== undefined && trial.training ? [named('centredOn', isCentred(trial, facts.centredOn))] : []),
    ...(facts.moves ? [named('moves', onlyMoves(trial, facts.moves))] : []),
    ...(facts.commutes ? [named('commutes', commutes(trial))] : []),
    ...Object.entries(neutral).map(([parameter, value]) =>
      named(`neutral ${parameter} ${value}`, isNeutral(trial, parameter, value)),
    ),
    ...(facts.identity !== undefined && !trial.training ? [named('identity', isIdentity(trial, facts.identity))] : []),
    ...(facts.sign ? [named('sign', hasSigns(trial, facts.sign))] : []),
    ...(facts.kernel ? [named('kernel', isWeighed(trial, facts.kernel))] : []),
    ...(facts.windows ? [named('windows', readsWindows(trial, facts.windows))] : []),
    ...(facts.spreads ? [named('spreads', spreadsOverWindows(trial, facts.spreads))] : []),
  ]
  return found.filter((complaint) => complaint !== undefined)
}

const named = (fact: string, holds: boolean): string | undefined => (holds ? undefined : `is not: ${fact}`)

interface Numbers {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

function compute({ primitive, tf, training }: Trial, call: Call): Numbers {
  return tf.tidy(() => {
    const { run, values } = applied(primitive, call, tf, {}, training)
    const result = run(values)
    return { shape: result.shape, data: [...result.dataSync()] }
  })
}

const tolerance = 1e-4
const agree = (a: Numbers, b: Numbers): boolean => a.shape.join() === b.shape.join() && close(a.data, b.data, tolerance)

type Change = (value: number, index: number) => number

const changed = (argument: unknown, change: Change): unknown => {
  if (Array.isArray(argument)) return argument.map((one: Operand) => changed(one, change))
  let index = 0
  return mapOperand(argument as Operand, (value) => change(value, index++))
}

const withChange = (call: Call, parameters: readonly string[], change: Change): Call => ({
  ...call,
  ...Object.fromEntries(parameters.filter((name) => call[name]).map((name) => [name, changed(call[name], change)])),
})

const operandsIn = (argument: unknown): readonly Operand[] =>
  (Array.isArray(argument) ? argument : [argument]).filter(
    (one): one is Operand => typeof one === 'object' && one !== null && 'samples' in one,
  )

export const tensorsOf = (call: Call): readonly string[] => Object.keys(call).filter((name) => operandsIn(call[name]).length > 0)

/** The call on other numbers, from -2 to 2. */
export const refilled = (call: Call, next: () => number, parameters = tensorsOf(call)): Call =>
  withChange(call, parameters, () => 2 * next())

/** f(αu + βv) = αf(u) + βf(v). */
export function isLinear(trial: Trial, set: readonly string[]): boolean {
  const { next } = trial
  const u = refilled(trial.call, next)
  const v = refilled(u, next, set)
  const [alpha, beta] = [2 * next(), 2 * next()]
  const together = Object.fromEntries(
    set.filter((name) => u[name]).map((name) => {
      const [left, right] = [operandsIn(u[name]), operandsIn(v[name])]
      const sums = left.map((one, i) => combined(one, right[i]!, (a, b) => alpha * a + beta * b))
      return [name, Array.isArray(u[name]) ? sums : sums[0]]
    }),
  )
  const [mixed, fu, fv] = [compute(trial, { ...u, ...together }), compute(trial, u), compute(trial, v)]
  return agree(mixed, { shape: fu.shape, data: fu.data.map((value, i) => alpha * value + beta * fv.data[i]!) })
}

const combined = (a: Operand, b: Operand, mix: (a: number, b: number) => number): Operand => ({
  ...a,
  samples: a.samples.map(({ shape, data }, sample) => ({
    shape,
    data: data.map((value, i) => Math.fround(mix(value, b.samples[sample]!.data[i]!))),
  })),
})

/** f(s·x) = s·f(x) for s > 0. */
export function isHomogeneous(trial: Trial, set: readonly string[]): boolean {
  const call = refilled(trial.call, trial.next)
  const scale = 2.25 + trial.next()
  const result = compute(trial, call)
  const scaled = compute(trial, withChange(call, set, (value) => value * scale))
  return agree(scaled, { shape: result.shape, data: result.data.map((value) => value * scale) })
}

/** The flat index of an argument's element that stands at each element of the result. */
function placesIn({ type, samples }: Operand, { shape }: Numbers, batched: boolean): readonly number[] {
  const own = samples[0]!.shape
  const missing = shape.length - (batched ? 1 : 0) - own.length
  return [...fill(shape, (...index) => {
    const [sample, rest] = batched ? [index[0]!, index.slice(1)] : [0, index]
    const at = own.reduce((offset, extent, axis) => offset * extent + (extent === 1 ? 0 : rest[axis + missing]!), 0)
    return (hasBatch(type) ? sample : 0) * sizeOf(own) + at
  }).data]
}

const isBatched = (call: Call): boolean =>
  tensorsOf(call).some((name) => operandsIn(call[name]).some(({ type }) => hasBatch(type)))

/** Another number at one place of an argument changes the result at that place only. */
export function isElementwise(trial: Trial): boolean {
  const call = refilled(trial.call, trial.next)
  const before = compute(trial, call)
  return tensorsOf(call).every((name) => {
    const [operand, ...others] = operandsIn(call[name])
    if (!operand || others.length > 0) return false
    const at = Math.floor(((trial.next() + 1) / 2) * operand.samples.length * sizeOf(operand.samples[0]!.shape))
    const after = compute(trial, withChange(call, [name], (value, i) => (i === at ? 1.5 - value : value)))
    const lower = before.shape.length - (isBatched(call) ? 1 : 0) >= operand.samples[0]!.shape.length
    const places = lower ? placesIn(operand, before, isBatched(call)) : []
    return lower && before.data.every((value, i) => places[i] === at || Object.is(value, after.data[i]))
  })
}

/** Other numbers in all channels but one of an argument leave that channel of the result as it is. */
export function isPerChannel(trial: Trial, parameter: string): boolean {
  if (trial.call[parameter] === undefined) return true
  const call = refilled(trial.call, trial.next)
  const before = compute(trial, call)
  const channels = before.shape.at(-1) ?? 1
  if (operandsIn(call[parameter]).some(({ samples }) => samples[0]!.shape.at(-1) !== channels)) return false
  const kept = Math.floor(((trial.next() + 1) / 2) * channels)
  const after = compute(trial, withChange(call, [parameter], (value, i) => (i % channels === kept ? value : 2 * trial.next())))
  return before.data.every((value, i) => i % channels !== kept || Object.is(value, after.data[i]))
}

/**
 * Other numbers in all channels of an argument but one leave the channel of the result as it is that is made of it; which is that
 * channel, where it is taken whole.
 */
function takesChannels(trial: Trial, { of, channels, whole = false }: NonNullable<Facts['takes']>): boolean {
  const call = refilled(trial.call, trial.next)
  const before = compute(trial, call)
  const [x] = operandsIn(call[of])
  const given = x!.samples[0]!.shape.at(-1)!
  if (before.shape.at(-1) !== channels.length) return false
  const data = x!.samples.flatMap((sample) => [...sample.data])
  const chosen = Array.from({ length: data.length / given }, (_, place) => channels.map((channel) => data[place * given + channel]!)).flat()
  if (whole && !(chosen.length === before.data.length && chosen.every((value, i) => Object.is(Math.fround(value), before.data[i])))) return false
  const made = Math.floor(((trial.next() + 1) / 2) * channels.length)
  const after = compute(trial, withChange(call, [of], (value, i) => (i % given === channels[made] ? value : 2 * trial.next())))
  return before.data.every((value, i) => i % channels.length !== made || Object.is(value, after.data[i]))
}

/** The mean over the axes, element by element. */
function isMean(trial: Trial, { of, axes }: NonNullable<Facts['averages']>): boolean {
  const call = refilled(trial.call, trial.next)
  const [x] = operandsIn(call[of])
  const means = x!.samples.flatMap(({ shape, data }) => {
    const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
    const places = fill(shape, (...index) => index.reduce((at, i, axis) => at * kept[axis]! + (axes.includes(axis) ? 0 : i), 0)).data
    const sums = Array.from({ length: sizeOf(kept) }, () => 0)
    for (const [i, value] of data.entries()) sums[places[i]!]! += value
    return sums.map((sum) => (sum * sums.length) / data.length)
  })
  return close(compute(trial, call).data, means, tolerance)
}

/** The mean of each channel, over samples and places, is what an argument has for it; 0 without that. */
function isCentred(trial: Trial, parameter: string): boolean {
  const call = refilled(trial.call, trial.next)
  const { shape, data } = compute(trial, call)
  const channels = shape.at(-1)!
  const [wanted] = operandsIn(call[parameter])
  const means = Array.from({ length: channels }, (_, channel) => {
    const own = data.filter((_value, i) => i % channels === channel)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
  return close(means, wanted ? [...wanted.samples[0]!.data] : means.map(() => 0), tolerance)
}

/** The elements of the result are those of the arguments, wherever these have other numbers too, or the constant. */
export function onlyMoves(trial: Trial, { repeats, fill: constant }: NonNullable<Facts['moves']>): boolean {
  const places = (): readonly (number | undefined)[] => {
    let shift = 0
    const shifts = new Map<string, number>()
    const numbers = refilled(trial.call, trial.next)
    // all of them differ: their order says which is which
    const call: Call = Object.fromEntries(
      Object.entries(numbers).map(([name, argument]) => [
        name,
        operandsIn(argument).length === 0
          ? argument
          : changed(argument, (value, i) => {
              shifts.set(`${name} ${i}`, shift)
              return 10 * shift++ + value
            }),
      ]),
    )
    return compute(trial, call).data.map((value) => (value === constant ? undefined : Math.round(value / 10)))
  }
  const all = tensorsOf(trial.call).flatMap((name) => operandsIn(trial.call[name]))
  const size = all.reduce((n, { samples }) => n + samples.length * sizeOf(samples[0]!.shape), 0)
  const [first, second] = [places(), places()]
  const known = first.filter((place) => place !== undefined)
  const isStable = first.every((place, i) => place === second[i] && (place === undefined || (place >= 0 && place < size)))
  // what all samples share stands in each of them
  const shared = all.some(({ type }) => !hasBatch(type)) && isBatched(trial.call)
  return isStable && isExact(trial, constant) && (repeats || shared || new Set(known).size === known.length)
}

/** Whether each number of the result is one of the arguments to the last bit, or the constant. */
function isExact(trial: Trial, constant: number | undefined): boolean {
  const call = refilled(trial.call, trial.next)
  const values = tensorsOf(call).flatMap((name) =>
    operandsIn(call[name]).flatMap(({ samples }) => samples.flatMap(({ data }) => [...data])),
  )
  const given = new Set([...values, ...(constant === undefined ? [] : [Math.fround(constant)])])
  return compute(trial, call).data.every((value) => given.has(value))
}

export function commutes(trial: Trial): boolean {
  const call = coarse(trial)
  return agree(compute(trial, call), compute(trial, { ...call, a: call['b'], b: call['a'] }))
}

/** On few different numbers, of which some are equal. */
const coarse = (trial: Trial): Call =>
  withChange(trial.call, tensorsOf(trial.call), () => Math.round(4 * trial.next()) / 2)

function isNeutral(trial: Trial, parameter: string, value: number | undefined): boolean {
  const call = withChange(refilled(trial.call, trial.next), [parameter], () => value ?? NaN)
  const [other, ...rest] = tensorsOf(call).filter((name) => name !== parameter)
  if (other === undefined || rest.length > 0) return false
  const result = compute(trial, call)
  const [operand] = operandsIn(call[other])
  const values = operand!.samples.flatMap(({ data }) => [...data])
  return placesIn(operand!, result, isBatched(call)).every((place, i) => values[place] === result.data[i])
}

function isIdentity(trial: Trial, parameter: string): boolean {
  const call = refilled(trial.call, trial.next)
  const [operand, ...others] = operandsIn(call[parameter])
  if (!operand || others.length > 0) return false
  const shape = [...(hasBatch(operand.type) ? [operand.samples.length] : []), ...operand.samples[0]!.shape]
  const result = compute(trial, call)
  const values = operand.samples.flatMap(({ data }) => [...data])
  return result.shape.join() === shape.join() && result.data.every((value, i) => value === values[i])
}

/** On arguments that have some of the signs only. */
function hasSigns(trial: Trial, sign: NonNullable<Facts['sign']>): boolean {
  const { next } = trial
  const below = (n: number): number => Math.min(n - 1, Math.floor(((next() + 1) / 2) * n))
  const chosen = Object.fromEntries(
    tensorsOf(trial.call).map((name): readonly [string, Signs] => {
      const some = anySign.filter(() => next() > 0)
      return [name, some.length > 0 ? some : [anySign[below(3)]!]]
    }),
  )
  let call = trial.call
  for (const [name, signs] of Object.entries(chosen))
    call = withChange(call, [name], () => signs[below(signs.length)]! * (1 + 0.75 * next()))
  const allowed = sign(chosen)
  return compute(trial, call).data.every((value) => Number.isNaN(value) || allowed.includes(Math.sign(value) as Sign))
}

/** Scaling the kernel along its axes scales the channels of the result, and those of what is weighed. */
function isWeighed(trial: Trial, { of, by, reads, makes }: KernelFact): boolean {
  const call = refilled(trial.call, trial.next)
  const result = compute(trial, call)
  const [kernel] = operandsIn(call[by])
  const [x] = operandsIn(call[of])
  if (!kernel || !x) return false
  const { shape } = kernel.samples[0]!
  const along = (axes: readonly number[]) => {
    const scales = Array.from({ length: sizeOf(axes.map((axis) => shape[axis]!)) }, () => 2 + trial.next())
    const positions = fill(shape, (...index) => axes.reduce((at, axis) => at * shape[axis]! + index[axis]!, 0)).data
    const scaled = withChange(call, [by], (value, i) => value * scales[positions[i % positions.length]!]!)
    return { scales, result: compute(trial, scaled) }
  }
  const made = along(makes)
  const channels = made.scales.length
  const byChannel = result.data.map((value, i) => value * made.scales[i % channels]!)
  const makesThem = result.shape.at(-1) === channels && agree(made.result, { shape: result.shape, data: byChannel })
  if (reads === undefined) return makesThem
  const read = along([reads])
  const scaledMap = withChange(call, [of], (value, i) => value * read.scales[i % read.scales.length]!)
  const fits = x.samples[0]!.shape.at(-1)! % read.scales.length === 0
  return makesThem && fits && agree(read.result, compute(trial, scaledMap))
}

/** Another number at one place of the map changes just the elements whose windows have a tap there. */
const readsWindows = (trial: Trial, windows: readonly [PaddedWindow, PaddedWindow]): boolean =>
  changesPlaces(trial, ({ map }) => {
    const [rows, columns] = windows.map((window, axis) => tapsOf(window, map[axis]!))
    return ([row, column], [down, across]) => rows!(down, row) && columns!(across, column)
  })

/** Another number at one place of the map changes just the elements of the window that it has in the result. */
const spreadsOverWindows = (trial: Trial, windows: readonly [PaddedWindow, PaddedWindow]): boolean =>
  changesPlaces(trial, ({ result }) => {
    const [rows, columns] = windows.map((window, axis) => tapsOf(window, result[axis]!))
    return ([row, column], [down, across]) => rows!(row, down) && columns!(column, across)
  })

type Pair = readonly [number, number]

interface Sizes {
  readonly map: Pair
  readonly result: Pair
}

/** Whether another number at one place of the map changes just the places of the result that are said to be reached from it. */
function changesPlaces(trial: Trial, reaching: (sizes: Sizes) => (from: Pair, to: Pair) => boolean): boolean {
  const call = refilled(trial.call, trial.next)
  const [x] = operandsIn(call['x'])
  const [height, width, channels] = x!.samples[0]!.shape as readonly [number, number, number]
  const before = compute(trial, call)
  const [row, column] = [Math.floor(((trial.next() + 1) / 2) * height), Math.floor(((trial.next() + 1) / 2) * width)]
  const at = (row * width + column) * channels
  const after = compute(
    trial,
    withChange(call, ['x'], (value, i) => (i >= at && i < at + channels ? value + 100 + Math.abs(trial.next()) : value)),
  )
  const batched = isBatched(call) ? 1 : 0
  const [down, across, made] = before.shape.slice(batched) as [number, number, number]
  const isReached = reaching({ map: [height, width], result: [down, across] })
  return Array.from({ length: down * across }, (_, place) => place).every((place) => {
    const reads = isReached([row, column], [Math.floor(place / across), place % across])
    const some = Array.from({ length: made }, (_, channel) => place * made + channel)
    return some.some((i) => !Object.is(before.data[i], after.data[i])) === reads
  })
}

/** Whether the window at a place of the result has a tap on a place of the map. */
function tapsOf({ size, stride, dilation, padding }: PaddedWindow, extent: number) {
  const [first] = padding === 'same' ? samePadsAlong(extent, Number(size), stride, dilation) : padding
  return (window: number, place: number): boolean =>
    Array.from({ length: Number(size) }, (_, tap) => window * stride - first + tap * dilation).includes(place)
}
