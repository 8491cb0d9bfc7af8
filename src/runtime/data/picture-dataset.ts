import { bindInputs, type Extents } from '../../codegen/bind-inputs.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { Failure, failIfAny, problem } from '../failure/failure.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { ArrayTarget } from './array-dataset.ts'
import type { Picture } from './decode-pictures.ts'
import { digestNumbers, digestPart, endDigest, startDigest } from './digest.ts'
import { failWith } from './fail-with.ts'
import { fitTargets } from './fit-targets.ts'
import { listed } from './listed.ts'
import type { DatasetOptions, OpenedDataset, OpenedTarget, Target } from './opened-dataset.ts'
import { outputShape } from './output-shape.ts'
import { unpack } from './packed-values.ts'
import type { PictureInput } from './picture-input.ts'
import { readMasks } from './read-masks.ts'
import { readPicture } from './read-picture.ts'
import { takeSamples } from './take-samples.ts'

interface InputPictures {
  readonly input: PictureInput
  /** Sample by sample. */
  readonly pictures: readonly Picture[]
}

/** What an output should be: numbers, an input's own pictures, or the masks in files. */
export type PictureTarget = ArrayTarget | { readonly target: Target; readonly own: string } | { readonly target: Target; readonly masks: readonly string[]; readonly name: string; readonly lines?: readonly number[] }

interface PictureSamples {
  /** At least one. */
  readonly inputs: readonly InputPictures[]
  readonly targets: readonly PictureTarget[]
  /** Of the pictures. */
  readonly digest: string
  /** Where they come from, in what is reported. */
  readonly file: string
}

interface InputMaps {
  readonly name: string
  readonly pictures: readonly Picture[]
  readonly shape: readonly [number, number, number]
  readonly read: (positions: readonly number[]) => Promise<TensorData>
}

interface Fitted {
  readonly output: string
  readonly opened: OpenedTarget
  /** The input whose pictures they are. */
  readonly own?: InputMaps
}

/** Samples that are pictures. @throws Failure with everything that does not fit the model */
export async function pictureDataset({ inputs, targets, digest, file }: PictureSamples, graph: Graph, options: DatasetOptions): Promise<OpenedDataset> {
  const maps = inputs.map(({ input, pictures }): InputMaps => {
    const shape = commonShape(pictures, input, file)
    const read = (positions: readonly number[]): Promise<TensorData> => stacked(positions.map((position) => pictures[position]!), shape, input, options.resize !== false)
    return { name: input.name, pictures, shape, read }
  })
  const bound = bindInputs(graph, Object.fromEntries(maps.map(({ name, pictures, shape }) => [name, { shape: [pictures.length, ...shape], dtype: 'float32' }])))
  if ('mismatches' in bound) failWith(bound.mismatches.map(({ message }) => problem('data/shape', { mismatch: message }, { file })))
  const { size, fitted } = await fitAll(targets, maps, bound.extents, graph, file, options)
  const hash = startDigest()
  digestPart(hash, 'pictures', digest)
  for (const { output, opened, own } of fitted) {
    if (own) digestPart(hash, output, own.name)
    else digestNumbers(hash, output, opened.data)
  }
  const isOfOneSize = new Set(maps.map(({ shape }) => String(shape.slice(0, 2)))).size === 1
  const [height, width] = maps[0]!.shape
  return {
    size,
    digest: endDigest(hash),
    ...(isOfOneSize && { pictureSize: [height, width] as const }),
    targets: Object.fromEntries(fitted.map(({ output, opened }) => [output, opened])),
    read: async (positions) => {
      const read = new Map<string, TensorData>()
      for (const map of maps) read.set(map.name, await map.read(positions))
      const ofTarget = ({ opened, own }: Fitted): TensorData =>
        own ? { shape: [positions.length, ...opened.data.shape.slice(1)], values: read.get(own.name)!.values } : takeSamples(opened.data, positions)
      return { inputs: Object.fromEntries(read), targets: Object.fromEntries(fitted.map((each) => [each.output, ofTarget(each)])) }
    },
  }
}

async function fitAll(targets: readonly PictureTarget[], maps: readonly InputMaps[], extents: Extents, graph: Graph, file: string, { resize, note }: DatasetOptions) {
  const [{ pictures }] = [maps[0]!]
  const size = pictures.length
  const fitted: Fitted[] = []
  for (const each of targets) {
    const { target } = each
    const { output } = target
    const shape = outputShape(graph, output, extents)
    if ('masks' in each) {
      const sizes = pictures.map(({ originalSize }) => originalSize)
      fitted.push({ output, opened: await readMasks(each.masks, { shape, sizes, target, name: each.name, file, lines: each.lines, resize: resize !== false, note }) })
      continue
    }
    const own = 'own' in each ? maps.find(({ name }) => name === each.own)! : undefined
    // pictures lie between 0 and 1, whichever are looked at
    const data = 'own' in each ? await own!.read([...pictures.keys()].slice(0, mostLookedAt)) : each.data
    const name = 'own' in each ? each.own : each.name
    const found = fitTargets(data, { name, size: own ? data.shape[0]! : size, total: size, target, shape, file, cells: 'cells' in each ? each.cells : undefined, resizedFrom: [], note })
    failIfAny('problems' in found ? found.problems : [])
    if ('problems' in found) continue
    const opened = target.classes && !own ? { ...found, classes: target.classes } : found
    fitted.push({ output, opened, ...(own && { own }) })
  }
  return { size, fitted }
}

/** So many pictures say what all of them are as targets. */
const mostLookedAt = 32

/** The shape of all pictures. @throws Failure `data/size` where they differ from the input's or from each other */
function commonShape(
  pictures: readonly Picture[],
  { name, height, width, channels }: PictureInput,
  file: string,
): readonly [number, number, number] {
  const [first] = pictures
  const shape = [height ?? first!.shape[0], width ?? first!.shape[1], channels] as const
  const wrong = pictures.filter((picture) => String(picture.shape) !== String(shape))
  if (wrong.length === 0) return shape
  const size = `${shape[0]}x${shape[1]}`
  const isFixed = height !== undefined && width !== undefined
  const wanted = isFixed ? `${size} as the input ${name}` : `${size} as ${first!.file}`
  const facts = { count: String(wrong.length), total: String(pictures.length), wanted }
  const notes = listed(wrong.length, (n) => `${wrong[n]!.file} is ${wrong[n]!.shape[0]}x${wrong[n]!.shape[1]}`)
  throw new Failure([problem('data/size', facts, { file, notes: [...notes, ...(isFixed ? ['--resize brings pictures to the size of the model'] : [])] })])
}

/** @throws Failure where a picture that has to be read again is not as it was */
async function stacked(
  pictures: readonly Picture[],
  shape: readonly number[],
  input: PictureInput,
  resize: boolean,
): Promise<TensorData> {
  const size = sizeOf(shape)
  const values = new Float32Array(pictures.length * size)
  for (const [i, { file, packed }] of pictures.entries()) {
    if (packed) {
      unpack(packed, values, i * size)
      continue
    }
    const picture = await readPicture(file, input, resize)
    if (String(picture?.shape) !== String(shape)) throw new Failure([problem('data/changed', {}, { file })])
    values.set(picture!.values, i * size)
  }
  return { shape: [pictures.length, ...shape], values }
}
