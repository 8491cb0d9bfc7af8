import path from 'node:path'
import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import { printShape } from '../../compiler/dim/print.ts'
import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import type { WeightNode } from '../../compiler/graph/graph.ts'
import { pathPattern } from '../../compiler/graph/path-pattern.ts'
import { pathsAround, pathText } from '../../compiler/graph/path.ts'
import { checkpointFormat } from './checkpoint-format.ts'
import { Failure, failIfAny, problem, type Problem } from '../failure/failure.ts'
import { readBytes } from '../files/read-file.ts'
import { readSafetensors } from './safetensors.ts'
import { readSafetensorsMetadata } from './safetensors-header.ts'
import { matchWeightsByName, type Pair } from './match-weights.ts'
import { whatFits } from './what-fits.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'

/** A file of weights, and the scope of the model that they are for: `left` puts its `conv/kernel` under `left/conv/kernel`. */
export interface WeightSource {
  readonly prefix?: string
  readonly file: string
  /** The scope of the file that is taken, with the paths from there. */
  readonly scope?: string
}

interface Comparison {
  /** What the file calls a weight, where that is not its path. */
  readonly nameOf?: (weight: WeightNode) => string
  /** Whether a weight must be in this file; all must unless it is given. */
  readonly required?: (weight: WeightNode) => boolean
}

/**
 * Everything in which the tensors of a file differ from the weights of a model: `weights/renamed`, `weights/missing` and
 * `weights/shape`, in the model's order, then `weights/unexpected`, in the file's; `weights/foreign` alone where no name agrees.
 * Empty when they agree.
 */
export function checkWeights(
  weights: readonly WeightNode[],
  tensors: ReadonlyMap<string, TensorData>,
  file: string,
  { nameOf = ({ path }) => path, required = () => true }: Comparison = {},
): readonly Problem[] {
  const names = new Set(weights.map(nameOf))
  const absent = weights.filter((weight) => !tensors.has(nameOf(weight)))
  const others = [...tensors].filter(([name]) => !names.has(name))
  const moved = movedNames(others, absent.filter(required), nameOf)
  const [from, to] = [new Set(moved.map((pair) => pair.from)), new Set(moved.map((pair) => pair.to))]
  const missing = absent.filter((weight) => !to.has(nameOf(weight)))
  const unexpected = others.filter(([name]) => !from.has(name))
  const wanted = missing.filter(required)
  if (absent.length === weights.length && moved.length === 0 && Math.min(wanted.length, unexpected.length) > mostListed)
    return [foreign(wanted.map((weight) => sized(nameOf(weight), shapeOf(weight))), unexpected, file)]
  const shapes = new Map([...missing.map((weight) => [nameOf(weight), shapeOf(weight)] as const), ...unexpected.map(sizedName)])
  const suggest = missing.length * unexpected.length <= mostPairs ? suggestAmong(shapes) : () => []

  return [
    ...(moved.length > 0 ? [renamed(moved, file)] : []),
    ...weights.flatMap((weight): readonly Problem[] => {
      const expected = shapeOf(weight)
      const tensor = tensors.get(nameOf(weight))
      if (!tensor) {
        if (!required(weight) || to.has(nameOf(weight))) return []
        const notes = suggest(nameOf(weight), unexpected.map(([name]) => name))
        return [problem('weights/missing', { weight: weight.path, shape: expected }, { file, notes })]
      }
      const actual = printExtents(tensor)
      return actual === expected ? [] : [problem('weights/shape', { weight: weight.path, expected, actual }, { file })]
    }),
    ...unexpected.map(([name, tensor]) => {
      const notes = suggest(name, missing.map(nameOf))
      return problem('weights/unexpected', { weight: name, shape: printExtents(tensor) }, { file, notes })
    }),
  ]
}

/** Of two lists that have no name in common so much is shown. */
const mostListed = 3

const sized = (name: string, shape: string): string => `${name} ${shape}`

function foreign(wanted: readonly string[], tensors: readonly (readonly [string, TensorData])[], file: string): Problem {
  const begun = (list: readonly string[]): string => `${list.slice(0, mostListed).join(', ')} and ${list.length - mostListed} more`
  const notes = [
    `the model has ${begun(wanted)}`,
    `the file has ${begun(tensors.map(([name, tensor]) => sized(name, printExtents(tensor))))}`,
    `fmw weights diff ${file} <model>.fmw lists all of them`,
  ]
  return problem('weights/foreign', { count: String(tensors.length) }, { file, notes })
}

/** Weights that have another name in the file, where they are several: a single one is a name that is misspelt. */
function movedNames(
  tensors: readonly (readonly [string, TensorData])[],
  weights: readonly WeightNode[],
  nameOf: (weight: WeightNode) => string,
): readonly Pair[] {
  const { pairs } = matchWeightsByName(
    tensors.map(([name, { shape }]) => ({ name, shape })),
    weights.map((weight) => ({ name: nameOf(weight), shape: fixedShape(weight.type.shape) })),
  )
  return pairs.length > 1 ? pairs : []
}

/** So many of them are named: the rest is of the same kind. */
const mostNamed = 6

function renamed(pairs: readonly Pair[], file: string): Problem {
  const more = pairs.length - mostNamed
  const notes = [
    ...pairs.slice(0, mostNamed).map(({ from, to }) => `${to} is called ${from} there`),
    ...(more > 0 ? [`and ${more} more, which fmw weights diff ${file} <model>.fmw lists`] : []),
    `fmw weights rename ${file} <old>.fmw <model>.fmw -o <new>.safetensors gives them their names; <old>.fmw is the text they were trained for`,
  ]
  return problem('weights/renamed', { count: String(pairs.length) }, { file, notes })
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

/** What is in a file of weights. */
export interface WeightFile extends WeightSource {
  readonly tensors: ReadonlyMap<string, TensorData>
  /** What it says of itself. */
  readonly texts: Readonly<Record<string, string>>
}

/** @throws Failure where a file cannot be read, or is a checkpoint: its weights would all be said to be of other names */
export const readWeightFiles = (sources: readonly WeightSource[]): Promise<readonly WeightFile[]> =>
  Promise.all(
    sources.map(async (source) => {
      const { file } = source
      const bytes = await readBytes(file)
      const texts = readSafetensorsMetadata(bytes)
      refuseCheckpoint(texts, file)
      const tensors = readSafetensors(bytes, file)
      return { ...source, texts, tensors: source.scope === undefined ? tensors : tensorsUnder(source.scope, tensors, file) }
    }),
  )

/** @throws Failure `weights/checkpoint` where a file says that it is one */
export function refuseCheckpoint(texts: Readonly<Record<string, string>>, file: string): void {
  if (texts['format'] === checkpointFormat)
    throw new Failure([problem('weights/checkpoint', { best: path.join(path.dirname(file), 'best.safetensors') }, { file })])
}

/** The tensors of a scope of a file, with their names from there. @throws Failure `weights/scope` where it has none */
function tensorsUnder(scope: string, tensors: ReadonlyMap<string, TensorData>, file: string): ReadonlyMap<string, TensorData> {
  const { matches } = pathPattern(`${scope}/**`)
  const found = [...tensors].filter(([name]) => matches(name))
  if (found.length === 0) {
    const names = [...tensors.keys()]
    const notes = [`it has ${names.slice(0, mostListed).join(', ')}${names.length > mostListed ? ` and ${names.length - mostListed} more` : ''}`]
    throw new Failure([problem('weights/scope', { scope }, { file, notes })])
  }
  return new Map(found.map(([name, tensor]) => [name.slice(scope.length + 1), tensor]))
}

/**
 * The weights of a model by path, as these files give them.
 *
 * @param complete whether all must be given; else the result has those that are
 * @throws Failure with every difference between the files and the model: prefixes that the model does not have, other shapes,
 *   tensors that are no weights, weights that are given twice or not at all
 */
export function fitWeights(
  read: readonly WeightFile[],
  weights: readonly WeightNode[],
  complete: boolean,
): ReadonlyMap<string, TensorData> {
  const files = read.map((file) => ({ ...file, tensors: withoutTaken(file, read, weights), names: namesUnder(file.prefix, weights) }))
  const { given, twice } = combine(files)
  const absent = complete ? weights.filter(({ path }) => !given.has(path)) : []
  const missing = new Map(absent.map((weight) => [weight, nearest(files, weight)] as const))
  failIfAny([
    ...files.flatMap((each) =>
      each.prefix !== undefined && each.names.size === 0
        ? [noSuchScope(each.prefix, each.file, weights)]
        : withHints(
            checkWeights([...each.names.keys()], each.tensors, each.file, {
              nameOf: (weight) => each.names.get(weight)!,
              required: (weight) => missing.get(weight) === each,
            }),
            each,
            weights,
            complete,
          ),
    ),
    ...twice,
    ...absent
      .filter((weight) => !missing.get(weight))
      .map((weight) => problem('weights/uncovered', { weight: weight.path, shape: shapeOf(weight) })),
  ])
  return given
}

/** What a whole file has beside the scopes that are taken out of it for others of the model. */
function withoutTaken({ file, prefix, scope, tensors }: WeightFile, read: readonly WeightFile[], weights: readonly WeightNode[]): WeightFile['tensors'] {
  if (prefix !== undefined || scope !== undefined) return tensors
  const taken = read.flatMap((other) => (other.file === file && other.scope !== undefined ? [pathPattern(`${other.scope}/**`)] : []))
  const own = new Set(weights.map(({ path }) => path))
  return new Map([...tensors].filter(([name]) => own.has(name) || !taken.some(({ matches }) => matches(name))))
}

/** Problems of a file, the first with how it would fit. */
function withHints(problems: readonly Problem[], { tensors, file, prefix, scope }: WeightFile, weights: readonly WeightNode[], complete: boolean): readonly Problem[] {
  const [first, ...others] = problems
  if (!first || prefix !== undefined || scope !== undefined) return problems
  return [{ ...first, notes: [...(first.notes ?? []), ...whatFits(weights, tensors, file, complete)] }, ...others]
}

interface NamedFile extends WeightFile {
  /** The weights in its scope, with what the file calls them. */
  readonly names: ReadonlyMap<WeightNode, string>
}

/** The weights in a scope, with their paths from there; all with their own where there is none. */
const namesUnder = (prefix: string | undefined, weights: readonly WeightNode[]): ReadonlyMap<WeightNode, string> =>
  new Map(
    weights.flatMap((weight): [WeightNode, string][] => {
      if (prefix === undefined) return [[weight, weight.path]]
      const at = pathsAround(weight.segments).indexOf(prefix)
      return at < 0 ? [] : [[weight, pathText(weight.segments.slice(at + 1))]]
    }),
  )

function combine(files: readonly NamedFile[]) {
  const given = new Map<string, TensorData>()
  const givers = new Map<string, string>()
  const twice: Problem[] = []
  for (const { file, names, tensors } of files) {
    for (const [{ path }, name] of names) {
      const tensor = tensors.get(name)
      if (!tensor) continue
      const first = givers.get(path)
      if (first !== undefined) twice.push(problem('weights/twice', { weight: path, first, second: file }))
      givers.set(path, file)
      given.set(path, tensor)
    }
  }
  return { given, twice }
}

/** The file that should have had a weight: of those for a scope around it, the one for the innermost. */
const nearest = (files: readonly NamedFile[], weight: WeightNode): NamedFile | undefined =>
  files
    .filter(({ names }) => names.has(weight))
    .sort((a, b) => (b.prefix?.length ?? 0) - (a.prefix?.length ?? 0))[0]

function noSuchScope(prefix: string, file: string, weights: readonly WeightNode[]): Problem {
  const around = weights.map(({ segments }) => pathsAround(segments))
  const meant = didYouMean(prefix, new Set(around.flat()))
  const outermost = new Set(around.flatMap(([first]) => first ?? []))
  const notes = [meant === undefined ? `its outermost scopes are ${[...outermost].join(', ') || 'none'}` : `did you mean ${meant}?`]
  return problem('weights/prefix', { prefix }, { file, notes })
}
