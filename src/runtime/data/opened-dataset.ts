import type { Normalization } from '../../codegen/tfjs/runtime/metadata.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Dataset } from './dataset.ts'
import type { Cells } from './element-name.ts'

/** What --data and --labels say: paths as the user wrote them. */
export interface DataSource {
  /** A folder of pictures, or a .npz, .npy, .csv or .tsv file. */
  readonly data: string
  /** What belongs to it: of a .npy file a .npy file of labels or values, of a folder a folder of masks or a table. */
  readonly labels?: string
}

/** A label says which class a sample is; values are compared with the output element by element. */
export type TargetKind = 'labels' | 'values'

/** What is asked of data for an output that is trained. */
export interface Target {
  /** The name of the output. */
  readonly output: string
  /** What the loss compares with; without it, the shape of the data decides. */
  readonly kind?: TargetKind
  /** What says it in the data: an array, a column, several columns between commas, or an input of the model, which is then its own target. */
  readonly from?: string
  /** The number that stands where nothing is said. */
  readonly ignored?: number
  /** The classes in the order of their labels, where that is known before: of data in which some of them are absent too. */
  readonly classes?: readonly string[]
}

/** What an output should be, for all samples. */
export interface OpenedTarget {
  readonly kind: TargetKind
  /** Labels [size, ...the output without its last extent], or values [size, ...the output]. */
  readonly data: TensorData
  /** What it is called in the data. */
  readonly name: string
  /** That it was read from, where it is another one than that of the samples. */
  readonly file?: string
  /** Where its elements stand in a table that they were read from. */
  readonly cells?: Cells
  /** The names of the classes, in the order of their labels, where the data has names. */
  readonly classes?: readonly string[]
}

export interface DatasetOptions {
  /** At least one. */
  readonly targets: readonly Target[]
  /** What is resized where it is of another size than the input: pictures and arrays, or pictures only. */
  readonly resize: boolean | 'pictures'
  /** What is done to the inputs when they are read. */
  readonly normalization?: Normalization | undefined
  readonly note: (text: string) => void
}

/** The samples of files, with the targets of all of them by the names of outputs. */
export interface OpenedDataset extends Dataset {
  readonly targets: Readonly<Record<string, OpenedTarget>>
  /** Of the samples in their order, with their targets. */
  readonly digest: string
  /** Height and width, where the samples are pictures. */
  readonly pictureSize?: readonly [number, number]
}
