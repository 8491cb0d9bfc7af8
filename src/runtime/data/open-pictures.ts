import path from 'node:path'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, Failure, problem, type Problem } from '../failure/failure.ts'
import { filesBelow, readClassFolders, type ClassFolders } from './class-folders.ts'
import { classProblems, rarestClass } from './class-problems.ts'
import { decodePictures, type Picture, type RefusedFile } from './decode-pictures.ts'
import { failWith } from './fail-with.ts'
import { knownLabels } from './known-labels.ts'
import { listed } from './listed.ts'
import { noteConversions } from './note-conversions.ts'
import type { DatasetOptions, OpenedDataset, Target } from './opened-dataset.ts'
import { pairNames } from './pair-names.ts'
import { pictureDataset, type PictureTarget } from './picture-dataset.ts'
import { pictureInput } from './picture-input.ts'
import { sharedClasses } from './shared-classes.ts'
import { singleInput } from './single-input.ts'

/** The memory that decoded pictures may take: 1 GiB, which 20,000 colour pictures of 128x128 fill. */
export const budget = 2 ** 30

/**
 * The PNG and JPEG pictures (by their content) of a folder, as values from 0 to 1. What outputs should be are labels, the positions of
 * the subfolders that the pictures are in, in the order of their names; the masks of another folder; or the pictures themselves. Every
 * picture is decoded once here, so that a damaged one is known before training begins, and kept until `memory` bytes are full; the
 * others are decoded again whenever they are read.
 *
 * @param masks the folder of masks, where there is one
 */
export async function openPictures(
  folder: string,
  masks: string | undefined,
  graph: Graph,
  options: DatasetOptions,
  memory: number = budget,
): Promise<OpenedDataset> {
  const { note } = options
  const targets = sharedClasses(options.targets, ({ from }) => from ?? folder)
  const resize = options.resize !== false
  const input = pictureInput(singleInput(graph, folder), folder, resize)
  const stranger = targets.find(({ from }) => from !== undefined && from !== input.name)
  if (stranger) refuseName(stranger, input.name, folder)
  const isAnswered = targets.some(({ from }) => from === undefined)
  if (masks !== undefined && !isAnswered) refuse(`--labels ${masks} is for nothing: what ${targets.map(({ output }) => output).join(' and ')} should be is the picture itself`, folder)
  const isOfClasses = isAnswered && masks === undefined
  const found = isOfClasses ? await readClassFolders(folder) : undefined
  const labelled = found ? labelsOf(found, targets, graph, folder) : []
  const files = found ? [...found.files.keys()] : await filesBelow(folder)
  note(`${folder}: reading ${files.length} files${found ? ` of ${found.classes.length} classes` : ''}`)
  const decoded = await decodePictures(files, input, resize, memory)
  const { pictures, others, refused, conversions, digest } = decoded
  if (refused.length > 0) failWith(unreadable(refused, pictures.length))
  if (found) failIfAny(found.classes.flatMap((name, label) => withoutPictures(name, pictures.some(({ file }) => found.files.get(file) === label), folder)))
  else if (pictures.length === 0) failWith([problem('data/empty', { reason: 'the folder has no PNG or JPEG pictures' }, { file: folder })])
  notePassedOver([...(found?.loose ?? []), ...others], folder, note)
  noteConversions(conversions, note)
  const paired = masks === undefined ? [] : await masksOf(pictures, folder, masks, note)
  const answers = targets.map((target): PictureTarget => {
    if (target.from !== undefined) return { target, own: input.name }
    if (masks !== undefined) return { target, masks: paired, name: masks }
    const own = labelled.find((each) => each.target.output === target.output)!
    const values = Float32Array.from(pictures, ({ file }) => own.labels[found!.files.get(file)!]!)
    return { target: own.target, name: 'labels', data: { shape: [pictures.length], values } }
  })
  return pictureDataset({ inputs: [{ input, pictures }], targets: answers, digest, file: folder }, graph, options)
}

const refuse = (reason: string, file: string): never => {
  throw new Failure([problem('data/source', { reason }, { file })])
}

const refuseName = ({ output, from }: Target, input: string, folder: string): never =>
  refuse(`the target of ${output} is called ${from}, and a folder has the names of classes, and its pictures as ${input}; a table (.csv) has columns with names`, folder)

/** For each target its labels by the positions of the folders. @throws Failure where these are none of the classes that are wanted */
function labelsOf({ classes: names, files }: ClassFolders, targets: readonly Target[], graph: Graph, folder: string) {
  if (names.length === 0) {
    const isAsked = (name: string): boolean => targets.some(({ output, from }) => output === name && from === undefined)
    const map = graph.outputs.find(({ name, node }) => isAsked(name) && node.type.shape.length === 3)
    const reason = 'the folder has no subfolders, and the pictures of each class belong into one'
    const notes = [
      '--labels names a folder of masks, one for each picture, or a table (.csv) with a row for each',
      ...(map ? [`--target ${map.name}:${graph.inputs[0]!.name} learns the pictures themselves`] : []),
    ]
    throw new Failure([problem('data/empty', { reason }, { file: folder, notes })])
  }
  const labelled = targets
    .filter(({ from }) => from === undefined)
    .map((target) => {
      const classes = target.classes ?? names
      const labels = knownLabels(names, classes, folder)
      return { target: { ...target, classes }, labels: names.map((name) => labels.get(name)!) }
    })
  const counts = new Map(names.map((name, label) => [name, [...files.values()].filter((own) => own === label).length]))
  failIfAny(labelled.flatMap(({ target: { classes, output } }) => classProblems(classes, graph, output, folder, [], rarestClass(counts))))
  return labelled
}

/** Of files that cannot be read, the first ten with what is wrong. */
function unreadable(refused: readonly RefusedFile[], read: number): readonly Problem[] {
  const counts = { count: String(refused.length), total: String(refused.length + read) }
  return [problem('data/picture', counts), ...refused.flatMap(({ problems }) => problems).slice(0, mostRefused)]
}

const mostRefused = 10

function notePassedOver(files: readonly string[], folder: string, note: (text: string) => void): void {
  if (files.length > 0) note(`${folder}: passed over ${listed(files.length, (n) => files[n]!).join(', ')}`)
}

const withoutPictures = (name: string, hasAny: boolean, folder: string): readonly Problem[] =>
  hasAny ? [] : [problem('data/empty', { reason: `the class ${name} has no PNG or JPEG pictures` }, { file: folder })]

/** The mask of each picture. @throws Failure `data/unpaired` with the pictures and masks that are alone */
async function masksOf(pictures: readonly Picture[], folder: string, masks: string, note: (text: string) => void): Promise<readonly string[]> {
  const files = await filesBelow(masks)
  const below = (from: string) => (file: string) => path.relative(from, file)
  const pairs = pairNames(pictures.map(({ file }) => file).map(below(folder)), files.map(below(masks)))
  const alone = pictures.filter((_, i) => pairs.masks[i] === undefined).map(({ file }) => file)
  const spare = pairs.spare.map((position) => files[position]!)
  const strangers = spare.filter((file) => !/\.(png|jpe?g)$/i.test(file))
  const unused = spare.filter((file) => !strangers.includes(file))
  const reasons = [
    ...(pairs.doubled.length > 0 ? [`several files are called ${listed(pairs.doubled.length, (n) => pairs.doubled[n]!).join(', ')} but for their endings`] : []),
    ...(alone.length > 0 ? [`${alone.length} of ${pictures.length} pictures have no mask in ${masks}`] : []),
    ...(unused.length > 0 ? [`${unused.length} of ${files.length - strangers.length} masks in ${masks} have no picture`] : []),
  ]
  if (reasons.length > 0) {
    const notes = [...listed(alone.length, (n) => `${alone[n]!} has no mask`), ...listed(unused.length, (n) => `${unused[n]!} has no picture`)]
    throw new Failure([problem('data/unpaired', { reason: reasons.join(', ') }, { file: folder, notes })])
  }
  notePassedOver(strangers, masks, note)
  if (pairs.suffix !== '') note(`${masks}: masks are called as their pictures, with ${pairs.suffix} behind`)
  return pairs.masks.map((position) => files[position!]!)
}
