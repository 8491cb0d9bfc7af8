import type * as tf from '@tensorflow/tfjs-core'
import { shapeText } from './tensor-data.ts'

/** The axes of an input behind the batch: how long they are, or what their length is called. */
export type InputShape = readonly (number | string)[]

type Named<T> = Readonly<Record<string, T>>

/**
 * The lengths of the axes that have a name.
 *
 * @throws RangeError with everything that is wrong: inputs that are missing or unknown, other shapes, one name with two lengths,
 *   batches that differ, inputs without values, values that are not float32
 */
export function checkInputs<I extends Readonly<Record<keyof I, tf.Tensor>>, const S extends Named<InputShape>>(
  model: string,
  inputs: I,
  shapes: S,
): Named<number> & Readonly<Record<Extract<S[keyof S][number], string>, number>>
export function checkInputs(model: string, inputs: Named<tf.Tensor>, shapes: Named<InputShape>): Named<number> {
  const wrong: string[] = []
  const sizes = new Map<string, { readonly size: number; readonly found: string }>()
  for (const name of Object.keys(inputs)) if (!Object.hasOwn(shapes, name)) wrong.push(`there is no input ${name}`)
  for (const [name, shape] of Object.entries(shapes)) {
    const wanted = shapeText(['batch', ...shape])
    const input = inputs[name]
    if (!input) {
      wrong.push(`the input ${name} ${wanted} is missing`)
      continue
    }
    const where = `${name} ${shapeText(input.shape)}`
    if (input.dtype !== 'float32') wrong.push(`${name} must be float32, not ${input.dtype}`)
    if (input.size === 0) wrong.push(`${where} has no values`)
    if (!fits(input.shape, shape)) {
      wrong.push(`${name} must be ${wanted}, not ${shapeText(input.shape)}`)
      continue
    }
    for (const [axis, size] of input.shape.entries()) {
      const called = axis === 0 ? 'batch' : shape[axis - 1]
      if (typeof called !== 'string') continue
      const known = sizes.get(called)
      const found = `${String(size)} in ${where}`
      if (!known) sizes.set(called, { size, found })
      else if (known.size !== size) wrong.push(`${called} is ${known.found} and ${found}`)
    }
  }
  if (wrong.length > 0) throw new RangeError(`${model} cannot take these inputs: ${wrong.join('; ')}`)
  return Object.fromEntries([...sizes].map(([called, { size }]) => [called, size]))
}

const fits = (actual: readonly number[], shape: InputShape): boolean =>
  actual.length === shape.length + 1 && shape.every((size, i) => typeof size === 'string' || size === actual[i + 1])
