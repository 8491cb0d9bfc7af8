import { Failure, problem, type Problem } from '../failure/failure.ts'
import { decodeMask } from '../files/decode-mask.ts'
import { readBytes } from '../files/read-file.ts'
import { shapeText, sizeOf } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { listed } from './listed.ts'
import { maskMeaning, type MaskMeaning } from './mask-meaning.ts'
import { nearest } from './nearest.ts'
import type { OpenedTarget, Target } from './opened-dataset.ts'
import { pictureMap } from './picture-map.ts'

type Size = readonly [number, number]

interface Wanted {
  /** Of the output, for one sample. */
  readonly shape: readonly number[]
  /** Height and width of the pictures that they belong to, one by one. */
  readonly sizes: readonly Size[]
  readonly target: Target
  /** What they are called in what is reported. */
  readonly name: string
  /** The folder or table that names them. */
  readonly file: string
  /** In which a table names them. */
  readonly lines?: readonly number[] | undefined
  readonly resize: boolean
  readonly note: (text: string) => void
}

/** The memory that masks may take: 4 GiB. */
const budget = 2 ** 32

/**
 * The masks in files as the targets of an output that is a map: labels or values, of its height and width.
 *
 * @throws Failure `data/mask` with the first that do not fit, `data/source`
 */
export async function readMasks(files: readonly string[], wanted: Wanted): Promise<OpenedTarget> {
  const { shape, target, file } = wanted
  const [height, width, channels] = shape
  if (height === undefined || width === undefined || channels === undefined || shape.length !== 3) {
    const reason = `masks have a number for each place, and the output ${target.output} is ${shapeText(shape)} for a sample, no map [height, width, classes]`
    throw new Failure([problem('data/source', { reason }, { file })])
  }
  // without numbers for places they can only be looked at as pictures
  const isOfPictures = target.kind === 'values' && (channels > 1 || (await anyRefusesNumbers(files)))
  const bytes = 4 * files.length * sizeOf([height, width, isOfPictures ? channels : 1])
  if (bytes > budget) {
    const reason = `its ${files.length} masks of ${height}x${width} take ${(bytes / 2 ** 30).toFixed(1)} GiB, and are kept in memory up to 4; make the model smaller or take a part of them`
    throw new Failure([problem('data/source', { reason }, { file })])
  }
  return isOfPictures ? pictureTargets(files, [height, width], channels, wanted) : maskTargets(files, [height, width], channels, wanted)
}

async function anyRefusesNumbers(files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    try {
      if ('refusal' in decodeMask(await readBytes(file), file)) return true
    } catch (error) {
      // said when all are read
      if (!(error instanceof Failure)) throw error
    }
  }
  return false
}

async function maskTargets(files: readonly string[], size: Size, classes: number, wanted: Wanted): Promise<OpenedTarget> {
  const { target, name, note } = wanted
  const length = sizeOf(size)
  const values = new Float32Array(files.length * length)
  let most = 0
  await eachFile(files, wanted, async (file, position) => {
    const mask = decodeMask(await readBytes(file), file)
    if ('refusal' in mask) return mask.refusal
    const wrong = wrongSize([mask.height, mask.width], size, wanted, position)
    if (wrong !== undefined) return wrong
    most = Math.max(most, mask.most)
    const stored = { shape: [1, mask.height, mask.width], values: Float32Array.from(mask.numbers) }
    values.set(nearest(stored, size).values, position * length)
    return undefined
  })
  const numbers = new Set(values)
  const { kind, valueOf, note: meaning, allowed } = maskMeaning(numbers, { classes, target, most })
  if (meaning !== undefined) note(`${name}: ${meaning}`)
  const strange = [...numbers].filter((number) => valueOf(number) === undefined)
  if (strange.length > 0) refuseNumbers(files, values, { strange: new Set(strange), kind, allowed }, wanted, size)
  const shape = kind === 'labels' ? [files.length, ...size] : [files.length, ...size, 1]
  // in place, since they may take half of the memory
  for (let i = 0; i < values.length; i++) values[i] = valueOf(values[i]!)!
  return { kind, data: { shape, values }, name, ...(target.classes && { classes: target.classes }) }
}

/** Pictures that are compared value by value. */
async function pictureTargets(files: readonly string[], size: Size, channels: number, wanted: Wanted): Promise<OpenedTarget> {
  const { target: { output }, name, shape, file: source } = wanted
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    const reason = `pictures have 1, 3 or 4 channels, and the output ${output} is ${shapeText(shape)}`
    throw new Failure([problem('data/source', { reason }, { file: source })])
  }
  const length = sizeOf([...size, channels])
  const values = new Float32Array(files.length * length)
  await eachFile(files, wanted, async (file, position) => {
    const { originalSize, values: read } = pictureMap(await readBytes(file), { channels, size }, file)
    const wrong = wrongSize(originalSize, size, wanted, position)
    if (wrong === undefined) values.set(read, position * length)
    return wrong
  })
  return { kind: 'values', data: { shape: [files.length, ...size, channels], values }, name }
}

/** Reads each file, and reports all that cannot be used. */
async function eachFile(files: readonly string[], { file: source, lines }: Wanted, read: (file: string, position: number) => Promise<string | undefined>): Promise<void> {
  const faults: string[] = []
  for (const [position, file] of files.entries()) {
    try {
      const fault = await read(file, position)
      if (fault !== undefined) faults.push(`${lineOf(lines, position)}${file}: ${fault}`)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      faults.push(`${lineOf(lines, position)}${file}: ${error.problems.map(({ message }) => message).join(', ')}`)
    }
  }
  if (faults.length > 0) throw new Failure([wrongMasks('cannot be used', faults.length, files.length, source, listed(faults.length, (n) => faults[n]!))])
}

const lineOf = (lines: readonly number[] | undefined, position: number): string => (lines ? `line ${lines[position]}: ` : '')

const wrongMasks = (fault: string, count: number, total: number, file: string, notes: readonly string[]): Problem =>
  problem('data/mask', { count: String(count), total: String(total), fault }, { file, notes })

/** A mask is of the size of its picture, with which it is resized, or of that of the output already. */
function wrongSize(found: Size, size: Size, { sizes, target: { output }, resize }: Wanted, position: number): string | undefined {
  const same = (a: Size, b: Size): boolean => a[0] === b[0] && a[1] === b[1]
  const picture = sizes[position]!
  if (same(found, size) || (resize && same(found, picture))) return undefined
  const [is, wants, has] = [found, size, picture].map((each) => each.join('x'))
  if (resize) return `it is ${is}, and its picture is ${has}, the output ${output} ${wants} (height x width)`
  return `it is ${is}, and the output ${output} is ${wants} (height x width)${same(found, picture) ? ': --resize brings pictures and masks to the size of the model' : ''}`
}

interface Strange extends Pick<MaskMeaning, 'kind' | 'allowed'> {
  /** Numbers that stand for nothing. */
  readonly strange: ReadonlySet<number>
}

/** @throws Failure `data/mask` with the first place of each of the first masks */
function refuseNumbers(files: readonly string[], values: Float32Array, { strange, kind, allowed }: Strange, { target, file, lines }: Wanted, [height, width]: Size): never {
  const length = height * width
  const wrong = files.flatMap((name, position) => {
    const at = values.subarray(position * length, (position + 1) * length).findIndex((number) => strange.has(number))
    return at < 0 ? [] : [{ name: `${lineOf(lines, position)}${name}`, number: values[position * length + at]!, place: `row ${Math.floor(at / width)}, column ${at % width}` }]
  })
  const [only] = strange
  const mends = [
    ...(strange.size === 1 && only === 255 && target.ignored === undefined ? ['places without a class are left out with --ignore 255'] : []),
    ...(kind === 'values' ? ['grey values between 0 and 1 are learned with --loss mse or another that compares values'] : []),
  ]
  const notes = [...listed(wrong.length, (n) => `${wrong[n]!.name}: ${wrong[n]!.number} in ${wrong[n]!.place}`), ...mends]
  throw new Failure([wrongMasks(`hold others than ${allowed}, for the output ${target.output}`, wrong.length, files.length, file, notes)])
}
