import type * as tfjs from '@tensorflow/tfjs-core'
import { evaluate, keyOf, type Dim } from '../../compiler/dim/expr.ts'
import type { Expression, TrainingExpression } from '../../compiler/primitives/tfjs/expression.ts'

export type Tfjs = typeof tfjs

/** What an expression reads while it runs: values by slot, and the extents of this run's inputs. */
export interface Bindings {
  readonly values: readonly (tfjs.Tensor | undefined)[]
  readonly extents: Readonly<Record<string, number>>
  /** Only in training. */
  readonly training?: TrainingBindings
}

interface TrainingBindings {
  readonly locals: ReadonlyMap<string, tfjs.Tensor>
  /** Another one with each call. */
  readonly nextSeed: () => number
}

export type Applied = (bindings: Bindings) => unknown

/** Turns an expression into a closure, once, so that a run does no look-ups by name. */
export function prepare(expression: TrainingExpression, tf: Tfjs, slotOf: (name: string, index?: number) => number): Applied {
  switch (expression.kind) {
    case 'argument': {
      const slot = slotOf(expression.name, expression.index)
      return ({ values }) => values[slot]
    }
    case 'literal':
      return () => expression.value
    case 'extent':
      return ({ extents }) => evaluatedOnce(expression.dim, extents)
    case 'batch': {
      const of = prepare(expression.of, tf, slotOf)
      return (bindings) => (of(bindings) as tfjs.Tensor).shape[0]
    }
    case 'local':
      return (bindings) => inTraining(bindings).locals.get(expression.name)
    case 'seed':
      return (bindings) => inTraining(bindings).nextSeed()
    case 'array': {
      const items = expression.items.map((item) => prepare(item, tf, slotOf))
      return (bindings) => items.map((item) => item(bindings))
    }
    case 'call': {
      const fn = functionNamed(expression.fn, tf)
      return called(fn, expression.args.map((arg) => prepare(arg, tf, slotOf)))
    }
  }
}

function inTraining({ training }: Bindings): TrainingBindings {
  if (!training) throw new Error('a training rule is applied outside of training')
  return training
}

type Function = (...args: unknown[]) => unknown

/** The usual numbers of arguments without a list in between: it takes a tenth of the time of a small op. */
function called(fn: Function, args: readonly Applied[]): Applied {
  const [a, b, c, d] = args
  if (a && args.length === 1) return (bindings) => fn(a(bindings))
  if (a && b && args.length === 2) return (bindings) => fn(a(bindings), b(bindings))
  if (a && b && c && d && args.length === 4) return (bindings) => fn(a(bindings), b(bindings), c(bindings), d(bindings))
  return (bindings) => fn(...args.map((arg) => arg(bindings)))
}

const evaluated = new WeakMap<Readonly<Record<string, number>>, Map<string, number>>()

/** Many nodes share an extent, and all runs on inputs of the same shapes share one record of them. */
function evaluatedOnce(dim: Dim, extents: Readonly<Record<string, number>>): number {
  let known = evaluated.get(extents)
  if (!known) evaluated.set(extents, (known = new Map()))
  const key = keyOf(dim)
  let value = known.get(key)
  if (value === undefined) known.set(key, (value = evaluate(dim, extents)))
  return value
}

/** The function `image.resizeBilinear` of the tfjs namespace. */
function functionNamed(name: string, tf: Tfjs): Function {
  let found: unknown = tf
  for (const part of name.split('.')) found = (found as Readonly<Record<string, unknown>>)[part]
  if (typeof found !== 'function') throw new Error(`TensorFlow.js has no function ${name}`)
  return found as Function
}

/** How many tfjs calls an expression makes: with more than one, intermediates have to be tidied. */
export const callCount = (expression: Expression): number => {
  if (expression.kind === 'call') return expression.args.reduce((n, arg) => n + callCount(arg), 1)
  if (expression.kind === 'array') return expression.items.reduce((n, item) => n + callCount(item), 0)
  return expression.kind === 'batch' ? callCount(expression.of) : 0
}
