import { wordsOf } from './names.ts'

interface Layer {
  readonly path: readonly string[]
}

/**
 * The scope that each layer is in, as far as both sides call a scope so; what all of one side stand in does not count, nor does what is
 * behind a number, which may count otherwise.
 */
export function commonScopes(from: readonly Layer[], to: readonly Layer[]): (layer: Layer) => string {
  const [inFile, inModel] = [scopesOf(from), scopesOf(to)]
  const [known, others] = [new Set([...inFile.values()].flat()), new Set([...inModel.values()].flat())]
  return (layer) => (inFile.get(layer) ?? inModel.get(layer) ?? []).findLast((scope) => known.has(scope) && others.has(scope)) ?? ''
}

/** By layer, the scopes that it is in, from the outermost to the innermost. */
function scopesOf(layers: readonly Layer[]): ReadonlyMap<Layer, readonly string[]> {
  const paths = layers.map(({ path }) => path.slice(0, -1))
  const [first = [], ...others] = paths
  const at = first.findIndex((part, i) => others.some((path) => path[i] !== part))
  const around = at < 0 ? first.length : at
  return new Map(
    layers.map((layer, i) => {
      const path = paths[i]!.slice(around)
      const number = path.findIndex((part) => /\d/.test(part))
      const named = number < 0 ? path : path.slice(0, number)
      return [layer, named.map((_, depth) => wordsOf(named.slice(0, depth + 1)).join('\n'))]
    }),
  )
}
