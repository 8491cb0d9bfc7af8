import type { Scalar } from '@tensorflow/tfjs-core'
import * as assert from 'uvu/assert'
import { prepare, type Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { messageOf } from '../../src/compiler/catalog/index.ts'
import { evaluate, type Dim } from '../../src/compiler/dim/expr.ts'
import { hasBatch, type Extent, type TensorType } from '../../src/compiler/graph/graph.ts'
import type { Primitive, Problem } from '../../src/compiler/primitives/primitive.ts'
import type { Origin } from '../../src/compiler/text/source.ts'
import { availableBackends, withBackend } from '../backends.ts'
import { fill, type NdArray } from './nd-array.ts'

const origin: Origin = { span: { source: { path: 'test.fmw', text: '', library: false }, start: 0, end: 0 }, frame: undefined }

export const extentOf = (dim: Dim): Extent => ({ dim, origin })

/** The type of a tensor of these extents. */
export const typed = (dims: readonly Dim[], batched = true): TensorType => ({ shape: dims.map(extentOf), depends: batched ? 'inputs' : 'weights' })

/** A tensor argument: its type, and a value for each sample (one for all when it is not batched). */
export interface Operand {
  readonly type: TensorType
  readonly samples: readonly NdArray[]
}

type Argument = Operand | readonly Operand[]

/** The call of a primitive: operands and attributes by parameter name; parameters that are left out get their defaults. */
export type Call = Readonly<Record<string, unknown>>

/** What a call computes for one sample, from the arrays of that sample. */
export type Reference = (args: Readonly<Record<string, NdArray>>, lists: Readonly<Record<string, readonly NdArray[]>>) => NdArray

/** Numbers in [-1, 1] that look random and are always the same (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1
  }
}

let seeds = 1

/** An operand of random numbers; `batch` samples, or one value for all of them when it is `none`. */
export function random(dims: readonly number[], batch: number | 'none' = 2, symbolic: readonly Dim[] = dims): Operand {
  const next = randomNumbers(seeds++)
  const count = batch === 'none' ? 1 : batch
  // rounded to float32, so that backends and reference start from the same numbers
  return {
    type: typed(symbolic, batch !== 'none'),
    samples: Array.from({ length: count }, () => fill(dims, () => Math.fround(next()))),
  }
}

export const mapOperand = (operand: Operand, change: (value: number) => number): Operand => ({
  ...operand,
  samples: operand.samples.map(({ shape, data }) => ({ shape, data: data.map((value) => Math.fround(change(value))) })),
})

const isOperand = (value: unknown): value is Operand => typeof value === 'object' && value !== null && 'samples' in value

const isArgument = (value: unknown): value is Argument => isOperand(value) || (Array.isArray(value) && value.some(isOperand))

export const operandsOf = (call: Call): readonly Operand[] => Object.values(call).filter(isArgument).flat()

/** The call as the primitive's rules read it. */
export function rulesCall(primitive: Primitive, call: Call): Parameters<Primitive['shape']>[0] {
  const entries = Object.entries(primitive.signature).map(([name, parameter]) => {
    const given = call[name] === undefined ? parameter.default : call[name]
    if (Array.isArray(given) && given.some(isOperand)) return [name, given.map((one: Operand) => one.type)]
    return [name, isOperand(given) ? given.type : (given ?? undefined)]
  })
  return Object.fromEntries(entries) as Parameters<Primitive['shape']>[0]
}

/** The shape rule's extents as numbers and expressions; throws the sentence of its refusal. */
export function shapeOf(primitive: Primitive, call: Call): readonly Dim[] {
  const result = primitive.shape(rulesCall(primitive, call))
  if ('problem' in result) throw new Error(messageOf(result.problem.code, result.problem.facts))
  return result.map(({ dim }) => dim)
}

/**
 * Asserts that the shape rule refuses a call with a code; the message has to be complete. Gives the problem for a closer look.
 */
export function refuses(primitive: Primitive, call: Call, code: string): Problem {
  const result = primitive.shape(rulesCall(primitive, call))
  if (!('problem' in result)) throw new Error(`${primitive.name} accepts what should be ${code}`)
  assert.is(result.problem.code, code)
  assert.not.match(messageOf(result.problem.code, result.problem.facts), /[{}]/)
  return result.problem
}

interface Options {
  /** The extents of the inputs, where types are symbolic. */
  readonly extents?: Readonly<Record<string, number>>
  readonly tolerance?: number
  /** Compare also the gradients of the arguments with the reference's finite differences. */
  readonly gradient?: boolean
}

/**
 * Asserts, on every backend of this machine, that the tfjs rule of a primitive computes for each sample what the reference says,
 * in the shape the shape rule says.
 */
export async function computes(primitive: Primitive, call: Call, reference: Reference, options: Options = {}): Promise<void> {
  const { extents = {}, tolerance = 2e-5, gradient = false } = options
  const shape = shapeOf(primitive, call).map((dim) => evaluate(dim, extents))
  const batch = Math.max(0, ...operandsOf(call).map(({ type, samples }) => (hasBatch(type) ? samples.length : 0)))
  const expected = samplesOf(call, Math.max(1, batch), reference)
  for (const sample of expected) assert.equal([...sample.shape], shape, `${primitive.name}: the reference has another shape`)
  const wanted = expected.flatMap(({ data }) => [...data])
  for (const backend of await availableBackends()) {
    const found = await withBackend(backend, (tf) => {
      const { run, values } = applied(primitive, call, tf, extents)
      const result = run(values)
      return { shape: result.shape, values: result.dataSync() }
    })
    assert.equal(found.shape, [...(batch ? [batch] : []), ...shape], `${primitive.name} on ${backend}: shape`)
    assert.ok(close(found.values, wanted, tolerance), differenceOf(`${primitive.name} on ${backend}`, found.values, wanted))
    if (gradient) await gradientAgrees(primitive, call, reference, backend, extents)
  }
}

function samplesOf(call: Call, count: number, reference: Reference): readonly NdArray[] {
  const pick = (operand: Operand, i: number): NdArray => operand.samples[hasBatch(operand.type) ? i : 0]!
  return Array.from({ length: count }, (_, i) => {
    const entries = Object.entries(call)
    const single = entries.flatMap(([name, value]) => (isOperand(value) ? [[name, pick(value, i)] as const] : []))
    const lists = entries.flatMap(([name, value]) =>
      Array.isArray(value) && value.some(isOperand) ? [[name, value.map((one: Operand) => pick(one, i))] as const] : [],
    )
    return reference(Object.fromEntries(single), Object.fromEntries(lists))
  })
}

export type Tensor = ReturnType<Tfjs['zeros']>

/** A call's rule as a function of the values of its operands, and those values. In training a node's seed is always the same. */
export function applied(primitive: Primitive, call: Call, tf: Tfjs, extents: Readonly<Record<string, number>>, training = false) {
  const operands = operandsOf(call)
  const slotOf = (name: string, index?: number): number => {
    const argument = call[name]
    const operand: unknown = index === undefined ? argument : (argument as readonly Operand[])[index]
    const slot = operands.findIndex((one) => one === operand)
    if (slot < 0) throw new Error(`${primitive.name} reads an argument ${name} that it was not given`)
    return slot
  }
  const shape = shapeOf(primitive, call)
  const batched = operands.some(({ type }) => hasBatch(type))
  const expression = primitive.targets.tfjs.run(rulesCall(primitive, call), { result: typed(shape, batched) })
  if ('unsupported' in expression) throw new Error(expression.unsupported)
  const { train } = primitive.targets.tfjs
  const step = training ? train?.(rulesCall(primitive, call), { result: typed(shape, batched) }) : undefined
  const compute = prepare(step?.value ?? expression, tf, slotOf)
  const named = Object.entries(step?.locals ?? {}).map(([name, value]) => [name, prepare(value, tf, slotOf)] as const)
  const values = operands.map(({ type, samples }) => {
    const data = samples.flatMap((sample) => [...sample.data])
    return tf.tensor(data, [...(hasBatch(type) ? [samples.length] : []), ...samples[0]!.shape])
  })
  const run = (tensors: readonly Tensor[]): Tensor => {
    const locals = new Map<string, Tensor>()
    const bindings = { values: tensors, extents, ...(step && { training: { locals, nextSeed: () => 7 } }) }
    for (const [name, value] of named) locals.set(name, value(bindings) as Tensor)
    return compute(bindings) as Tensor
  }
  return { run, values }
}

const step = 1e-4

/** The gradient of the weighted sum of the result, against central differences of the reference in double precision. */
async function gradientAgrees(
  primitive: Primitive,
  call: Call,
  reference: Reference,
  backend: Awaited<ReturnType<typeof availableBackends>>[number],
  extents: Readonly<Record<string, number>>,
): Promise<void> {
  const operands = operandsOf(call)
  const samples = Math.max(1, ...operands.map(({ samples: { length } }) => length))
  const next = randomNumbers(99)
  const weights = samplesOf(call, samples, reference).map(({ data }) => data.map(() => next()))
  const loss = (): number =>
    samplesOf(call, samples, reference).reduce(
      (sum, { data }, i) => sum + data.reduce((part, y, j) => part + y * weights[i]![j]!, 0),
      0,
    )
  const wanted = operands.map((operand) =>
    operand.samples.flatMap(({ data }) =>
      [...data].map((value, i) => {
        data[i] = value + step
        const above = loss()
        data[i] = value - step
        const below = loss()
        data[i] = value
        return (above - below) / (2 * step)
      }),
    ),
  )
  const found = await withBackend(backend, (tf) => {
    const { run, values } = applied(primitive, call, tf, extents)
    const flat = weights.flatMap((part) => [...part])
    const lossOf = (...tensors: Tensor[]) => {
      const result = run(tensors)
      return tf.sum<Scalar>(tf.mul(result, tf.tensor(flat, result.shape)))
    }
    return tf.grads(lossOf)([...values]).map((gradient) => [...gradient.dataSync()])
  })
  for (const [i, gradient] of found.entries()) {
    assert.ok(
      close(gradient, wanted[i]!, 1e-3),
      differenceOf(`gradient ${i} of ${primitive.name} on ${backend}`, gradient, wanted[i]!),
    )
  }
}

type Numbers = ArrayLike<number>

export function close(found: Numbers, wanted: Numbers, tolerance: number): boolean {
  const scale = Array.from(wanted).reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1)
  return (
    found.length === wanted.length &&
    Array.from(wanted).every((value, i) => Object.is(value, found[i]) || Math.abs(value - found[i]!) <= tolerance * scale)
  )
}

export function differenceOf(what: string, found: Numbers, wanted: Numbers): string {
  const worst = Array.from(wanted, (value, i) => Math.abs(value - found[i]!)).reduce(
    (best, difference, i, all) => (difference > all[best]! || Number.isNaN(difference) ? i : best),
    0,
  )
  return `${what}: element ${worst} is ${found[worst]}, not ${wanted[worst]} (${found.length} against ${wanted.length} elements)`
}

