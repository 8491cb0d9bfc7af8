import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import type { Dataset } from './dataset.ts'

/** What --data and --labels say: paths as the user wrote them. */
export interface DataSource {
  /** A folder of pictures with a subfolder per class, or a .npz, .npy or .csv file. */
  readonly data: string
  /** The .npy file of labels or values that belongs to a .npy file of samples. */
  readonly labels?: string
}

/** A label says which class a sample is; values are compared with the output element by element. */
export type TargetKind = 'labels' | 'values'

export interface Target {
  /** The name of the output that is trained. */
  readonly output: string
  /** What the loss compares with; without it, the shape of the data decides. */
  readonly kind?: TargetKind
}

export interface DatasetOptions {
  readonly target: Target
  /** Whether pictures of another size than the input's are resized to it. */
  readonly resize: boolean
  /** The classes in the order of their labels, where that is known before: of data in which some of them are absent too. */
  readonly classes?: readonly string[] | undefined
  readonly note: (text: string) => void
}

/** The samples of files, with the targets of all of them. */
export interface OpenedDataset extends Dataset {
  readonly kind: TargetKind
  /** Labels [size, ...the output without its last extent], or values [size, ...the output]. */
  readonly targets: TensorData
  /** Of the samples in their order, with their targets. */
  readonly digest: string
  /** Height and width, where the samples are pictures. */
  readonly pictureSize?: readonly [number, number]
}
