/** Something that is wrong with a graph. */
export interface Violation {
  /** Where in the graph's JSON form (RFC 6901). */
  readonly pointer: string
  readonly message: string
}
