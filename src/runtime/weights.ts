import { didYouMean } from '../compiler/did-you-mean.ts'
import { printShape } from '../compiler/dim/print.ts'
import type { WeightNode } from '../compiler/graph.ts'
import { failIfAny, problem, type Problem } from './failure.ts'
import { readBytes } from './read-file.ts'
import { readSafetensors } from './safetensors.ts'
import type { TensorData } from './tensor-data.ts'

/**
 * Everything in which the tensors of a file differ from the weights of a model: `weights/missing`, `weights/unexpected` and
 * `weights/shape`, in the model's order, then the file's. Empty when they agree.
 */
export function checkWeights(
  weights: readonly WeightNode[],
  tensors: ReadonlyMap<string, TensorData>,
  file: string,
): readonly Problem[] {
  const paths = new Set(weights.map(({ path }) => path))
  const missing = weights.filter(({ path }) => !tensors.has(path))
  const unexpected = [...tensors].filter(([name]) => !paths.has(name))
  const shapes = new Map([...missing.map((weight) => [weight.path, shapeOf(weight)] as const), ...unexpected.map(sizedName)])
  const suggest = missing.length * unexpected.length <= mostPairs ? suggestAmong(shapes) : () => []

  return [
    ...weights.flatMap((weight): readonly Problem[] => {
      const expected = shapeOf(weight)
      const tensor = tensors.get(weight.path)
      if (!tensor) {
        const notes = suggest(weight.path, unexpected.map(([name]) => name))
        return [problem('weights/missing', { weight: weight.path, shape: expected }, { file, notes })]
      }
      const actual = printExtents(tensor)
      return actual === expected ? [] : [problem('weights/shape', { weight: weight.path, expected, actual }, { file })]
    }),
    ...unexpected.map(([name, tensor]) => {
      const notes = suggest(name, missing.map(({ path }) => path))
      return problem('weights/unexpected', { weight: name, shape: printExtents(tensor) }, { file, notes })
    }),
  ]
}

/** More than this many wrong names are another model's file, not misspelt names, and take long to compare. */
const mostPairs = 10_000

const shapeOf = (weight: WeightNode): string => printShape(weight.type.shape)

const printExtents = ({ shape }: TensorData): string => `[${shape.join(', ')}]`

const sizedName = ([name, tensor]: readonly [string, TensorData]): readonly [string, string] => [name, printExtents(tensor)]

/** A note that names the most similar candidate of the same shape. */
const suggestAmong =
  (shapes: ReadonlyMap<string, string>) =>
  (name: string, candidates: readonly string[]): readonly string[] => {
    const alike = candidates.filter((candidate) => shapes.get(candidate) === shapes.get(name))
    // the longer a name, the more letters of it may be wrong: the pair is near when either is near the other
    const meant = didYouMean(name, alike) ?? alike.find((candidate) => didYouMean(candidate, [name]))
    return meant === undefined ? [] : [`did you mean ${meant}?`]
  }

/**
 * The weights of a model, read from a safetensors file, by path.
 *
 * @throws Failure with everything that is wrong with the file, or every difference to the model
 */
export async function loadWeights(path: string, weights: readonly WeightNode[]): Promise<ReadonlyMap<string, TensorData>> {
  const tensors = readSafetensors(await readBytes(path), path)
  failIfAny(checkWeights(weights, tensors, path))
  return tensors
}
