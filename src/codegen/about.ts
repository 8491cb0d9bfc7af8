/** What an emitted file says of itself, and how it looks. */
export interface About {
  /** The file the model was read from, as the user named it. */
  readonly source: string
  readonly version: string
  /** Whether it is laid out for people, which takes longer than everything else. */
  readonly format: boolean
}
