import { parseMetadata, type Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import { pathPattern } from '../../compiler/graph/path-pattern.ts'
import type { GradientReach } from '../../compiler/facts/gradient-reach.ts'
import { weightsOf, type Graph, type WeightNode } from '../../compiler/graph/graph.ts'
import { refuseUnmatched } from './refuse-unmatched.ts'
import { failIfAny } from '../../runtime/failure/failure.ts'
import { checkWeightValues } from '../../runtime/weights/check-values.ts'
import { normalizationText } from '../../runtime/data/normalize.ts'
import { initialWeights } from '../../runtime/weights/initial-weights.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { fitWeights, readWeightFiles, type WeightFile, type WeightSource } from '../../runtime/weights/weights.ts'

interface Start {
  readonly sources: readonly WeightSource[]
  /** Patterns of weights that are fresh whatever the files have. */
  readonly skip: readonly string[]
  readonly seed: number
  /** What this training does to its inputs. */
  readonly normalize: Normalization
  readonly note: (text: string) => void
}

/**
 * The weights a training begins with: those of the files, and fresh ones for the rest, of which a note tells.
 *
 * @param model before something of it was frozen
 * @param graph after it
 */
export async function startingWeights(
  model: Graph,
  graph: Graph,
  { sources, skip, seed, normalize, note }: Start,
): Promise<ReadonlyMap<string, TensorData>> {
  const wanted = weightsOf(graph)
  const patterns = skip.map(pathPattern)
  const isSkipped = (path: string): boolean => patterns.some(({ matches }) => matches(path))
  const files = (await readWeightFiles(sources)).map((file) => without(isSkipped, file))
  refuseUnmatched('--skip', patterns.filter(({ matches }) => !wanted.some(({ path }) => matches(path))).map(({ pattern }) => pattern), model)
  const given = fitWeights(files, wanted.filter(({ path }) => !isSkipped(path)), false)
  failIfAny(checkWeightValues(given, files.map(({ file }) => file)))
  for (const file of files) noteNormalization(file, normalize, note)
  const fresh = wanted.filter(({ path }) => !given.has(path))
  if (fresh.length > 0) note(`weights: freshly initialised, seed ${seed}: ${given.size === 0 ? 'all' : someOf(fresh)}`)
  const trainable = new Set(
    weightsOf(model)
      .filter((weight) => weight.trainable)
      .map(({ path }) => path),
  )
  const stuck = fresh.filter((weight) => !weight.trainable && trainable.has(weight.path))
  if (stuck.length > 0) note(`weights: frozen, though no file gives them: ${someOf(stuck)}`)
  return new Map([...initialWeights(fresh, seed), ...given])
}

/** A file without the tensors of such weights. */
const without = (isSkipped: (path: string) => boolean, file: WeightFile): WeightFile => ({
  ...file,
  tensors: new Map([...file.tensors].filter(([name]) => !isSkipped(file.prefix === undefined ? name : `${file.prefix}/${name}`))),
})

/** Tells of weights that have learned from inputs on another scale. */
function noteNormalization({ file, texts }: WeightFile, here: Normalization, note: (text: string) => void): void {
  const there = parseMetadata(texts).metadata?.normalize
  if (!there || normalizationText(there) === normalizationText(here)) return
  note(`${file} was trained with --normalize ${normalizationText(there)}, and this training has ${normalizationText(here)}`)
}

/** Tells of trainable weights that will stay as they are, and why. */
export function noteUntrained({ unreached }: GradientReach, outputs: readonly string[], note: (text: string) => void): void {
  const independent = `${outputs.join(' and ')} ${outputs.length === 1 ? 'does' : 'do'} not depend on them`
  const reasons = new Map(
    unreached.map(({ blockedBy }) => [
      blockedBy ? `behind ${blockedBy.node.path}: ${blockedBy.reason}` : independent,
      blockedBy?.node,
    ]),
  )
  for (const [reason, blocker] of reasons) {
    const weights = unreached.filter(({ blockedBy }) => blockedBy?.node === blocker).map(({ weight }) => weight)
    note(`weights: not trained, ${reason}: ${someOf(weights)}`)
  }
}

function someOf(weights: readonly WeightNode[]): string {
  const named = weights.slice(0, 5).map(({ path }) => path).join(', ')
  return weights.length > 5 ? `${named} and ${weights.length - 5} more` : named
}
