import type { RandomStream } from '../../codegen/tfjs/runtime/random.ts'
import type { SampleMap } from './sample-map.ts'

/** A change of a map that leaves what it shows, drawn anew for every sample. */
export interface Augmentation {
  /** How many pixels of an edge it may take away. */
  readonly reach: number
  /** Draws one change, which may then be made to several maps of the sample. */
  readonly draw: (stream: RandomStream) => (map: SampleMap) => SampleMap
}
