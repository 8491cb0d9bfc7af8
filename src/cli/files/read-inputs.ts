import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { ownProperty } from '../../compiler/text/own-property.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { normalize } from '../../runtime/data/normalize.ts'
import { UsageError } from '../exit/exit.ts'
import type { InputRules } from './input-rules.ts'
import { readInput, type ReadInput } from './read-input.ts'

interface Options {
  readonly seed: number
  readonly rules: InputRules
  readonly note: (text: string) => void
}

/**
 * Reads the values that `--input` gives to a model; only the inputs of `needed` must have one.
 *
 * @throws UsageError for an input that the model does not have, and with every input that has no value
 */
export async function readInputs(
  graph: Graph,
  given: Readonly<Record<string, string>>,
  options: Options,
  needed: Graph['inputs'],
): Promise<ReadonlyMap<string, ReadInput>> {
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
  const { normalization, resizesArrays } = options.rules
  if (resizesArrays && graph.inputs.every(({ type }) => type.shape.length !== 3))
    throw new UsageError(`--resize: no input of ${graph.name} is a map [height, width, channels]`)
  const read = new Map<string, ReadInput>()
  for (const input of needed) {
    const value = await readInput(input, given[input.name]!, options)
    read.set(input.name, normalization ? { ...value, ...normalize(value, normalization) } : value)
  }
  return read
}
