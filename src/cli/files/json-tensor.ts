import { Failure, problem } from '../../runtime/failure/failure.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** A tensor from nested lists of numbers. */
export function parseJsonTensor(bytes: Uint8Array, file: string): TensorData {
  const refuse = (reason: string): Failure => new Failure([problem('input/json', { reason }, { file })])
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error))
  }
  const shape: number[] = []
  for (let at = value; Array.isArray(at); at = at[0] as unknown) shape.push(at.length)
  if (shape.length > mostAxes)
    throw refuse(`its lists are nested ${shape.length} deep, and a tensor has at most ${mostAxes} axes`)
  const values: number[] = []
  const visit = (part: unknown, depth: number): void => {
    if (depth === shape.length) {
      if (typeof part !== 'number' || !Number.isFinite(part)) throw refuse(`${written(part)} stands where a number is expected`)
      values.push(part)
    } else if (!Array.isArray(part) || part.length !== shape[depth]) {
      throw refuse(`the lists of level ${depth + 1} are not all of length ${shape[depth]}`)
    } else for (const item of part) visit(item, depth + 1)
  }
  visit(value, 0)
  return { shape, values: Float32Array.from(values) }
}

/** What TensorFlow.js can hold. */
const mostAxes = 6

/** Lists and objects may be nested without end: only their kind is named. */
const written = (part: unknown): string =>
  Array.isArray(part) ? 'a list' : typeof part === 'object' && part !== null ? 'an object' : JSON.stringify(part).slice(0, 40)
