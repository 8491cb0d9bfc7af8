import type { FileLayer } from './file-layers.ts'
import type { ModelLayer } from './model-layers.ts'
import { isNormOf } from './names.ts'

/** Which normalisation stands behind which kernel, in a file by their names and in a model by its graph. */
export interface Attachments {
  readonly inFile: ReadonlyMap<FileLayer, FileLayer>
  readonly inModel: ReadonlyMap<ModelLayer, ModelLayer>
}

const none: Attachments = { inFile: new Map(), inModel: new Map() }

/**
 * The normalisations that belong to kernels, where both sides agree: `bn1` stands before `conv1` where a network normalises first, and its name says
 * the same as where it stands behind. Of each shape as many kernels must have one on both sides, and in a file that is in order it comes after its kernel.
 */
export function attachmentsOf(
  from: readonly FileLayer[],
  to: readonly ModelLayer[],
  signatureOf: (layer: FileLayer | ModelLayer) => string,
  ordered: boolean,
): Attachments {
  const [inFile, inModel] = [namedNorms(from), normsBehind(to)]
  const kinds = (kernels: readonly (FileLayer | ModelLayer)[], norms: ReadonlyMap<FileLayer | ModelLayer, FileLayer | ModelLayer>): string =>
    kernels
      .map((kernel) => {
        const norm = norms.get(kernel)
        return `${signatureOf(kernel)} / ${norm ? signatureOf(norm) : ''}`
      })
      .sort()
      .join('\n')
  const isAgreed = kinds(from.filter(({ tensors }) => tensors.has('kernel')), inFile) === kinds(to.filter(({ uses }) => uses.has('kernel')), inModel)
  const isBehind = !ordered || [...inFile].every(([kernel, norm]) => from.indexOf(kernel) < from.indexOf(norm))
  return isAgreed && isBehind ? { inFile, inModel } : none
}

/** Kernels with the one normalisation whose name says that it is theirs, and no other's. */
function namedNorms(layers: readonly FileLayer[]): ReadonlyMap<FileLayer, FileLayer> {
  const parents = new Map<string, FileLayer[]>()
  for (const layer of layers) {
    const parent = layer.path.slice(0, -1).join('\n')
    parents.set(parent, [...(parents.get(parent) ?? []), layer])
  }
  const result = new Map<FileLayer, FileLayer>()
  for (const siblings of parents.values()) {
    const kernels = siblings.filter(({ tensors }) => tensors.has('kernel'))
    const candidates = siblings
      .filter(({ tensors }) => tensors.has('mean'))
      .map((norm) => ({ norm, kernels: kernels.filter((kernel) => isNormOf(norm.path, kernel.path)) }))
    for (const { norm, kernels: [kernel, ...more] } of candidates)
      if (kernel && more.length === 0 && candidates.filter((each) => each.kernels.includes(kernel)).length === 1) result.set(kernel, norm)
  }
  return result
}

/** Kernels with the one normalisation of what they make. */
function normsBehind(layers: readonly ModelLayer[]): ReadonlyMap<ModelLayer, ModelLayer> {
  const kernels = new Map(layers.flatMap((layer) => layer.uses.get('kernel')?.readers.map((op) => [op, layer] as const) ?? []))
  const result = new Map<ModelLayer, ModelLayer>()
  const several = new Set<ModelLayer>()
  for (const norm of layers) {
    const kernel = norm.behind && kernels.get(norm.behind)
    if (!kernel) continue
    if (result.has(kernel)) several.add(kernel)
    result.set(kernel, norm)
  }
  for (const kernel of several) result.delete(kernel)
  return result
}
