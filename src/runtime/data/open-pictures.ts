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
import type { DatasetOptions, OpenedDataset } from './opened-dataset.ts'
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
  { target, resize, classes: known, note }: DatasetOptions,
  memory: number = budget,
): Promise<OpenedDataset> {
  const input = pictureInput(graph, folder, resize)
  const found = await readClassFolders(folder)
  const classes = known ?? found.classes
  const named = knownLabels(found.classes, classes, folder)
  failIfAny('problems' in named ? named.problems : classProblems(classes, graph, target.output, folder))
  const labels = 'labels' in named ? named.labels : new Map<string, number>()
  const files = found.files.map(({ file, label }) => ({ file, label: labels.get(found.classes[label]!)! }))
  const { loose } = found
  note(`${folder}: reading ${files.length} files of ${found.classes.length} classes`)
  const { pictures, others, conversions, digest } = await decodePictures(files, input, resize, memory)
  failIfAny(found.classes.flatMap((name) => withoutPictures(name, pictures.some((each) => each.label === labels.get(name)), folder)))
  const passedOver = [...loose, ...others]
  if (passedOver.length > 0) note(`${folder}: passed over ${listed(passedOver.length, (n) => passedOver[n]!).join(', ')}`)
  for (const [text, [first, ...more]] of conversions)
    note(`${first}: ${text}${more.length > 0 ? ` (and ${more.length} other pictures)` : ''}`)

  const shape = commonShape(pictures, input, folder)
  const bound = bindInputs(graph, { [input.name]: { shape: [pictures.length, ...shape], dtype: 'float32' } })
  if ('mismatches' in bound)
    failWith(bound.mismatches.map(({ message }) => problem('data/shape', { mismatch: message }, { file: folder })))
  const targets = { shape: [pictures.length], values: Float32Array.from(pictures, ({ label }) => label) }
  const answer = outputShape(graph, target.output, bound.extents)
  const fitted = fitTargets(targets, { name: 'labels', size: pictures.length, target, shape: answer, file: folder })
  if ('problems' in fitted) failWith(fitted.problems)
  return {
    size: pictures.length,
    classes,
    digest,
    pictureSize: [shape[0], shape[1]],
    ...fitted,
    read: async (positions) => ({
      inputs: { [input.name]: await stacked(positions.map((position) => pictures[position]!), shape, input, resize) },
      targets: takeSamples(fitted.targets, positions),
    }),
  }
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
