import { problem, type Problem } from '../failure/failure.ts'
import { shapeText, type TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { arrayFaults } from './array-faults.ts'
import type { Cells } from './element-name.ts'
import { fitArray } from './fit-array.ts'
import { nearest } from './nearest.ts'
import type { OpenedTarget, Target, TargetKind } from './opened-dataset.ts'
import { valuesProblems } from './values-problems.ts'

interface Wanted {
  /** What the array is called in what is reported. */
  readonly name: string
  /** The number of samples. */
  readonly size: number
  /** Of the data, where it is more than what is looked at. */
  readonly total?: number
  readonly target: Target
  /** Of the output, for one sample. */
  readonly shape: readonly number[]
  readonly file: string
  /** Where its elements stand in a table that it was read from. */
  readonly cells?: Cells | undefined
  /** Heights and widths from which inputs were resized. */
  readonly resizedFrom: readonly (readonly [number, number])[]
  readonly note: (text: string) => void
}

interface Form {
  readonly kind: TargetKind
  readonly shape: readonly number[]
}

type Fitted = OpenedTarget | { readonly problems: readonly Problem[] }

/**
 * An array as the targets of an output: values [size, ...shape], or labels [size, ...shape without its last extent], axes of one
 * element left out or not. An output of one value has values and no labels. What fits only in one other form is taken in that, and is
 * resized, without new values, where the inputs were.
 *
 * @returns or what does not fit: `data/shape`, `data/label`, `data/value`
 */
export function fitTargets(array: TensorData, wanted: Wanted): Fitted {
  const forms = formsOf(wanted)
  const found = inForm(array, forms, wanted)
  if (!found) return { problems: [wrongShape(array, forms, wanted)] }
  if ('problem' in found) return { problems: [found.problem] }
  const { name, target: { ignored }, file, cells, note } = wanted
  const { form, data } = found
  const problems = form.kind === 'labels' ? wrongLabels(data, wanted) : valuesProblems(name, data, file, { ignored, cells })
  if (problems.length > 0) return { problems }
  if (found.note !== undefined) note(found.note)
  return { kind: form.kind, data: { shape: form.shape, values: data.values }, name, ...(cells && { cells }) }
}

interface InForm {
  readonly form: Form
  /** As it is named where something is wrong with an element. */
  readonly data: TensorData
  readonly note?: string
}

function inForm(array: TensorData, forms: readonly Form[], { name, size, target: { output }, shape, file, resizedFrom }: Wanted): InForm | { readonly problem: Problem } | undefined {
  const same = forms.find((form) => sameExtents(form.shape, array.shape))
  if (same) return { form: same, data: array }
  if (array.shape[0] !== size) return undefined
  for (const form of forms) {
    const [, ...extents] = form.shape
    const hasChannels = form.kind === 'values' && extents.length === 3
    const found = fitArray(array, { name, what: `the output ${output} ${shapeText(shape)}`, extents, hasChannels, file })
    if (found) return 'problem' in found ? found : { form, ...found }
  }
  const [, height, width, ...rest] = array.shape
  const isOfOldSize = resizedFrom.some(([oldHeight, oldWidth]) => oldHeight === height && oldWidth === width)
  const form = isOfOldSize ? forms.find((each) => each.shape.length > 2 && sameExtents([size, ...each.shape.slice(3)], [size, ...rest])) : undefined
  if (!form) return undefined
  const [, newHeight, newWidth] = form.shape
  const note = `${file}: ${name} is resized from ${height}x${width} to ${newHeight}x${newWidth}, each place as the old one at its centre`
  return { form, data: nearest(array, [newHeight!, newWidth!]), note }
}

function formsOf({ size, shape, target: { kind } }: Wanted): readonly Form[] {
  const values: Form = { kind: 'values', shape: [size, ...shape] }
  const labels: Form = { kind: 'labels', shape: [size, ...shape.slice(0, -1)] }
  const possible = (shape.at(-1) ?? 1) > 1 ? [labels, values] : [values]
  return possible.filter((form) => form.kind === (kind ?? form.kind))
}

/** Whether two arrays have as many samples, and the same extents but for axes of one element. */
const sameExtents = ([size, ...a]: readonly number[], [otherSize, ...b]: readonly number[]): boolean =>
  size === otherSize && String(a.filter((extent) => extent !== 1)) === String(b.filter((extent) => extent !== 1))

function wrongShape({ shape, values }: TensorData, forms: readonly Form[], { name, size, total = size, target: { output, kind }, shape: extents, file }: Wanted): Problem {
  const shownShape = ([samples, ...rest]: readonly number[]): string => (samples === undefined ? '[]' : `[${[total, ...rest].join(', ')}]`)
  const wrong = (mismatch: string, notes: readonly string[] = []): Problem => problem('data/shape', { mismatch }, { file, notes })
  const [samples] = shape
  if (samples !== undefined && samples !== size) return wrong(`${name} has ${samples} samples, and the inputs have ${size}`)
  if (forms.length === 0) return wrong(`the output ${output} has one value for a sample, and a label chooses among several`)
  const choices = forms.map((form) => `${shownShape(form.shape)} (${form.kind})`).join(' or ')
  // rows of zeros with a one, which other tools take as labels, have the shape of values
  const oneHot = forms.every(({ kind, shape: labels }) => kind === 'labels' && shape.length > labels.length)
  const isOfLabels = kind === 'values' && (extents.at(-1) ?? 1) > 1 && sameExtents(shape, [size, ...extents.slice(0, -1)])
  const isWhole = values.every((value) => Number.isInteger(value) && value >= 0)
  return wrong(`${name} must be ${choices} for the output ${output}, not ${shownShape(shape)}`, [
    ...(isOfLabels && isWhole ? [`labels of classes are learned with --loss categorical_crossentropy`] : []),
    ...(extents.length === 1 && isOfLabels && !isWhole ? [`${output} takes ${extents[0]} values for a sample, and ${name} has one`] : []),
    ...(oneHot ? ['numpy.argmax(labels, axis=-1) turns one-hot rows into labels'] : []),
    ...(shape.length > 2 && forms.every((form) => form.shape.length < 3) ? [`what says something of each place is for an output that is a map, and ${output} says one thing of a sample`] : []),
  ])
}

function wrongLabels(array: TensorData, { name, shape, target: { output, ignored }, file, cells }: Wanted): readonly Problem[] {
  const classes = shape.at(-1)!
  const found = (fault: string, isRight: (label: number) => boolean): readonly Problem[] => {
    const isFine = (label: number): boolean => Object.is(label, ignored) || isRight(label)
    const { count, notes } = arrayFaults(name, array, isFine, cells)
    if (count === 0) return []
    const wrong = new Set(array.values.filter((label) => !isFine(label)))
    const [only] = wrong
    // 255 and -1 stand for "nothing is said" in the masks of other tools
    const isMask = classes === 2 && only !== undefined && only > 1 && array.values.every((label) => isFine(label) ? label === 0 || label === ignored : label === only)
    const isVoid = !isMask && wrong.size === 1 && (only === 255 || only === -1 || Number.isNaN(only))
    const isOfParts = shape.length === 1 && 2 * array.values.filter((value) => Number.isFinite(value) && !Number.isInteger(value)).length > array.values.length
    const isFromOne = wrong.size === 1 && only === classes && !array.values.includes(0)
    const mend = [
      ...(isVoid ? [`${shape.length > 1 ? 'places' : 'samples'} without a class are left out with --ignore ${String(only).toLowerCase()}`] : []),
      ...(isOfParts ? [`as values ${output} takes ${classes} for a sample, and ${name} has one`] : []),
      ...(isMask ? [`numpy: ${name} // ${only} is 0 and 1`] : []),
      ...(isFromOne ? [`counted from 1? subtract one: ${name} - 1`] : []),
    ]
    return [problem('data/label', { count: String(count), total: String(array.values.length), fault }, { file, notes: [...notes, ...mend] })]
  }
  return [
    ...found('no whole numbers', Number.isInteger),
    ...found(
      `outside 0 to ${classes - 1}, the classes of the output ${output}`,
      (label) => !Number.isInteger(label) || (label >= 0 && label < classes),
    ),
  ]
}
