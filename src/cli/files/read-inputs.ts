import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { checkNormalization, normalize, parseNormalization } from '../../runtime/data/normalize.ts'
import type { TensorData } from '../../runtime/numbers/tensor-data.ts'
import { UsageError } from '../exit/exit.ts'
import { readInput, type InputOptions } from './read-input.ts'
import { ownProperty } from '../../compiler/text/own-property.ts'

/**
 * Reads the values that `--input` gives to a model; only the inputs of `needed` must have one.
 *
 * @throws Failure `data/normalize`; UsageError for an input that the model does not have, and with every input that has no value
 */
export async function readInputs(
  graph: Graph,
  given: Readonly<Record<string, string>>,
  options: InputOptions & { readonly normalize: string | undefined },
  needed = graph.inputs,
): Promise<ReadonlyMap<string, TensorData>> {
  const names = graph.inputs.map(({ name }) => name)
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new UsageError(
      `${graph.name} has no input ${unknown}${suggestion(unknown, names)}; it has ${names.join(', ') || 'none'}`,
    )
  }
  const missing = needed.filter(({ name }) => ownProperty(given, name) === undefined)
  if (missing.length > 0) {
    const wanted = missing.map(({ name, type }) => `--input ${name}=FILE  for ${printShape(type.shape)}`)
    throw new UsageError(`every input needs a value (.npy, .png, .jpg, .json, random or ones):\n  ${wanted.join('\n  ')}`)
  }
  const normalization = options.normalize === undefined ? undefined : parseNormalization(options.normalize)
  if (normalization) checkNormalization(normalization, graph)
  const read = new Map<string, TensorData>()
  for (const input of needed) {
    const value = await readInput(input, given[input.name]!, options)
    read.set(input.name, normalization ? normalize(value, normalization) : value)
  }
  return read
}
