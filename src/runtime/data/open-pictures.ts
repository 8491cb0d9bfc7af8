import { bindInputs } from '../../codegen/bind-inputs.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, Failure, problem, type Problem } from '../failure/failure.ts'
import { sizeOf, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { readClassFolders } from './class-folders.ts'
import { classProblems } from './class-problems.ts'
import { decodePictures, type Picture } from './decode-pictures.ts'
import { failWith } from './fail-with.ts'
import { fitTargets } from './fit-targets.ts'
import { knownLabels } from './known-labels.ts'
import { listed } from './listed.ts'
import type { DatasetOptions, OpenedDataset, OpenedTarget, Target } from './opened-dataset.ts'
import { outputShape } from './output-shape.ts'
import { unpack } from './packed-values.ts'
import { pictureInput, type PictureInput } from './picture-input.ts'
import { readPicture } from './read-picture.ts'
import { takeSamples } from './take-samples.ts'

/** The memory that decoded pictures may take: 1 GiB, which 20,000 colour pictures of 128x128 fill. */
const budget = 2 ** 30

/**
 * The PNG and JPEG pictures (by their content) of a folder with a subfolder per class, as values from 0 to 1; a label is the
 * position of its class in the order of the names. Every picture is decoded once here, so that a damaged one is known before
 * training begins, and kept until `memory` bytes are full; the others are decoded again whenever they are read.
 */
export async function openPictures(
  folder: string,
  graph: Graph,
  { targets, resize, note }: DatasetOptions,
  memory: number = budget,
): Promise<OpenedDataset> {
  const input = pictureInput(graph, folder, resize)
  const found = await readClassFolders(folder)
  const { files, loose } = found
  const stranger = targets.find(({ from }) => from !== undefined && from !== input.name)
  if (stranger) refuseName(stranger, input.name, folder)
  const labelled = targets
    .filter(({ from }) => from === undefined)
    .map((target) => {
      const classes = target.classes ?? found.classes
      const labels = knownLabels(found.classes, classes, folder)
      return { target: { ...target, classes }, labels: found.classes.map((name) => labels.get(name)!) }
    })
  failIfAny(labelled.flatMap(({ target: { classes, output } }) => classProblems(classes, graph, output, folder)))
  note(`${folder}: reading ${files.length} files of ${found.classes.length} classes`)
  const { pictures, others, conversions, digest } = await decodePictures(files, input, resize, memory)
  failIfAny(found.classes.flatMap((name, label) => withoutPictures(name, pictures.some((each) => each.label === label), folder)))
  const passedOver = [...loose, ...others]
  if (passedOver.length > 0) note(`${folder}: passed over ${listed(passedOver.length, (n) => passedOver[n]!).join(', ')}`)
  for (const [text, [first, ...more]] of conversions)
    note(`${first}: ${text}${more.length > 0 ? ` (and ${more.length} other pictures)` : ''}`)

  const shape = commonShape(pictures, input, folder)
  const bound = bindInputs(graph, { [input.name]: { shape: [pictures.length, ...shape], dtype: 'float32' } })
  if ('mismatches' in bound)
    failWith(bound.mismatches.map(({ message }) => problem('data/shape', { mismatch: message }, { file: folder })))
  const read = (positions: readonly number[]): Promise<TensorData> =>
    stacked(positions.map((position) => pictures[position]!), shape, input, resize)
  // pictures lie between 0 and 1, whichever are looked at
  const some = await read([...pictures.keys()].slice(0, mostLookedAt))
  const fitted = targets.map((target): Fitted => {
    const labels = labelled.find(({ target: { output } }) => output === target.output)
    const data = labels ? { shape: [pictures.length], values: Float32Array.from(pictures, ({ label }) => labels.labels[label]!) } : some
    const wanted = { name: labels ? 'labels' : input.name, size: data.shape[0]!, target, shape: outputShape(graph, target.output, bound.extents), file: folder }
    const found = fitTargets(data, wanted)
    if ('problems' in found) return failWith(found.problems)
    return { target, opened: labels ? { ...found, classes: labels.target.classes } : found, isOwn: !labels }
  })
  return {
    size: pictures.length,
    digest,
    pictureSize: [shape[0], shape[1]],
    targets: Object.fromEntries(fitted.map(({ target, opened }) => [target.output, opened])),
    read: async (positions) => {
      const own = await read(positions)
      const ofTarget = ({ opened, isOwn }: Fitted): TensorData =>
        isOwn ? { shape: [positions.length, ...opened.data.shape.slice(1)], values: own.values } : takeSamples(opened.data, positions)
      return { inputs: { [input.name]: own }, targets: Object.fromEntries(fitted.map((each) => [each.target.output, ofTarget(each)])) }
    },
  }
}

/** So many pictures say what all of them are as targets. */
const mostLookedAt = 32

interface Fitted {
  readonly target: Target
  readonly opened: OpenedTarget
  /** Whether the picture is its own target. */
  readonly isOwn: boolean
}

function refuseName({ output, from }: Target, input: string, folder: string): never {
  const reason = `the target of ${output} is called ${from}, and a folder has the names of classes, and its pictures as ${input}`
  throw new Failure([problem('data/source', { reason }, { file: folder })])
}

const withoutPictures = (name: string, hasAny: boolean, folder: string): readonly Problem[] =>
  hasAny ? [] : [problem('data/empty', { reason: `the class ${name} has no PNG or JPEG pictures` }, { file: folder })]

/** The shape of all pictures. @throws Failure `data/size` where they differ from the input's or from each other */
function commonShape(
  pictures: readonly Picture[],
  { name, height, width, channels }: PictureInput,
  folder: string,
): readonly [number, number, number] {
  const [first] = pictures
  const shape = [height ?? first!.shape[0]!, width ?? first!.shape[1]!, channels] as const
  const wrong = pictures.filter((picture) => String(picture.shape) !== String(shape))
  if (wrong.length === 0) return shape
  const size = `${shape[0]}x${shape[1]}`
  const wanted = height !== undefined && width !== undefined ? `${size} as the input ${name}` : `${size} as ${first!.file}`
  const facts = { count: String(wrong.length), total: String(pictures.length), wanted }
  const notes = listed(wrong.length, (n) => `${wrong[n]!.file} is ${wrong[n]!.shape[0]}x${wrong[n]!.shape[1]}`)
  throw new Failure([problem('data/size', facts, { file: folder, notes })])
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
