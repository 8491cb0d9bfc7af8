/** What the first line of an emitted file says. */
export interface About {
  /** The file the model was read from, as the user named it. */
  readonly source: string
  readonly version: string
}
