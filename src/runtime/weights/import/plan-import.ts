import type { Graph } from '../../../compiler/graph/graph.ts'
import type { Convention } from './convention.ts'
import { eitherRole, fileLayers, isCounter, type FileLayer } from './file-layers.ts'
import type { ForeignFile, ForeignTensor } from './foreign-file.ts'
import { fitsLayout, layoutsOf, type Layout } from './layouts.ts'
import type { WeightMap } from './map-file.ts'
import { matchLayers, type Evidence, type Known, type LayerPair } from './match-layers.ts'
import { modelLayers, type ModelLayer } from './model-layers.ts'
import type { WeightUse } from './weight-uses.ts'

interface TensorPair {
  readonly tensor: ForeignTensor
  readonly use: WeightUse
  /** How the file has it. */
  readonly layout: Layout
  readonly how: Evidence
}

/** Which tensor of a file is which weight of a model, and what is open. */
export interface ImportPlan {
  readonly pairs: readonly TensorPair[]
  /** Of one name, with extents that do not fit. */
  readonly misfits: readonly { readonly tensor: ForeignTensor; readonly use: WeightUse }[]
  /** What several tensors could be, of equal shapes. */
  readonly choices: readonly {
    readonly tensors: readonly ForeignTensor[]
    readonly uses: readonly WeightUse[]
    /** One of the pairs that are possible. */
    readonly example: ImportPlan['misfits'][number] | undefined
  }[]
  /** Weights behind an op that mixes the order of a flattened map up. */
  readonly lost: readonly TensorPair[]
  /** Layers of which one has a weight that the other lacks, most often a bias. */
  readonly lacking: readonly LayerPair[]
  readonly missing: readonly WeightUse[]
  readonly unexpected: readonly ForeignTensor[]
}

interface Given {
  readonly convention: Convention
  readonly map: Pick<WeightMap, 'pairs' | 'parts'>
}

/** Finds the weights of a model among the tensors of a file: as the map says, and the rest by their layers. */
export function planImport(file: ForeignFile, graph: Graph, uses: readonly WeightUse[], { convention, map }: Given): ImportPlan {
  const mapped = new Map(map.pairs.map(({ tensor, use }) => [use.weight, tensor]))
  const taken = new Set(mapped.values())
  const given = map.pairs.map(({ tensor, use, layout }): TensorPair => ({ tensor, use, layout: layout ?? ownLayout(use, convention), how: 'map' }))
  const from = fileLayers(file, convention).map((layer) => inModel(layer, map.parts))
  const to = modelLayers(graph, uses)
  const parts = map.parts.map((part) => ({ within: partsOf(part.to), image: partsOf(part.to), only: true }))
  const known = mappedLayers(from, to, mapped)
  const evidence = { convention, ordered: file.ordered, parts }
  const { pairs, misfits, choices } = matchLayers(from, to, { ...evidence, known })
  const isOpen = ({ tensor, use }: ImportPlan['misfits'][number]): boolean => !taken.has(tensor) && !mapped.has(use.weight)
  const named = misfits.map((pair): LayerPair => ({ ...pair, how: 'name' }))
  const settled = new Set<FileLayer | ModelLayer>([...pairs, ...named, ...choices].flatMap((each) => [each.from, each.to].flat()))
  const left = { from: from.filter((layer) => !settled.has(layer)), to: to.filter((layer) => !settled.has(layer)) }
  const lacking = [...named.filter(isUneven), ...pairedByMain(left.from, left.to, evidence)]
  const partly = [...new Set([...named, ...lacking])].flatMap((pair) => tensorPairs(pair, convention)).filter(({ tensor, use, layout }) => fitsLayout(layout, tensor.shape, use))
  const found = [...given, ...[...pairs.flatMap((pair) => tensorPairs(pair, convention)), ...partly].filter(isOpen)]
  const fitting = found.filter(({ tensor, use, layout }) => fitsLayout(layout, tensor.shape, use))
  const lost = fitting.filter(({ use, how }) => use.lost !== undefined && how !== 'map' && convention === 'torch')
  const unfit = found.filter((pair) => !fitting.includes(pair)).map(({ tensor, use }) => ({ tensor, use }))
  const ambiguous = choices.map((choice) => ({
    tensors: choice.from.flatMap(({ tensors }) => [...tensors.values()]),
    uses: choice.to.flatMap((layer) => [...layer.uses.values()]),
    example: sharedRoles(choice.from[0]!, choice.to[0]!)[0],
  }))
  const wrong = [...misfits.flatMap(({ from: source, to: target }) => sharedRoles(source, target).filter(({ tensor, use }) => !fitsLayout(ownLayout(use, convention), tensor.shape, use))), ...unfit]
  const [settledUses, settledTensors] = [
    new Set([...found, ...wrong].map(({ use }) => use.weight).concat(ambiguous.flatMap((choice) => choice.uses.map(({ weight }) => weight)))),
    new Set([...found, ...wrong].map(({ tensor }) => tensor).concat(ambiguous.flatMap((choice) => choice.tensors))),
  ]
  const places = new Map(uses.map(({ weight }, place) => [weight, place]))
  return {
    pairs: fitting.filter((pair) => !lost.includes(pair)).toSorted((a, b) => places.get(a.use.weight)! - places.get(b.use.weight)!),
    misfits: wrong,
    choices: ambiguous,
    lost,
    lacking,
    missing: uses.filter(({ weight }) => !settledUses.has(weight)),
    unexpected: file.tensors.filter((tensor) => !settledTensors.has(tensor) && !isCounter(tensor)),
  }
}

const ownLayout = (use: WeightUse, convention: Convention): Layout => layoutsOf(use, convention)[0] ?? 'same'

/** The parts of a path as a map has them. */
const partsOf = (part: string): readonly string[] => part.split(/[./]/)

/** A layer in a part that the map says, with the path that the part has in the model. */
function inModel(layer: FileLayer, parts: WeightMap['parts']): FileLayer {
  for (const { from, to } of parts) {
    const before = partsOf(from)
    if (before.every((part, i) => part === layer.path[i])) return { ...layer, path: [...partsOf(to), ...layer.path.slice(before.length)] }
  }
  return layer
}

/** Layers of which the map names a tensor and a weight: what else they have in common goes with it. */
function mappedLayers(from: readonly FileLayer[], to: readonly ModelLayer[], mapped: ReadonlyMap<WeightUse['weight'], ForeignTensor>): readonly LayerPair[] {
  const sources = new Map(from.flatMap((layer) => [...layer.tensors.values()].map((tensor) => [tensor, layer] as const)))
  return to.flatMap((layer) => {
    const named = [...layer.uses.values()].flatMap(({ weight }) => mapped.get(weight) ?? [])
    return [...new Set(named.flatMap((tensor) => sources.get(tensor) ?? []))].map((source): LayerPair => ({ from: source, to: layer, how: 'map' }))
  })
}

function sharedRoles({ tensors }: FileLayer, { uses }: ModelLayer): ImportPlan['misfits'] {
  return [...uses.values()].flatMap((use) => {
    const either = use.role === 'scale' || use.role === 'offset' ? tensors.get(eitherRole) : undefined
    const tensor = tensors.get(use.role) ?? either
    return tensor ? [{ tensor, use }] : []
  })
}

const tensorPairs = ({ from, to, how }: LayerPair, convention: Convention): readonly TensorPair[] =>
  sharedRoles(from, to).map(({ tensor, use }) => ({ tensor, use, layout: ownLayout(use, convention), how }))

/** Layers of which one has a weight that the other lacks, by what none of their kind lacks: a kernel, a mean, a variance. */
function pairedByMain(from: readonly FileLayer[], to: readonly ModelLayer[], evidence: Omit<Known, 'known'>): readonly LayerPair[] {
  const sources = new Map(from.map((layer) => [{ ...layer, tensors: mainOf(layer.tensors) }, layer] as const).filter(([{ tensors }]) => tensors.size > 0))
  const targets = new Map(to.map((layer) => [{ ...layer, uses: mainOf(layer.uses) }, layer] as const).filter(([{ uses }]) => uses.size > 0))
  const { pairs } = matchLayers([...sources.keys()], [...targets.keys()], { ...evidence, known: [] })
  return pairs.map((pair) => ({ from: sources.get(pair.from)!, to: targets.get(pair.to)!, how: pair.how })).filter(isUneven)
}

const mainOf = <T>(roles: ReadonlyMap<string, T>): ReadonlyMap<string, T> => new Map([...roles].filter(([role]) => role === 'kernel' || role === 'mean' || role === 'variance'))

const isUneven = ({ from: { tensors }, to: { uses } }: LayerPair): boolean =>
  [...tensors.keys()].some((role) => !uses.has(role)) || [...uses.keys()].some((role) => !tensors.has(role))
