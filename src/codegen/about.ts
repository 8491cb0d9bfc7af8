/** Where TensorFlow.js is, unless said otherwise. */
export const usualCore = '@tensorflow/tfjs-core'

/** Backends of TensorFlow.js whose kernels can be registered one by one. */
export const backends = ['cpu', 'wasm', 'webgl'] as const

export type Backend = (typeof backends)[number]

/** What emitted files import. */
export interface Imports {
  /** Where TensorFlow.js is. */
  readonly core: string
  /** How the name of a file beside them ends: `.ts`, `.js`, or not at all. */
  readonly ending: string
}

/** What of emitted files can be chosen. */
export interface Form {
  /** Whether they are laid out for people, which takes longer than everything else. */
  readonly format: boolean
  readonly imports: Imports
  /** The backend of which a file beside them registers the kernels that they need. */
  readonly kernels?: Backend | undefined
}

/** What an emitted file says of itself, and how it looks. */
export interface About extends Form {
  /** The file the model was read from, as the user named it. */
  readonly source: string
  readonly version: string
}

/** What models are emitted as. */
export interface EmittedTexts {
  /** By how their files end. */
  readonly texts: ReadonlyMap<string, string>
  /** The names of the kernels that the models need, where a backend is named. */
  readonly kernels?: readonly string[]
}
