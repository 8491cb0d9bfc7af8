import type { Modules } from '../reading/module.ts'
import { parameters, type OpName, type Parameter } from './names.ts'
import { signatureOf } from './signature-of.ts'

type Values = readonly (readonly [Parameter, string])[]

/** A step of a pipe as it is written, with arguments by their names: `resize(scale: 2)`. */
export const stepText = (op: OpName, ...given: Values): string => called(op, given.map(([parameter, value]) => named(op, parameter, value)))

/** A 1x1 convolution as a step: `conv(64, 1x1, stride: 2)`. */
export const projection = (filters: string, modules: Modules, ...more: Values): string =>
  inOrder('conv', [[parameters.filters, filters], [parameters.kernel, '1x1']], modules, more)

/** A dense layer as a step: `dense(64)`. */
export const denseStep = (units: string, modules: Modules): string => inOrder('dense', [[parameters.filters, units]], modules)

/** A step whose first arguments need no names where they come first in the op, behind what the pipe passes. */
function inOrder(op: OpName, first: Values, modules: Modules, more: Values = []): string {
  const [, ...signature] = signatureOf(op, modules) ?? []
  const isInOrder = first.every(([parameter], i) => signature[i]?.name === parameter.get(op))
  const written = first.map(([parameter, value]) => (isInOrder ? value : named(op, parameter, value)))
  return called(op, [...written, ...more.map(([parameter, value]) => named(op, parameter, value))])
}

const named = (op: OpName, parameter: Parameter, value: string): string => `${parameter.get(op)}: ${value}`

const called = (op: OpName, args: readonly string[]): string => (args.length === 0 ? op : `${op}(${args.join(', ')})`)
